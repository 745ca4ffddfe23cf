package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Merges candidates with the versions already held of their keys. The outcome is a function of the
 * set of rows seen, whatever their order: of rows with one key and one known_at the latest
 * source_stamp stays, then the greatest content hash, then the smallest source row; each version
 * ends when the next is known.
 */
public final class MergeVersions {
  /** What became of a row. */
  public enum Fate {
    /** It is a version of the table. */
    ACCEPTED,
    /** A row of a later file with the same key and known_at says something else. */
    SUPERSEDED,
    /** Another row with the same key and known_at says the same. */
    DUPLICATE
  }

  /** Column of the judged rows: {@link Fate}. */
  public static final Field FATE =
      new Field("fate", Columns.STRING, false, "Fate", "去向", "ACCEPTED, SUPERSEDED or DUPLICATE.");

  /** Column of the judged rows: true if the table held the row before. */
  public static final Field IS_HELD =
      new Field(
          "is_held",
          Columns.BOOL,
          false,
          "Held before",
          "已有",
          "The table held it before the batch.");

  private static final String PLACE = "_place";
  private static final String PLACE_IN_CONTENT = "_place_in_content";

  private MergeVersions() {}

  /**
   * All rows of the candidates' keys with their fate: the contract's columns, {@code batch_no}
   * (null for held rows), {@code is_held} and {@code fate}. The ACCEPTED ones are what the table
   * has to hold of these keys.
   *
   * @param held all versions the table holds of the candidates' keys
   * @param candidates typed rows that keep the contract, and {@code batch_no}
   */
  public static Dataset<Row> merge(
      Dataset<Row> held, Dataset<Row> candidates, TableContract table) {
    Column[] columns = table.fields().stream().map(Field::col).toArray(Column[]::new);
    Dataset<Row> rows =
        candidates
            .select(with(columns, SourceRows.BATCH_NO.col(), lit(false).as(IS_HELD.name())))
            .union(
                held.select(
                    with(
                        columns,
                        lit(null).cast(Columns.LONG).as(SourceRows.BATCH_NO.name()),
                        lit(true).as(IS_HELD.name()))));
    Column[] key = businessKey(table).stream().map(Field::col).toArray(Column[]::new);
    Column[] keyAndTime = with(key, Versioned.KNOWN_AT.col());
    WindowSpec rivals =
        Window.partitionBy(keyAndTime)
            .orderBy(
                Versioned.SOURCE_STAMP.col().desc(),
                Versioned.CONTENT_HASH.col().desc(),
                Versioned.BRONZE_ID.col());
    WindowSpec sameContent =
        Window.partitionBy(with(keyAndTime, Versioned.CONTENT_HASH.col()))
            .orderBy(Versioned.SOURCE_STAMP.col().desc(), Versioned.BRONZE_ID.col());
    Column fate =
        when(col(PLACE).equalTo(1), lit(Fate.ACCEPTED.name()))
            .when(col(PLACE_IN_CONTENT).gt(1), lit(Fate.DUPLICATE.name()))
            .otherwise(lit(Fate.SUPERSEDED.name()));
    WindowSpec history =
        Window.partitionBy(with(key, FATE.col())).orderBy(Versioned.KNOWN_AT.col());
    Column end =
        when(
            FATE.col().equalTo(Fate.ACCEPTED.name()),
            lead(Versioned.KNOWN_AT.col(), 1).over(history));
    return rows.repartition(key)
        .withColumn(PLACE, row_number().over(rivals))
        .withColumn(PLACE_IN_CONTENT, row_number().over(sameContent))
        .withColumn(FATE.name(), fate)
        .withColumn(Versioned.SUPERSEDED_AT.name(), end)
        .select(with(columns, SourceRows.BATCH_NO.col(), IS_HELD.col(), FATE.col()));
  }

  /** The rows the table has to hold of the touched keys. */
  public static Dataset<Row> accepted(Dataset<Row> judged, TableContract table) {
    return judged
        .where(FATE.col().equalTo(Fate.ACCEPTED.name()))
        .select(table.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  /** The key without known_at: all versions of a fact share it. */
  public static List<Field> businessKey(TableContract table) {
    return table.key().stream().filter(field -> !field.equals(Versioned.KNOWN_AT)).toList();
  }

  private static Column[] with(Column[] columns, Column... more) {
    List<Column> all = new ArrayList<>(Arrays.asList(columns));
    all.addAll(Arrays.asList(more));
    return all.toArray(Column[]::new);
  }
}
