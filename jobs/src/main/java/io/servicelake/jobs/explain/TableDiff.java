package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two versions of a table held against each other.
 *
 * @param added rows of keys that only the later has
 * @param removed rows of keys that only the earlier has
 * @param cells changed cells of common rows, at most as many as asked for
 * @param cellsCount changed cells in all
 */
record TableDiff(TableContract table, long added, long removed, long cellsCount, List<Cell> cells) {
  /** Columns that tell the day of the board, which moves with every run. */
  private static final Set<String> OF_THE_DAY = Set.of("as_of_on", "until_on", "scored_on");

  /** A cell that says something else. */
  record Cell(Map<String, String> key, String column, String before, String after) {}

  boolean isSame() {
    return added + removed + cellsCount == 0;
  }

  static TableDiff of(
      TableContract table, Dataset<Row> before, Dataset<Row> after, String column, int limit) {
    List<Field> compared =
        table.fields().stream()
            .filter(
                field ->
                    !table.key().contains(field)
                        && !table.runColumns().contains(field)
                        && !OF_THE_DAY.contains(field.name())
                        && (column == null || column.equals(field.name()))
                        && Arrays.asList(before.columns()).contains(field.name())
                        && Arrays.asList(after.columns()).contains(field.name()))
            .toList();
    Column same = lit(true);
    List<Column> keys = new ArrayList<>();
    for (Field field : table.key()) {
      same = same.and(field.of("b").eqNullSafe(field.of("a")));
      keys.add(coalesce(field.of("b"), field.of("a")).cast("string").as(field.name()));
    }
    Column[] pairs =
        compared.stream()
            .map(
                field ->
                    struct(
                        lit(field.name()).as("column"),
                        field.of("b").cast("string").as("before"),
                        field.of("a").cast("string").as("after")))
            .toArray(Column[]::new);
    Column isOnlyBefore = col("a._is").isNull();
    Column isOnlyAfter = col("b._is").isNull();
    List<Column> selected = new ArrayList<>(keys);
    selected.add(isOnlyBefore.as("_removed"));
    selected.add(isOnlyAfter.as("_added"));
    selected.add(
        when(
                isOnlyBefore.or(isOnlyAfter).or(lit(pairs.length == 0)),
                array().cast("array<struct<column:string,before:string,after:string>>"))
            .otherwise(
                filter(
                    pairs.length == 0
                        ? array(
                            struct(lit("").as("column"), lit("").as("before"), lit("").as("after")))
                        : array(pairs),
                    pair ->
                        pair.getField("before").eqNullSafe(pair.getField("after")).unary_$bang()))
            .as("_cells"));
    Dataset<Row> held =
        before
            .withColumn("_is", lit(1))
            .as("b")
            .join(after.withColumn("_is", lit(1)).as("a"), same, "full_outer")
            .select(selected.toArray(Column[]::new))
            .where(col("_removed").or(col("_added")).or(size(col("_cells")).gt(0)))
            .localCheckpoint();
    Row sums =
        held.agg(
                count_if(col("_added")),
                count_if(col("_removed")),
                coalesce(sum(size(col("_cells")).cast("long")), lit(0L)))
            .first();
    List<Cell> cells = new ArrayList<>();
    List<String> names = table.keyNames();
    List<Column> shown = new ArrayList<>();
    names.forEach(name -> shown.add(col(name)));
    List<Column> order = new ArrayList<>(shown);
    order.replaceAll(Column::desc);
    shown.add(explode(col("_cells")).as("_cell"));
    held.orderBy(order.toArray(Column[]::new))
        .select(shown.toArray(Column[]::new))
        .limit(limit)
        .collectAsList()
        .forEach(
            row -> {
              Map<String, String> key = new HashMap<>();
              names.forEach(name -> key.put(name, row.getAs(name)));
              Row cell = row.getAs("_cell");
              cells.add(new Cell(key, cell.getString(0), cell.getString(1), cell.getString(2)));
            });
    return new TableDiff(table, sums.getLong(0), sums.getLong(1), sums.getLong(2), cells);
  }
}
