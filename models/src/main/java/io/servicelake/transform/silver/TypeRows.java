package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.unix_micros;
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
  private static final String CELLS = "_cells";
  static final String RAW = "_raw";
  static final String TEXT = "_text_";

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
        columns.add(
            CellValues.value(col(text), type, rule, mapping.reading()).as(rule.field().name()));
      }
    }
    rows = rows.select(columns.toArray(Column[]::new));
    for (ColumnRule rule : mapping.columns()) {
      if (rule.from() instanceof ColumnRule.OfFields fields) {
        rows = rows.withColumn(rule.field().name(), ofFields(fields));
      }
    }
    Dataset<Row> judged = rows.withColumn(ERRORS, new RowFaults(mapping).numbers());
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
    Column cells =
        from_json(
            SourceRows.PAYLOAD.col(),
            DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));
    RowFaults faults = new RowFaults(mapping);
    return typed
        .where(size(col(ERRORS)).gt(0))
        .withColumn(CELLS, cells)
        .select(
            Versioned.BRONZE_ID.col(),
            lit(mapping.table().name()).as(Rejects.TARGET_TABLE.name()),
            Versioned.SOURCE_ID.col(),
            faults.code(col(ERRORS), col(CELLS)).as(Rejects.REASON_CODE.name()),
            faults.reason(col(ERRORS), col(CELLS)).as(Rejects.REASON.name()),
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
                SourceRows.CHANGED_AT.col().as(metaName(SourceRows.CHANGED_AT)),
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

  private static Column ofFields(ColumnRule.OfFields fields) {
    Column first = coalesce(fields.fields().stream().map(Field::col).toArray(Column[]::new));
    long micros = Math.round(fields.lagHours() * 3_600_000_000L);
    return micros == 0
        ? first
        : org.apache.spark.sql.functions.timestamp_micros(unix_micros(first).plus(lit(micros)));
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
            SourceRows.CHANGED_AT,
            SourceRows.PAYLOAD)) {
      columns.add(col(metaName(field)));
    }
    return columns;
  }

  static String metaName(Field field) {
    return "_" + field.name();
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
