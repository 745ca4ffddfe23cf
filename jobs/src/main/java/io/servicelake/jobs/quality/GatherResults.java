package io.servicelake.jobs.quality;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.quality.CheckBook.Finding;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Gathers what the checks found into serving.expectation_results. */
final class GatherResults implements Action {
  /** A check that stops writes the table too; one at a time. */
  private static final Object TABLE = new Object();

  private final List<TableContract> tables;

  private GatherResults(List<TableContract> tables) {
    this.tables = tables;
  }

  /**
   * The step that makes the table.
   *
   * @param checks names of the steps that check tables
   * @param tables tables that are checked
   */
  static Step step(List<String> checks, List<TableContract> tables) {
    return Step.action(ExpectationResults.TABLE.id())
        .after(checks.toArray(String[]::new))
        .writes(ExpectationResults.TABLE)
        .alsoReads("findings", run -> Integer.toHexString(rows(run, tables).toString().hashCode()))
        .by(new GatherResults(tables));
  }

  @Override
  public void run(RunContext run) {
    write(run, tables);
  }

  /** Makes the table say what was found of every table at its last check. */
  static void write(RunContext run, List<TableContract> tables) {
    List<Row> rows = rows(run, tables);
    synchronized (TABLE) {
      run.lake()
          .replace(
              ExpectationResults.TABLE,
              run.spark().createDataFrame(rows, ExpectationResults.TABLE.schema()).coalesce(1),
              run.txn("results"));
    }
  }

  private static List<Row> rows(RunContext run, List<TableContract> tables) {
    List<Row> rows = new ArrayList<>();
    for (TableContract table : tables) {
      for (Finding finding : CheckBook.read(run.lake().files(), table).findings()) {
        rows.add(
            RowFactory.create(
                table.id(),
                finding.name(),
                finding.outcome(),
                finding.measured(),
                finding.warnAbove(),
                finding.stopAbove(),
                finding.checked(),
                finding.broken(),
                finding.scope(),
                finding.detail()));
      }
    }
    return rows;
  }
}
