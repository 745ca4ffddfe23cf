package io.servicelake.jobs;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.Lakehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Finds the keys of a step's output that changes of its inputs touch. */
final class TouchedKeys {
  private TouchedKeys() {}

  /** The keys, or empty if a changed input does not tell which. */
  static Optional<Dataset<Row>> find(Step step, Lakehouse lake, PinnedInputs inputs) {
    Dataset<Row> all = null;
    for (TableContract input : step.inputs()) {
      long from = inputs.lastVersion(input);
      long to = inputs.version(input);
      if (from == to) {
        continue;
      }
      if (from < 0 || to < from) {
        return Optional.empty();
      }
      Dataset<Row> changes = lake.changes(input, from, to);
      Optional<List<Field>> columns = step.touchColumnsOf(input);
      Optional<Step.TouchedKeys> function = step.touchedKeysOf(input);
      Dataset<Row> keys;
      if (function.isPresent()) {
        keys =
            function
                .get()
                .of(changedRows(input, changes), inputs)
                .select(step.touchColumns().stream().map(Field::col).toArray(Column[]::new));
      } else if (columns.isPresent()) {
        keys = changedKeys(step, input, columns.get(), changes);
      } else {
        return Optional.empty();
      }
      all = all == null ? keys : all.union(keys);
    }
    return Optional.ofNullable(all).map(Dataset::distinct);
  }

  /** Keys whose rows are not the same after the changes as before. */
  private static Dataset<Row> changedKeys(
      Step step, TableContract input, List<Field> columns, Dataset<Row> changes) {
    List<Column> keys = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      keys.add(columns.get(i).col().as(step.touchColumns().get(i).name()));
    }
    List<Column> selected = new ArrayList<>(keys);
    selected.add(Contents.rowHash(input).as("_hash"));
    List<Column> names = new ArrayList<>();
    step.touchColumns().forEach(column -> names.add(column.col()));
    // A row that was removed and added again cancels out.
    return changes
        .select(selected.toArray(Column[]::new))
        .groupBy(names.toArray(Column[]::new))
        .agg(functions.bit_xor(functions.col("_hash")).as("_net"))
        .where(functions.col("_net").notEqual(0))
        .select(names.toArray(Column[]::new));
  }

  private static Dataset<Row> changedRows(TableContract input, Dataset<Row> changes) {
    Column[] columns =
        input.fields().stream()
            .filter(field -> !input.runColumns().contains(field))
            .map(Field::col)
            .toArray(Column[]::new);
    return changes
        .select(columns)
        .groupBy(columns)
        .agg(functions.count(functions.lit(1)).as("_times"))
        .where(functions.col("_times").mod(2).equalTo(1))
        .select(columns);
  }
}
