package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of bronze become typed candidates for a silver table, each with the list of what is wrong
 * with it. The zone of the session must be UTC.
 */
public final class TypeRows {
  /** Payload key of a record that could not be read: its reason code. */
  public static final String FAULT_CODE = "_fault_code";

  /** Payload key of a record that could not be read: what is wrong. */
  public static final String FAULT = "_fault";

  /** Ending of the payload key that tells what is wrong with a personal value. */
  public static final String FAULT_SUFFIX = ".fault";

  private static final String ERRORS = "errors";
  private static final String CODE = "code";
  private static final String REASON = "reason";
  private static final String RAW = "_raw";
  private static final String TEXT = "_text_";
  private static final DataType EXACT = DataTypes.createDecimalType(38, 9);
  private static final String NUMBER = "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$";
  private static final int QUOTED_CHARACTERS = 60;

  private TypeRows() {}

  /**
   * Every row meant for the table: the columns of its contract (superseded_at null), those of
   * bronze that a reject needs, and {@code errors}, empty for a candidate.
   */
  public static Dataset<Row> typed(Dataset<Row> bronze, TargetMapping mapping) {
    Dataset<Row> rows = texts(bronze, mapping);
    StructType schema = rows.schema();
    List<Column> columns = meta();
    columns.add(col(RAW));
    for (ColumnRule rule : mapping.columns()) {
      if (!(rule.from() instanceof ColumnRule.OfFields)) {
        String text = TEXT + rule.field().name();
        DataType type = schema.apply(text).dataType();
        columns.add(col(text));
        columns.add(value(col(text), type, rule, mapping.reading()).as(rule.field().name()));
      }
    }
    rows = rows.select(columns.toArray(Column[]::new));
    for (ColumnRule rule : mapping.columns()) {
      if (rule.from() instanceof ColumnRule.OfFields fields) {
        rows = rows.withColumn(rule.field().name(), ofFields(fields));
      }
    }
    Dataset<Row> judged = rows.withColumn(ERRORS, errors(mapping, schema));
    return judged.select(contractAndMeta(mapping).toArray(Column[]::new));
  }

  /** The rows that keep the contract, in its columns, with their batch. */
  public static Dataset<Row> candidates(Dataset<Row> typed, TargetMapping mapping) {
    List<Column> columns = new ArrayList<>();
    mapping.table().fields().forEach(field -> columns.add(field.col()));
    columns.add(SourceRows.BATCH_NO.col());
    return typed.where(size(col(ERRORS)).equalTo(0)).select(columns.toArray(Column[]::new));
  }

  /** The rows that break the contract, as rows of silver.rejects. */
  public static Dataset<Row> rejects(Dataset<Row> typed, TargetMapping mapping) {
    return typed
        .where(size(col(ERRORS)).gt(0))
        .select(
            Versioned.BRONZE_ID.col(),
            lit(mapping.table().name()).as(Rejects.TARGET_TABLE.name()),
            Versioned.SOURCE_ID.col(),
            element_at(col(ERRORS), 1).getField(CODE).as(Rejects.REASON_CODE.name()),
            array_join(transform(col(ERRORS), error -> error.getField(REASON)), " ")
                .as(Rejects.REASON.name()),
            SourceRows.FILE_NAME.col(),
            SourceRows.LINE_NUMBER.col(),
            SourceRows.PAYLOAD.col(),
            SourceRows.BATCH_NO.col());
  }

  /** Raw cells as columns, their trimmed text or null, next to what bronze knows of the row. */
  private static Dataset<Row> texts(Dataset<Row> bronze, TargetMapping mapping) {
    Set<String> names = new LinkedHashSet<>(mapping.rawColumns());
    mapping.columns().stream()
        .flatMap(rule -> rule.rawColumns().stream())
        .filter(mapping.personal()::contains)
        .forEach(name -> names.add(name + FAULT_SUFFIX));
    names.add(FAULT_CODE);
    names.add(FAULT);
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    Dataset<Row> rows =
        bronze
            .where(SourceRows.SOURCE_ID.col().equalTo(mapping.sourceId()))
            .select(
                SourceRows.BRONZE_ID.col().as(metaName(SourceRows.BRONZE_ID)),
                SourceRows.SOURCE_ID.col().as(metaName(SourceRows.SOURCE_ID)),
                SourceRows.BATCH_NO.col().as(metaName(SourceRows.BATCH_NO)),
                SourceRows.FILE_NAME.col().as(metaName(SourceRows.FILE_NAME)),
                SourceRows.LINE_NUMBER.col().as(metaName(SourceRows.LINE_NUMBER)),
                SourceRows.SOURCE_STAMP.col().as(metaName(SourceRows.SOURCE_STAMP)),
                SourceRows.PAYLOAD.col().as(metaName(SourceRows.PAYLOAD)),
                from_json(SourceRows.PAYLOAD.col(), schema).as(RAW));
    List<Column> cells = meta();
    cells.add(col(RAW));
    for (String name : names) {
      cells.add(clean(col(RAW).getField(name), mapping.reading()).as(name));
    }
    rows = rows.select(cells.toArray(Column[]::new));
    if (mapping.where().isPresent()) {
      rows = rows.where(quoted(FAULT_CODE).isNotNull().or(expr(mapping.where().get())));
    }
    List<Column> texts = meta();
    texts.add(col(RAW));
    for (ColumnRule rule : mapping.columns()) {
      if (!(rule.from() instanceof ColumnRule.OfFields)) {
        texts.add(text(rule).as(TEXT + rule.field().name()));
      }
    }
    return rows.select(texts.toArray(Column[]::new));
  }

  private static Column clean(Column cell, Reading reading) {
    Column text = trim(cell);
    Column isNone = text.equalTo("");
    if (!reading.nullTokens().isEmpty()) {
      isNone = isNone.or(text.isin(reading.nullTokens().toArray()));
    }
    return when(isNone, lit(null)).otherwise(text);
  }

  private static Column text(ColumnRule rule) {
    ColumnRule.From from = rule.from();
    if (from instanceof ColumnRule.Constant constant) {
      return lit(constant.text());
    }
    if (from instanceof ColumnRule.Expression expression) {
      return expr(expression.sql());
    }
    Column[] cells = from.columns().stream().map(TypeRows::quoted).toArray(Column[]::new);
    if (from instanceof ColumnRule.Joined joined) {
      List<Column> parts = new ArrayList<>();
      for (Column cell : cells) {
        if (!parts.isEmpty()) {
          parts.add(lit(joined.by()));
        }
        parts.add(cell);
      }
      return concat(parts.toArray(Column[]::new));
    }
    if (from instanceof ColumnRule.Hashed) {
      Column[] parts = new Column[cells.length];
      for (int i = 0; i < cells.length; i++) {
        parts[i] = coalesce(cells[i], lit("\u0000"));
      }
      return substring(sha2(concat_ws("\u0001", parts), 256), 1, 32);
    }
    return cells.length == 1 ? cells[0] : coalesce(cells);
  }

  private static Column value(Column text, DataType from, ColumnRule rule, Reading reading) {
    DataType to = rule.field().type();
    Column value;
    if (!(from instanceof StringType) && !(from instanceof NumericType && isNumber(to))) {
      value = text.try_cast(to);
    } else if (!rule.codes().isEmpty()) {
      value = translated(text, rule).try_cast(to);
    } else if (to.equals(DataTypes.BooleanType)) {
      value = truth(text);
    } else if (to.equals(DataTypes.TimestampType)) {
      value = instant(text, rule, reading);
    } else if (to.equals(DataTypes.DateType)) {
      value = local(text, rule, reading).cast(to);
    } else if (isNumber(to)) {
      value = number(text, from, rule, reading);
    } else {
      value = rule.isUpper() ? upper(text) : text;
    }
    return rule.byDefault().isPresent()
        ? when(text.isNull(), lit(rule.byDefault().get()).cast(to)).otherwise(value)
        : value;
  }

  private static Column translated(Column text, ColumnRule rule) {
    Column code = lit(null).cast(DataTypes.StringType);
    if (rule.other().isPresent()) {
      code = when(text.isNotNull(), lit(rule.other().get()));
    }
    Map<String, List<Object>> textsOf = new LinkedHashMap<>();
    rule.codes().forEach((k, v) -> textsOf.computeIfAbsent(v, c -> new ArrayList<>()).add(k));
    for (Map.Entry<String, List<Object>> entry : textsOf.entrySet()) {
      code = when(text.isin(entry.getValue().toArray()), lit(entry.getKey())).otherwise(code);
    }
    return code;
  }

  private static Column truth(Column text) {
    Column word = upper(text);
    return when(word.isin("是", "Y", "YES", "TRUE", "T", "1"), lit(true))
        .when(word.isin("否", "N", "NO", "FALSE", "F", "0"), lit(false));
  }

  private static Column instant(Column text, ColumnRule rule, Reading reading) {
    return to_utc_timestamp(local(text, rule, reading), reading.zone().getId());
  }

  private static Column local(Column text, ColumnRule rule, Reading reading) {
    List<String> patterns = rule.patterns().isEmpty() ? reading.patterns() : rule.patterns();
    Column[] tries =
        patterns.stream().map(pattern -> parsed(text, pattern, reading)).toArray(Column[]::new);
    return coalesce(tries);
  }

  /** Local time; a text that names its own zone is brought to that of the source. */
  private static Column parsed(Column text, String pattern, Reading reading) {
    Column time = try_to_timestamp(text, lit(pattern));
    boolean hasZone = pattern.replaceAll("'[^']*'", "").matches(".*[VzOXxZ].*");
    return hasZone ? from_utc_timestamp(time, reading.zone().getId()) : time;
  }

  private static Column number(Column text, DataType from, ColumnRule rule, Reading reading) {
    Column exact;
    if (from instanceof StringType) {
      Column digits = text;
      if (!reading.grouping().isEmpty()) {
        digits = regexp_replace(digits, lit(quotedPattern(reading.grouping())), lit(""));
      }
      if (!reading.decimal().equals(".")) {
        digits = regexp_replace(digits, lit(quotedPattern(reading.decimal())), lit("."));
      }
      exact = when(digits.rlike(NUMBER), digits.try_cast(EXACT));
    } else {
      exact = text.try_cast(EXACT);
    }
    if (rule.unit().isPresent()) {
      Unit unit = rule.unit().get();
      exact = exact.multiply(lit(unit.factor())).divide(lit(unit.divisor()));
    }
    DataType to = rule.field().type();
    if (to.equals(DataTypes.IntegerType) || to.equals(DataTypes.LongType)) {
      Column whole = round(exact, 0);
      boolean isRounded = rule.isRounded() || rule.unit().filter(u -> !isMoney(u)).isPresent();
      exact = isRounded ? whole : when(exact.equalTo(whole), whole);
    }
    return exact.try_cast(to);
  }

  private static boolean isMoney(Unit unit) {
    return unit == Unit.MAJOR || unit == Unit.MINOR;
  }

  private static Column ofFields(ColumnRule.OfFields fields) {
    Column first = coalesce(fields.fields().stream().map(Field::col).toArray(Column[]::new));
    long micros = Math.round(fields.lagHours() * 3_600_000_000L);
    return micros == 0
        ? first
        : org.apache.spark.sql.functions.timestamp_micros(unix_micros(first).plus(lit(micros)));
  }

  private static Column errors(TargetMapping mapping, StructType schema) {
    List<Column> faults = new ArrayList<>();
    Column fault = col(RAW).getField(FAULT_CODE);
    faults.add(when(fault.isNotNull(), error(fault, coalesce(col(RAW).getField(FAULT), lit("")))));
    List<Column> others = new ArrayList<>();
    for (ColumnRule rule : mapping.columns()) {
      others.addAll(errors(rule, mapping, schema));
    }
    if (!mapping.requireAny().isEmpty()) {
      List<String> names = mapping.requireAny().stream().map(Field::name).toList();
      others.add(
          when(
              coalesce(mapping.requireAny().stream().map(Field::col).toArray(Column[]::new))
                  .isNull(),
              error(
                  lit("MISSING_VALUE"),
                  lit("%s: none has a value.".formatted(String.join(", ", names))))));
    }
    return when(fault.isNotNull(), array_compact(array(faults.toArray(Column[]::new))))
        .otherwise(array_compact(array(others.toArray(Column[]::new))));
  }

  private static List<Column> errors(ColumnRule rule, TargetMapping mapping, StructType schema) {
    List<Column> faults = new ArrayList<>();
    Field field = rule.field();
    boolean isOfFields = rule.from() instanceof ColumnRule.OfFields;
    Column text = isOfFields ? field.col() : col(TEXT + field.name());
    String columns = rule.rawColumns().isEmpty() ? "" : String.join(", ", rule.rawColumns());
    boolean isPersonal = rule.rawColumns().stream().anyMatch(mapping.personal()::contains);
    Column quote =
        isPersonal || isOfFields
            ? lit("***")
            : substring(text.cast(DataTypes.StringType), 1, QUOTED_CHARACTERS);
    if (!isOfFields && !rule.isNullOnFault()) {
      for (String raw : rule.rawColumns()) {
        if (mapping.personal().contains(raw)) {
          Column code = col(RAW).getField(raw + FAULT_SUFFIX);
          faults.add(
              when(
                  code.isNotNull(),
                  error(
                      code, lit("%s: %s is '***', no valid value.".formatted(field.name(), raw)))));
        }
      }
      faults.add(
          when(
              text.isNotNull().and(field.col().isNull()),
              error(
                  lit(faultCode(rule)),
                  concat(
                      lit("%s: %s is '".formatted(field.name(), columns)),
                      quote,
                      lit("', expected %s.".formatted(expected(rule, mapping.reading())))))));
    }
    if (!field.isNullable()) {
      boolean isKey = mapping.table().key().contains(field);
      Column isMissing =
          rule.isNullOnFault() || isOfFields
              ? field.col().isNull()
              : field.col().isNull().and(text.isNull());
      faults.add(
          when(
              isMissing,
              error(
                  lit(isKey ? "MISSING_KEY" : "MISSING_VALUE"),
                  lit(
                      "%s: no value%s."
                          .formatted(field.name(), columns.isEmpty() ? "" : " in " + columns)))));
    }
    rule.min()
        .ifPresent(
            min ->
                faults.add(outOfRange(rule, quote, field.col().lt(lit(min)), "at least " + min)));
    rule.max()
        .ifPresent(
            max -> faults.add(outOfRange(rule, quote, field.col().gt(lit(max)), "at most " + max)));
    return faults;
  }

  private static Column outOfRange(ColumnRule rule, Column quote, Column isOut, String expected) {
    return when(
        isOut,
        error(
            lit("OUT_OF_RANGE"),
            concat(
                lit(
                    "%s: %s is '"
                        .formatted(rule.field().name(), String.join(", ", rule.rawColumns()))),
                quote,
                lit("', expected %s.".formatted(expected)))));
  }

  private static String faultCode(ColumnRule rule) {
    DataType type = rule.field().type();
    if (!rule.codes().isEmpty() || type.equals(DataTypes.BooleanType)) {
      return "UNKNOWN_CODE";
    }
    if (type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)) {
      return "BAD_DATE";
    }
    return isNumber(type) ? "BAD_NUMBER" : "BAD_ROW";
  }

  private static String expected(ColumnRule rule, Reading reading) {
    if (!rule.codes().isEmpty()) {
      return "one of " + String.join(", ", rule.codes().keySet());
    }
    DataType type = rule.field().type();
    if (type.equals(DataTypes.BooleanType)) {
      return "是, 否, yes, no, true, false, 1 or 0";
    }
    if (type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)) {
      return String.join(" or ", rule.patterns().isEmpty() ? reading.patterns() : rule.patterns());
    }
    boolean isMoney = rule.unit().filter(TypeRows::isMoney).isPresent();
    return isMoney
        ? "an amount with at most the decimals of the currency"
        : type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType)
            ? "a whole number"
            : "a number";
  }

  private static Column error(Column code, Column reason) {
    return struct(code.as(CODE), reason.as(REASON));
  }

  private static List<Column> contractAndMeta(TargetMapping mapping) {
    Map<String, Column> given = new LinkedHashMap<>();
    for (ColumnRule rule : mapping.columns()) {
      given.put(rule.field().name(), rule.field().col());
    }
    List<Column> parts = new ArrayList<>();
    for (Field field : mapping.table().fields()) {
      if (!isProvenance(field)) {
        Column value = given.getOrDefault(field.name(), lit(null).cast(field.type()));
        parts.add(coalesce(canonical(value, field.type()), lit("\u0000")));
      }
    }
    given.put(Versioned.SOURCE_ID.name(), col(metaName(SourceRows.SOURCE_ID)));
    given.put(Versioned.SOURCE_STAMP.name(), col(metaName(SourceRows.SOURCE_STAMP)));
    given.put(Versioned.BRONZE_ID.name(), col(metaName(SourceRows.BRONZE_ID)));
    given.put(
        Versioned.CONTENT_HASH.name(),
        sha2(concat_ws("\u0001", parts.toArray(Column[]::new)), 256));
    List<Column> columns = new ArrayList<>();
    for (Field field : mapping.table().fields()) {
      columns.add(given.getOrDefault(field.name(), lit(null)).cast(field.type()).as(field.name()));
    }
    columns.add(col(ERRORS));
    columns.add(col(metaName(SourceRows.BATCH_NO)).as(SourceRows.BATCH_NO.name()));
    columns.add(col(metaName(SourceRows.FILE_NAME)).as(SourceRows.FILE_NAME.name()));
    columns.add(col(metaName(SourceRows.LINE_NUMBER)).as(SourceRows.LINE_NUMBER.name()));
    columns.add(
        when(size(col(ERRORS)).gt(0), col(metaName(SourceRows.PAYLOAD)))
            .as(SourceRows.PAYLOAD.name()));
    return columns;
  }

  private static boolean isProvenance(Field field) {
    return Set.of(
            Versioned.KNOWN_AT,
            Versioned.SUPERSEDED_AT,
            Versioned.SOURCE_ID,
            Versioned.SOURCE_STAMP,
            Versioned.BRONZE_ID,
            Versioned.CONTENT_HASH)
        .contains(field);
  }

  private static Column canonical(Column value, DataType type) {
    return type.equals(Columns.TIMESTAMP)
        ? unix_micros(value).cast(DataTypes.StringType)
        : value.cast(DataTypes.StringType);
  }

  private static List<Column> meta() {
    List<Column> columns = new ArrayList<>();
    for (Field field :
        List.of(
            SourceRows.BRONZE_ID,
            SourceRows.SOURCE_ID,
            SourceRows.BATCH_NO,
            SourceRows.FILE_NAME,
            SourceRows.LINE_NUMBER,
            SourceRows.SOURCE_STAMP,
            SourceRows.PAYLOAD)) {
      columns.add(col(metaName(field)));
    }
    return columns;
  }

  private static String metaName(Field field) {
    return "_" + field.name();
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static String quotedPattern(String sign) {
    return java.util.regex.Pattern.quote(sign);
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof DecimalType;
  }
}
