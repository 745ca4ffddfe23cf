package io.servicelake.jobs;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.upkeep.SchemaBook;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Inputs at the versions of a plan, narrowed to touched keys in an incremental run. */
final class PinnedInputs implements Inputs {
  private final Step step;
  private final Lakehouse lake;
  private final Progress.Plan plan;
  private final Progress.Plan last;
  private final Dataset<Row> touched;

  /**
   * @param last the plan finished before; null before the first
   * @param touched the touched keys under the output's names; null for a whole run
   */
  PinnedInputs(
      Step step, Lakehouse lake, Progress.Plan plan, Progress.Plan last, Dataset<Row> touched) {
    this.step = step;
    this.lake = lake;
    this.plan = plan;
    this.last = last;
    this.touched = touched;
  }

  PinnedInputs narrowedTo(Dataset<Row> touchedKeys) {
    return new PinnedInputs(step, lake, plan, last, touchedKeys);
  }

  @Override
  public Dataset<Row> get(TableContract table) {
    Dataset<Row> rows = whole(table);
    Optional<List<Field>> columns = step.touchColumnsOf(table);
    return touched == null || columns.isEmpty() ? rows : semiJoin(rows, columns.get());
  }

  @Override
  public Dataset<Row> current(TableContract table) {
    return Versioned.current(get(table));
  }

  @Override
  public Dataset<Row> whole(TableContract table) {
    return lake.readAt(table, version(table));
  }

  @Override
  public Dataset<Row> output() {
    return lake.readAt(step.output().orElseThrow(), plan.output());
  }

  @Override
  public long version(TableContract table) {
    declared(table);
    return plan.inputs().get(table.id());
  }

  @Override
  public long lastVersion(TableContract table) {
    declared(table);
    long version = last == null ? -1 : last.inputs().getOrDefault(table.id(), -1L);
    // Changes cannot be read across a change of columns: the whole counts as new.
    return version < SchemaBook.read(lake.files()).changedAt(table) ? -1 : version;
  }

  /** The rows of the touched keys, for rows whose key stands in these columns. */
  Dataset<Row> semiJoin(Dataset<Row> rows, List<Field> columns) {
    Column condition = functions.lit(true);
    for (int i = 0; i < columns.size(); i++) {
      condition =
          condition.and(columns.get(i).of("r").eqNullSafe(step.touchColumns().get(i).of("k")));
    }
    return rows.as("r").join(touched.as("k"), condition, "left_semi");
  }

  private void declared(TableContract table) {
    if (!plan.inputs().containsKey(table.id())) {
      throw new CannotException(
          "Cannot read %s in step %s: the step declares %s. What is not declared is not followed when it changes. Add it to from(...)."
              .formatted(
                  table.id(),
                  step.name(),
                  step.inputs().isEmpty()
                      ? "no input"
                      : String.join(", ", step.inputs().stream().map(TableContract::id).toList())));
    }
  }
}
