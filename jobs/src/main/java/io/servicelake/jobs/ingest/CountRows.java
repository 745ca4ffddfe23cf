package io.servicelake.jobs.ingest;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Gathers what became of the rows of every source from the silver tables' own books. Steps that
 * read the rejects wait for it: by then the merges have written theirs.
 */
public final class CountRows implements Action {
  private final List<TableContract> tables;

  private CountRows(List<TableContract> tables) {
    this.tables = tables;
  }

  /** The action that makes ops.row_counts. */
  static CountRows action(List<TableContract> tables) {
    return new CountRows(List.copyOf(tables));
  }

  /** The step that makes ops.row_counts; stands after the merges of these tables. */
  public static Step step(List<TableContract> tables) {
    CountRows count = action(tables);
    return Step.action(RowCounts.TABLE.id())
        .from(tables.toArray(TableContract[]::new))
        .writes(RowCounts.TABLE, Rejects.TABLE)
        .alsoReads("fates of rows", run -> Integer.toHexString(count.rows(run).hashCode()))
        .by(count);
  }

  @Override
  public void run(RunContext run) {
    List<Row> rows = rows(run);
    if (!rows.isEmpty()) {
      run.lake()
          .replace(
              RowCounts.TABLE,
              run.spark().createDataFrame(rows, RowCounts.TABLE.schema()).coalesce(1),
              run.txn("counts"));
    }
  }

  private List<Row> rows(RunContext run) {
    List<Row> rows = new ArrayList<>();
    for (TableContract table : tables) {
      for (SilverState.Count count : SilverState.read(run.lake().files(), table).counts()) {
        rows.add(
            RowFactory.create(
                count.sourceId(),
                table.name(),
                count.batchNo(),
                count.read(),
                count.accepted(),
                count.rejected(),
                count.superseded(),
                count.duplicate()));
      }
    }
    return rows;
  }
}
