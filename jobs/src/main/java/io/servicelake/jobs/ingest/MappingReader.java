package io.servicelake.jobs.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.jobs.CannotException;
import io.servicelake.transform.silver.ColumnRule;
import io.servicelake.transform.silver.Reading;
import io.servicelake.transform.silver.TargetMapping;
import io.servicelake.transform.silver.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads mapping files and tells all their faults at once. */
public final class MappingReader {
  private static final Set<String> ROOT_KEYS =
      Set.of(
          "source",
          "files",
          "format",
          "zone",
          "null_tokens",
          "dates",
          "numbers",
          "source_stamp",
          "keep",
          "optional",
          "phone_country",
          "vin_check_digit",
          "personal",
          "targets");
  private static final Set<String> FORMAT_KEYS =
      Set.of("kind", "delimiter", "quote", "encoding", "columns", "sheet", "header_row");
  private static final Set<String> STAMP_KEYS = Set.of("name", "pattern", "fixed");
  private static final Set<String> NUMBER_KEYS = Set.of("decimal", "grouping");
  private static final Set<String> PERSONAL_KEYS =
      Set.of("kind", "with", "subject", "patterns", "no_person");
  private static final Set<String> TARGET_KEYS = Set.of("where", "columns", "require_any");
  private static final Set<String> FROM_KEYS =
      Set.of("column", "constant", "expression", "join", "hash", "field");
  private static final Set<String> COLUMN_KEYS =
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

  private final Map<String, TableContract> tables;

  /**
   * @param tables silver tables a source may feed
   */
  public MappingReader(Collection<TableContract> tables) {
    this.tables = new LinkedHashMap<>();
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  /**
   * What was read.
   *
   * @param mappings the sources without faults, by name
   * @param faults everything that is wrong
   */
  public record Result(List<Mapping> mappings, List<MappingFault> faults) {
    /**
     * The mappings, if none has a fault.
     *
     * @throws CannotException naming all faults
     */
    public List<Mapping> orThrow() {
      if (!faults.isEmpty()) {
        throw new CannotException(
            "Cannot use the mapping files: %d fault%s.\n%s"
                .formatted(
                    faults.size(),
                    faults.size() == 1 ? "" : "s",
                    String.join("\n", faults.stream().map(MappingFault::toString).toList())));
      }
      return mappings;
    }
  }

  /** Reads every {@code *.conf} of a folder, in order of their names. */
  public Result readFolder(Path folder) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read mapping files: the folder %s cannot be listed. Each source is described by one file in it. Check sources.mappings."
              .formatted(folder),
          e);
    }
    List<Mapping> mappings = new ArrayList<>();
    List<MappingFault> faults = new ArrayList<>();
    Map<String, String> origins = new LinkedHashMap<>();
    for (Path file : files) {
      Result one = read(file);
      faults.addAll(one.faults());
      for (Mapping mapping : one.mappings()) {
        String before = origins.putIfAbsent(mapping.sourceId(), mapping.origin());
        if (before != null) {
          faults.add(
              new MappingFault(
                  mapping.origin(),
                  "source",
                  "%s is the name of %s too".formatted(mapping.sourceId(), before),
                  "Give each source a name of its own."));
        }
        mappings.add(mapping);
      }
    }
    if (files.isEmpty()) {
      faults.add(
          new MappingFault(
              folder.toString(),
              "*.conf",
              "there is no mapping file",
              "Write one per source; docs/sources.md shows how."));
    }
    return new Result(mappings, faults);
  }

  /** Reads one mapping file. */
  public Result read(Path file) {
    Config config;
    try {
      config = ConfigFactory.parseFile(file.toFile()).resolve();
    } catch (ConfigException e) {
      return new Result(
          List.of(),
          List.of(
              new MappingFault(
                  file.toString(),
                  "the file",
                  "it cannot be parsed: " + e.getMessage(),
                  "Correct the text.")));
    }
    return new OneFile(file.toString(), config.root()).read();
  }

  /** Raw columns an expression names. */
  static List<String> columnsOf(String sql) {
    Expression expression = new CatalystSqlParser().parseExpression(sql);
    Set<String> names = new LinkedHashSet<>();
    for (Expression leaf : CollectionConverters.asJava(expression.collectLeaves())) {
      if (leaf instanceof UnresolvedAttribute attribute) {
        names.add(String.join(".", CollectionConverters.asJava(attribute.nameParts())));
      }
    }
    return List.copyOf(names);
  }

  /** The known name that is nearest to a word. */
  static String nearest(String word, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String name) -> distance(word, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(cost, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    return both;
  }

  /** Reads one file and gathers its faults. */
  private final class OneFile {
    private final String origin;
    private final ConfigObject root;
    private final List<MappingFault> faults = new ArrayList<>();

    OneFile(String origin, ConfigObject root) {
      this.origin = origin;
      this.root = root;
    }

    Result read() {
      known("", root, ROOT_KEYS);
      String source = text(root, "", "source").orElse("");
      if (!source.matches("[a-z][a-z0-9_]*")) {
        fault(
            "source",
            "'%s' is no name".formatted(source),
            "Use lower case letters, digits and _, such as repair_orders.");
      }
      List<String> files = texts(root, "", "files");
      if (files.isEmpty()) {
        fault("files", "no pattern is given", "Write files = [\"folder/*.csv\"].");
      }
      FileFormat format = format(object(root, "", "format"));
      ConfigObject numbers = object(root, "", "numbers");
      known("numbers", numbers, NUMBER_KEYS);
      Reading reading =
          new Reading(
              zone(),
              texts(root, "", "null_tokens"),
              patterns(root, "", "dates").isEmpty()
                  ? Reading.DEFAULT.patterns()
                  : patterns(root, "", "dates"),
              text(numbers, "numbers", "decimal").orElse("."),
              text(numbers, "numbers", "grouping").orElse(""));
      StampRule stamp = stamp(object(root, "", "source_stamp"));
      List<PersonalRule> personal = personal(object(root, "", "personal"));
      List<TargetMapping> targets = new ArrayList<>();
      ConfigObject targetObjects = object(root, "", "targets");
      for (String name : sorted(targetObjects)) {
        target(source, name, targetObjects, reading, personal).ifPresent(targets::add);
      }
      if (targetObjects.isEmpty()) {
        fault("targets", "the source feeds no table", "Name at least one silver table.");
      }
      Mapping mapping =
          new Mapping(
              source,
              origin,
              files,
              format,
              reading,
              stamp,
              texts(root, "", "keep"),
              texts(root, "", "optional"),
              personal,
              text(root, "", "phone_country").orElse("86"),
              text(root, "", "vin_check_digit").map(Boolean::parseBoolean).orElse(false),
              targets);
      if (!format.columns().isEmpty()) {
        for (String missing : ReadFiles.missing(mapping.sourceReading(), format.columns())) {
          unknownRaw("format.columns", missing, format.columns());
        }
      }
      return new Result(faults.isEmpty() ? List.of(mapping) : List.of(), List.copyOf(faults));
    }

    private FileFormat format(ConfigObject object) {
      known("format", object, FORMAT_KEYS);
      String kind = text(object, "format", "kind").orElse("csv");
      boolean isKind = Set.of("csv", "xlsx", "parquet").contains(kind);
      if (!isKind) {
        fault("format.kind", "'%s' is no format".formatted(kind), "Write csv, xlsx or parquet.");
      }
      String delimiter = text(object, "format", "delimiter").orElse("auto");
      delimiter = delimiter.equals("auto") ? "" : delimiter.equals("tab") ? "\t" : delimiter;
      String quote = text(object, "format", "quote").orElse("\"");
      if (delimiter.length() > 1) {
        fault(
            "format.delimiter",
            "'%s' has more than one character".formatted(delimiter),
            "Write one character, tab or auto.");
      }
      if (quote.length() > 1) {
        fault(
            "format.quote",
            "'%s' has more than one character".formatted(quote),
            "Write one character, or \"\" for none.");
      }
      String encoding = text(object, "format", "encoding").orElse("UTF-8");
      boolean isKnown;
      try {
        isKnown = Charset.isSupported(encoding);
      } catch (IllegalArgumentException e) {
        isKnown = false;
      }
      if (!isKnown) {
        fault(
            "format.encoding",
            "'%s' is no character set".formatted(encoding),
            "Write UTF-8, GB18030 or another name Java knows.");
      }
      int headerRow = 1;
      try {
        headerRow = Integer.parseInt(text(object, "format", "header_row").orElse("1"));
      } catch (NumberFormatException e) {
        fault("format.header_row", "it is no whole number", "Write the line, from 1.");
      }
      return new FileFormat(
          isKind ? FileFormat.Kind.valueOf(kind.toUpperCase(Locale.ROOT)) : FileFormat.Kind.CSV,
          delimiter.isEmpty() ? "" : delimiter.substring(0, 1),
          quote.isEmpty() ? "" : quote.substring(0, 1),
          encoding,
          texts(object, "format", "columns"),
          text(object, "format", "sheet").orElse(""),
          headerRow);
    }

    private ZoneId zone() {
      String zone = text(root, "", "zone").orElse("");
      try {
        return ZoneId.of(zone);
      } catch (DateTimeException e) {
        fault(
            "zone",
            zone.isEmpty() ? "no zone is given" : "'%s' is no zone".formatted(zone),
            "Write the zone of the source's times, such as Asia/Shanghai.");
        return ZoneId.of("UTC");
      }
    }

    private StampRule stamp(ConfigObject object) {
      known("source_stamp", object, STAMP_KEYS);
      Optional<String> name = text(object, "source_stamp", "name");
      Optional<String> pattern = text(object, "source_stamp", "pattern");
      if (name.isPresent() != pattern.isPresent()) {
        fault(
            "source_stamp",
            "name and pattern belong together",
            "Write both: name = \"_(\\\\d{8})\", pattern = \"yyyyMMdd\".");
      }
      name.ifPresent(
          regex -> {
            try {
              if (java.util.regex.Pattern.compile(regex).matcher("").groupCount() < 1) {
                fault("source_stamp.name", "it has no group", "Put the stamp in parentheses.");
              }
            } catch (java.util.regex.PatternSyntaxException e) {
              fault("source_stamp.name", e.getDescription(), "Correct the regular expression.");
            }
          });
      pattern.ifPresent(text -> checkPattern("source_stamp.pattern", text));
      Optional<Instant> fixed = Optional.empty();
      Optional<String> text = text(object, "source_stamp", "fixed");
      if (text.isPresent()) {
        try {
          fixed = Optional.of(Instant.parse(text.get()));
        } catch (DateTimeException e) {
          fault(
              "source_stamp.fixed",
              "'%s' is no instant".formatted(text.get()),
              "Write it as 2020-01-01T00:00:00Z.");
        }
      }
      return new StampRule(name, pattern, fixed);
    }

    private List<PersonalRule> personal(ConfigObject object) {
      List<PersonalRule> rules = new ArrayList<>();
      Map<String, PersonalKind> kinds = new LinkedHashMap<>();
      for (String column : sorted(object)) {
        String key = "personal." + column;
        ConfigObject one = object(object, "personal", column);
        known(key, one, PERSONAL_KEYS);
        String id = text(one, key, "kind").orElse("");
        Optional<PersonalKind> kind = PersonalKind.byId(id);
        if (kind.isEmpty()) {
          fault(
              key + ".kind",
              "'%s' is no kind".formatted(id),
              "Write one of "
                  + String.join(
                      ", ", Stream.of(PersonalKind.values()).map(PersonalKind::id).toList())
                  + ".");
          continue;
        }
        kinds.put(column, kind.get());
        List<String> patterns = patterns(one, key, "patterns");
        if (kind.get() == PersonalKind.BIRTHDAY && patterns.isEmpty()) {
          patterns = List.of("yyyy-MM-dd");
        }
        List<String> noPersons = texts(one, key, "no_person");
        if (!noPersons.isEmpty() && !kind.get().isNumber()) {
          fault(
              key + ".no_person",
              "a %s always is of a person".formatted(id),
              "Write it for customer and staff numbers only.");
        }
        rules.add(
            new PersonalRule(
                column,
                kind.get(),
                texts(one, key, "with"),
                texts(one, key, "subject"),
                patterns,
                noPersons));
      }
      for (PersonalRule rule : rules) {
        String key = "personal." + rule.column() + ".subject";
        boolean needsSubject =
            rule.kind().isSecret()
                && rule.kind() != PersonalKind.VIN
                && !object(object, "personal", rule.column()).containsKey("subject");
        if (needsSubject) {
          fault(
              key,
              "it is not said whose value it is",
              "Name a personal column of kind customer, staff or vin, or write [] if the export has none.");
        }
        for (String subject : rule.subjects()) {
          if (!kinds.containsKey(subject) || !kinds.get(subject).isSubject()) {
            fault(
                key,
                "%s is no personal column of kind customer, staff or vin".formatted(subject),
                "Declare it under personal, or name another.");
          }
        }
      }
      return rules;
    }

    private Optional<TargetMapping> target(
        String source,
        String name,
        ConfigObject targets,
        Reading reading,
        List<PersonalRule> personal) {
      String key = "targets." + name;
      TableContract table = tables.get(name);
      if (table == null) {
        fault(
            key,
            "there is no silver table %s".formatted(name),
            "The nearest is %s.".formatted(nearest(name, tables.keySet())));
        return Optional.empty();
      }
      ConfigObject object = object(targets, "targets", name);
      known(key, object, TARGET_KEYS);
      Optional<String> where = text(object, key, "where");
      List<String> whereColumns =
          where.map(sql -> expression(key + ".where", sql)).orElse(List.of());
      ConfigObject columns = object(object, key, "columns");
      Map<String, ColumnRule> rules = new LinkedHashMap<>();
      List<String> fillable =
          table.fields().stream().filter(OneFile::isFilledByMapping).map(Field::name).toList();
      for (String column : sorted(columns)) {
        if (!fillable.contains(column)) {
          fault(
              key + ".columns." + column,
              "the table has no such column to fill",
              "The nearest is %s.".formatted(nearest(column, fillable)));
        }
      }
      for (Field field : table.fields()) {
        if (columns.containsKey(field.name()) && fillable.contains(field.name())) {
          rule(key + ".columns", field, columns, table)
              .ifPresent(rule -> rules.put(field.name(), rule));
        } else if (isFilledByMapping(field) && !field.isNullable()) {
          fault(
              key + ".columns." + field.name(),
              "the column is required and not mapped",
              "Say where it comes from: " + field.meaning());
        }
      }
      List<Field> requireAny = new ArrayList<>();
      for (String column : texts(object, key, "require_any")) {
        if (rules.containsKey(column)) {
          requireAny.add(rules.get(column).field());
        } else {
          fault(
              key + ".require_any",
              "%s is no column this target maps".formatted(column),
              "The nearest is %s.".formatted(nearest(column, columns.keySet())));
        }
      }
      Set<String> personalColumns = new TreeSet<>();
      personal.forEach(rule -> personalColumns.add(rule.column()));
      return Optional.of(
          new TargetMapping(
              source,
              table,
              where,
              whereColumns,
              List.copyOf(rules.values()),
              requireAny,
              reading,
              personalColumns));
    }

    private static boolean isFilledByMapping(Field field) {
      return !Set.of(
              Versioned.SUPERSEDED_AT,
              Versioned.SOURCE_ID,
              Versioned.SOURCE_STAMP,
              Versioned.BRONZE_ID,
              Versioned.CONTENT_HASH)
          .contains(field);
    }

    private Optional<ColumnRule> rule(
        String path, Field field, ConfigObject columns, TableContract table) {
      String key = path + "." + field.name();
      ConfigValue value = columns.get(field.name());
      if (value.valueType() == ConfigValueType.STRING) {
        return Optional.of(
            ColumnRule.of(field, new ColumnRule.Raw(List.of((String) value.unwrapped()))));
      }
      if (value.valueType() == ConfigValueType.NUMBER
          || value.valueType() == ConfigValueType.BOOLEAN) {
        return Optional.of(
            ColumnRule.of(field, new ColumnRule.Constant(value.unwrapped().toString())));
      }
      if (!(value instanceof ConfigObject object)) {
        fault(key, "a list is no rule", "Write a raw column, or { join = [...] }.");
        return Optional.empty();
      }
      known(key, object, COLUMN_KEYS);
      List<String> origins = FROM_KEYS.stream().filter(object::containsKey).sorted().toList();
      if (origins.size() != 1) {
        fault(
            key,
            origins.isEmpty()
                ? "it is not said where the value comes from"
                : "%s stand together".formatted(String.join(" and ", origins)),
            "Write exactly one of " + String.join(", ", new TreeSet<>(FROM_KEYS)) + ".");
        return Optional.empty();
      }
      ColumnRule.From from =
          switch (origins.get(0)) {
            case "column" -> new ColumnRule.Raw(texts(object, key, "column"));
            case "constant" -> new ColumnRule.Constant(text(object, key, "constant").orElse(""));
            case "expression" -> {
              String sql = text(object, key, "expression").orElse("");
              yield new ColumnRule.Expression(sql, expression(key + ".expression", sql));
            }
            case "join" ->
                new ColumnRule.Joined(
                    texts(object, key, "join"), text(object, key, "by").orElse(":"));
            case "hash" -> new ColumnRule.Hashed(texts(object, key, "hash"));
            default -> fields(object, key, field, columns, table);
          };
      Map<String, String> codes = new LinkedHashMap<>();
      ConfigObject codeObject = object(object, key, "codes");
      for (String code : sorted(codeObject)) {
        codes.put(code, codeObject.get(code).unwrapped().toString());
      }
      Optional<Unit> unit = Optional.empty();
      Optional<String> unitId = text(object, key, "unit");
      if (unitId.isPresent()) {
        unit = Unit.byId(unitId.get());
        List<String> fitting =
            Stream.of(Unit.values())
                .filter(u -> field.name().endsWith(u.suffix()))
                .map(Unit::id)
                .toList();
        if (unit.isEmpty() || !fitting.contains(unitId.get())) {
          fault(
              key + ".unit",
              "'%s' is no unit for this column".formatted(unitId.get()),
              fitting.isEmpty()
                  ? "Leave it out: the column has no unit."
                  : "Write one of " + String.join(", ", fitting) + ".");
        }
      }
      String onFault = text(object, key, "on_fault").orElse("reject");
      if (!Set.of("reject", "null").contains(onFault)) {
        fault(key + ".on_fault", "'%s' is no answer".formatted(onFault), "Write reject or null.");
      }
      Optional<BigDecimal> min = number(object, key, "min");
      Optional<BigDecimal> max = number(object, key, "max");
      if ((min.isPresent() || max.isPresent()) && !(field.type() instanceof NumericType)) {
        fault(key, "min and max are for numbers", "Leave them out.");
      }
      if (!codes.isEmpty() && isTime(field.type())) {
        fault(key + ".codes", "a time has no codes", "Leave them out.");
      }
      return Optional.of(
          new ColumnRule(
              field,
              from,
              codes,
              text(object, key, "other"),
              text(object, key, "default"),
              patterns(object, key, "patterns"),
              unit,
              text(object, key, "round").map(Boolean::parseBoolean).orElse(false),
              min,
              max,
              onFault.equals("null"),
              text(object, key, "upper").map(Boolean::parseBoolean).orElse(false)));
    }

    private ColumnRule.From fields(
        ConfigObject object, String key, Field field, ConfigObject columns, TableContract table) {
      List<Field> fields = new ArrayList<>();
      for (String name : texts(object, key, "field")) {
        Optional<Field> other = table.field(name);
        boolean isPlain =
            other.isPresent()
                && columns.containsKey(name)
                && !(columns.get(name) instanceof ConfigObject rule && rule.containsKey("field"));
        if (!isPlain) {
          fault(
              key + ".field",
              "%s is no other column this target maps".formatted(name),
              "The nearest is %s.".formatted(nearest(name, columns.keySet())));
        } else if (!other.get().type().equals(field.type())) {
          fault(
              key + ".field",
              "%s is %s, this column is %s"
                  .formatted(name, other.get().type().simpleString(), field.type().simpleString()),
              "Name a column of the same type.");
        } else {
          fields.add(other.get());
        }
      }
      return new ColumnRule.OfFields(
          fields, number(object, key, "lag_hours").orElse(BigDecimal.ZERO).doubleValue());
    }

    private static boolean isTime(DataType type) {
      return type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType);
    }

    private List<String> expression(String key, String sql) {
      try {
        return columnsOf(sql);
      } catch (Exception e) { // Spark throws its checked ParseException without declaring it.
        fault(
            key,
            "'%s' is no SQL expression: %s"
                .formatted(
                    sql, String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("")),
            "Correct it; names with other signs than letters, digits and _ stand in backticks.");
        return List.of();
      }
    }

    private void unknownRaw(String key, String column, Collection<String> header) {
      fault(
          key,
          "there is no raw column %s".formatted(column),
          "The nearest is %s.".formatted(nearest(column, header)));
    }

    private void checkPattern(String key, String pattern) {
      try {
        DateTimeFormatter.ofPattern(pattern);
      } catch (IllegalArgumentException e) {
        fault(
            key,
            "'%s' is no date pattern: %s".formatted(pattern, e.getMessage()),
            "Write one such as yyyy-MM-dd HH:mm:ss.");
      }
    }

    private List<String> patterns(ConfigObject object, String path, String name) {
      List<String> patterns = texts(object, path, name);
      patterns.forEach(pattern -> checkPattern(join(path, name), pattern));
      return patterns;
    }

    private void known(String path, ConfigObject object, Set<String> keys) {
      for (String key : sorted(object)) {
        if (!keys.contains(key)) {
          fault(
              join(path, key),
              "there is no such key",
              "The nearest is %s.".formatted(nearest(key, keys)));
        }
      }
    }

    private Optional<String> text(ConfigObject object, String path, String name) {
      ConfigValue value = object.get(name);
      if (value == null || value.valueType() == ConfigValueType.NULL) {
        return Optional.empty();
      }
      if (value.valueType() == ConfigValueType.OBJECT
          || value.valueType() == ConfigValueType.LIST) {
        fault(
            join(path, name),
            "%s is no single value".formatted(value.render(ConfigRenderOptions.concise())),
            "Write one text, number or yes/no.");
        return Optional.empty();
      }
      return Optional.of(value.unwrapped().toString());
    }

    private List<String> texts(ConfigObject object, String path, String name) {
      ConfigValue value = object.get(name);
      if (value == null) {
        return List.of();
      }
      if (value.valueType() == ConfigValueType.LIST) {
        List<String> texts = new ArrayList<>();
        for (Object one : (List<?>) value.unwrapped()) {
          texts.add(String.valueOf(one));
        }
        return List.copyOf(texts);
      }
      return text(object, path, name).map(List::of).orElse(List.of());
    }

    private Optional<BigDecimal> number(ConfigObject object, String path, String name) {
      Optional<String> text = text(object, path, name);
      try {
        return text.map(BigDecimal::new);
      } catch (NumberFormatException e) {
        fault(join(path, name), "'%s' is no number".formatted(text.get()), "Write a number.");
        return Optional.empty();
      }
    }

    private ConfigObject object(ConfigObject parent, String path, String name) {
      ConfigValue value = parent.get(name);
      if (value == null) {
        return ConfigFactory.empty().root();
      }
      if (value instanceof ConfigObject object) {
        return object;
      }
      fault(join(path, name), "it is no section", "Write %s { ... }.".formatted(name));
      return ConfigFactory.empty().root();
    }

    private static List<String> sorted(ConfigObject object) {
      return object.keySet().stream().sorted().toList();
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    private void fault(String key, String problem, String remedy) {
      faults.add(new MappingFault(origin, key, problem, remedy));
    }
  }
}
