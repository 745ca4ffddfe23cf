package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Who can be lost: persons with a visit in the last months who still hold a vehicle. */
public final class ChurnPopulation {
  private ChurnPopulation() {}

  /** Snapshot rows of the population, each on its own snapshot day. */
  public static Dataset<Row> of(Dataset<Row> snapshots, int months) {
    return snapshots.where(
        LAST_VISIT_ON
            .col()
            .gt(functions.add_months(SNAPSHOT_ON.col(), -months))
            .and(EXITED_ON.col().isNull().or(EXITED_ON.col().gt(SNAPSHOT_ON.col()))));
  }
}
