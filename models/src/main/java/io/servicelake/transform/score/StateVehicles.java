package io.servicelake.transform.score;

import static io.servicelake.contract.score.VehicleStates.*;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Field;
import io.servicelake.contract.feature.VehicleSnapshots;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where vehicles stand on their service clocks; who is new is so by the holder's visits. */
public final class StateVehicles {
  private static final int LEAST_CYCLE_DAYS = 30;

  private StateVehicles() {}

  /**
   * Rows of score.vehicle_states.
   *
   * @param snapshots feature.vehicle_snapshots as of the days scored, from {@link
   *     io.servicelake.transform.feature.SnapshotsAsOf#onDays}
   */
  public static Dataset<Row> compute(Dataset<Row> snapshots) {
    Column day = SCORED_ON.col();
    return snapshots
        .withColumnRenamed(VehicleSnapshots.SNAPSHOT_ON.name(), SCORED_ON.name())
        .withColumn(
            CYCLE_DAYS.name(),
            greatest(
                lit(LEAST_CYCLE_DAYS),
                datediff(DUE_ON.col(), VehicleSnapshots.CLOCK_FROM_ON.col())))
        .withColumn(
            MISSED_COUNT.name(),
            ClockStates.missed(day, DUE_ON.col(), LAST_VISIT_ON.col(), CYCLE_DAYS.col()))
        .withColumn(
            STATE.name(),
            when(EXITED_ON.col().leq(day), ClockStates.EXITED)
                .otherwise(
                    ClockStates.state(
                        day,
                        DUE_ON.col(),
                        MISSED_COUNT.col(),
                        CUSTOMER_SINCE_ON.col(),
                        CYCLE_DAYS.col())))
        .select(TABLE.fields().stream().map(Field::col).toArray(Column[]::new));
  }
}
