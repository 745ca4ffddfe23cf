package io.servicelake.jobs.ingest;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.transform.silver.ColumnRule;
import io.servicelake.transform.silver.Reading;
import io.servicelake.transform.silver.TargetMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code targets} of a mapping file: what a source says about silver tables. */
final class TargetReader {
  private static final Set<String> KEYS = Set.of("where", "columns", "require_any");
  private static final Set<Field> NOT_MAPPED =
      Set.of(
          Versioned.SUPERSEDED_AT,
          Versioned.SOURCE_ID,
          Versioned.SOURCE_STAMP,
          Versioned.BRONZE_ID,
          Versioned.CONTENT_HASH);

  private final Map<String, TableContract> tables;
  private final String source;
  private final Reading reading;
  private final Set<String> personal = new TreeSet<>();

  /**
   * @param tables silver tables by name
   * @param reading how the source's texts are read
   */
  TargetReader(
      Map<String, TableContract> tables,
      String source,
      Reading reading,
      List<PersonalRule> personal) {
    this.tables = tables;
    this.source = source;
    this.reading = reading;
    personal.forEach(rule -> this.personal.add(rule.column()));
  }

  List<TargetMapping> read(MappingSection targets) {
    List<TargetMapping> read = new ArrayList<>();
    for (String name : targets.names()) {
      TableContract table = tables.get(name);
      if (table == null) {
        targets.fault(
            name,
            "there is no silver table %s".formatted(name),
            "The nearest is %s.".formatted(MappingSection.nearest(name, tables.keySet())));
      } else {
        read.add(target(table, targets.section(name)));
      }
    }
    if (targets.isEmpty()) {
      targets.fault("", "the source feeds no table", "Name at least one silver table.");
    }
    return read;
  }

  /** True if a mapping has to say where the column comes from, or may. */
  static boolean isFilledByMapping(Field field) {
    return !NOT_MAPPED.contains(field);
  }

  private TargetMapping target(TableContract table, MappingSection target) {
    target.allow(KEYS);
    Optional<String> where = target.text("where");
    List<String> whereColumns =
        where.map(sql -> SqlColumns.of(sql, target, "where")).orElse(List.of());
    MappingSection columns = target.section("columns");
    Map<String, ColumnRule> rules = rules(table, columns);
    List<Field> requireAny = new ArrayList<>();
    for (String column : target.texts("require_any")) {
      if (rules.containsKey(column)) {
        requireAny.add(rules.get(column).field());
      } else {
        target.fault(
            "require_any",
            "%s is no column this target maps".formatted(column),
            "The nearest is %s.".formatted(MappingSection.nearest(column, columns.names())));
      }
    }
    return new TargetMapping(
        source,
        table,
        where,
        whereColumns,
        List.copyOf(rules.values()),
        requireAny,
        reading,
        personal);
  }

  private static Map<String, ColumnRule> rules(TableContract table, MappingSection columns) {
    List<String> fillable =
        table.fields().stream().filter(TargetReader::isFilledByMapping).map(Field::name).toList();
    for (String column : columns.names()) {
      if (!fillable.contains(column)) {
        columns.fault(
            column,
            "the table has no such column to fill",
            "The nearest is %s.".formatted(MappingSection.nearest(column, fillable)));
      }
    }
    Map<String, ColumnRule> rules = new LinkedHashMap<>();
    ColumnRuleReader reader = new ColumnRuleReader(table, columns);
    for (Field field : table.fields()) {
      if (columns.has(field.name()) && fillable.contains(field.name())) {
        reader.read(field).ifPresent(rule -> rules.put(field.name(), rule));
      } else if (isFilledByMapping(field) && !field.isNullable()) {
        columns.fault(
            field.name(),
            "the column is required and not mapped",
            "Say where it comes from: " + field.meaning());
      }
    }
    return rules;
  }
}
