package io.servicelake.jobs.ingest;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.transform.silver.ColumnRule;
import io.servicelake.transform.silver.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** Reads the rule of one column of a target: where its value comes from and how it is read. */
final class ColumnRuleReader {
  private static final Set<String> FROM_KEYS =
      new TreeSet<>(Set.of("column", "constant", "expression", "join", "hash", "field"));
  private static final Set<String> KEYS =
      union(
          FROM_KEYS,
          Set.of(
              "by",
              "lag_hours",
              "codes",
              "other",
              "default",
              "patterns",
              "unit",
              "round",
              "min",
              "max",
              "on_fault",
              "upper"));

  private final TableContract table;
  private final MappingSection columns;

  /**
   * @param columns the rules of the target by column
   */
  ColumnRuleReader(TableContract table, MappingSection columns) {
    this.table = table;
    this.columns = columns;
  }

  /** The rule of a column that has one; empty if it cannot be told where the value comes from. */
  Optional<ColumnRule> read(Field field) {
    ConfigValue value = columns.value(field.name());
    if (value.valueType() == ConfigValueType.STRING) {
      return Optional.of(
          ColumnRule.of(field, new ColumnRule.Raw(List.of((String) value.unwrapped()))));
    }
    if (value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.BOOLEAN) {
      return Optional.of(
          ColumnRule.of(field, new ColumnRule.Constant(value.unwrapped().toString())));
    }
    if (!(value instanceof ConfigObject)) {
      columns.fault(field.name(), "a list is no rule", "Write a raw column, or { join = [...] }.");
      return Optional.empty();
    }
    MappingSection rule = columns.section(field.name());
    rule.allow(KEYS);
    List<String> origins = FROM_KEYS.stream().filter(rule::has).toList();
    if (origins.size() != 1) {
      rule.fault(
          "",
          origins.isEmpty()
              ? "it is not said where the value comes from"
              : "%s stand together".formatted(String.join(" and ", origins)),
          "Write exactly one of " + String.join(", ", FROM_KEYS) + ".");
      return Optional.empty();
    }
    return Optional.of(rule(field, from(origins.get(0), field, rule), rule));
  }

  private ColumnRule.From from(String origin, Field field, MappingSection rule) {
    return switch (origin) {
      case "column" -> new ColumnRule.Raw(rule.texts("column"));
      case "constant" -> new ColumnRule.Constant(rule.text("constant").orElse(""));
      case "expression" -> {
        String sql = rule.text("expression").orElse("");
        yield new ColumnRule.Expression(sql, SqlColumns.of(sql, rule, "expression"));
      }
      case "join" -> new ColumnRule.Joined(rule.texts("join"), rule.text("by").orElse(":"));
      case "hash" -> new ColumnRule.Hashed(rule.texts("hash"));
      default -> fields(field, rule);
    };
  }

  private static ColumnRule rule(Field field, ColumnRule.From from, MappingSection rule) {
    Map<String, String> codes = codes(rule);
    Optional<Unit> unit = unit(field, rule);
    String onFault = rule.text("on_fault").orElse("reject");
    if (!Set.of("reject", "null").contains(onFault)) {
      rule.fault("on_fault", "'%s' is no answer".formatted(onFault), "Write reject or null.");
    }
    Optional<BigDecimal> min = rule.number("min");
    Optional<BigDecimal> max = rule.number("max");
    if ((min.isPresent() || max.isPresent()) && !(field.type() instanceof NumericType)) {
      rule.fault("", "min and max are for numbers", "Leave them out.");
    }
    if (!codes.isEmpty() && isTime(field.type())) {
      rule.fault("codes", "a time has no codes", "Leave them out.");
    }
    return new ColumnRule(
        field,
        from,
        codes,
        rule.text("other"),
        rule.text("default"),
        rule.cellPatterns("patterns"),
        unit,
        rule.flag("round"),
        min,
        max,
        onFault.equals("null"),
        rule.flag("upper"));
  }

  private static Map<String, String> codes(MappingSection rule) {
    Map<String, String> codes = new LinkedHashMap<>();
    MappingSection section = rule.section("codes");
    for (String code : section.names()) {
      codes.put(code, section.value(code).unwrapped().toString());
    }
    return codes;
  }

  private static Optional<Unit> unit(Field field, MappingSection rule) {
    Optional<String> id = rule.text("unit");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    List<String> fitting =
        Stream.of(Unit.values())
            .filter(unit -> field.name().endsWith(unit.suffix()))
            .map(Unit::id)
            .toList();
    if (!fitting.contains(id.get())) {
      rule.fault(
          "unit",
          "'%s' is no unit for this column".formatted(id.get()),
          fitting.isEmpty()
              ? "Leave it out: the column has no unit."
              : "Write one of " + String.join(", ", fitting) + ".");
    }
    return Unit.byId(id.get());
  }

  private ColumnRule.From fields(Field field, MappingSection rule) {
    List<Field> fields = new ArrayList<>();
    for (String name : rule.texts("field")) {
      Optional<Field> other = table.field(name);
      boolean isPlain =
          other.isPresent()
              && columns.has(name)
              && !(columns.value(name) instanceof ConfigObject of && of.containsKey("field"));
      if (!isPlain) {
        rule.fault(
            "field",
            "%s is no other column this target maps".formatted(name),
            "The nearest is %s.".formatted(MappingSection.nearest(name, columns.names())));
      } else if (!other.get().type().equals(field.type())) {
        rule.fault(
            "field",
            "%s is %s, this column is %s"
                .formatted(name, other.get().type().simpleString(), field.type().simpleString()),
            "Name a column of the same type.");
      } else {
        fields.add(other.get());
      }
    }
    return new ColumnRule.OfFields(
        fields, rule.number("lag_hours").orElse(BigDecimal.ZERO).doubleValue());
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    return both;
  }
}
