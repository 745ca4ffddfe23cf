package io.servicelake.ml.due;

import static io.servicelake.contract.feature.VehicleSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The maker's service clock of a vehicle: months and kilometres since the last maintenance,
 * whichever runs out first. Where no maintenance was seen it starts at the last visit.
 */
final class ServiceClock {
  static final Field BASE_ON = column("base_on", Columns.DATE, "Day the clock starts.");
  static final Field TIME_GAP = column("time_gap", Columns.DOUBLE, "Days by the maker's months.");
  static final Field DISTANCE_GAP =
      column(
          "distance_gap",
          Columns.DOUBLE,
          "Days until the maker's kilometres are driven; null if unknown.");
  static final Field CLOCK_GAP = column("clock_gap", Columns.DOUBLE, "The earlier of both, days.");
  static final Field OWN_GAPS =
      column("own_gaps", Columns.DOUBLE, "Gaps between maintenances seen.");
  static final Field OWN_GAP = column("own_gap", Columns.DOUBLE, "Their mean, days; 0 without.");

  private static final double LEAST_KM_PER_DAY = 0.1;

  private ServiceClock() {}

  /** Vehicles that may come: a visit in the last months, not sold or scrapped. */
  static Dataset<Row> active(Dataset<Row> snapshots, int months) {
    return snapshots.where(
        LAST_VISIT_ON
            .col()
            .gt(functions.add_months(SNAPSHOT_ON.col(), -months))
            .and(EXITED_ON.col().isNull().or(EXITED_ON.col().gt(SNAPSHOT_ON.col()))));
  }

  /** Adds the clock's columns. */
  static Dataset<Row> wind(Dataset<Row> vehicles) {
    Column perDay = greatest(KM_PER_DAY.col(), lit(LEAST_KM_PER_DAY));
    Column dueKm = LAST_MAINTENANCE_KM.col().plus(INTERVAL_KM.col());
    Column fromReading =
        datediff(LAST_ODOMETER_ON.col(), BASE_ON.col())
            .plus(dueKm.minus(LAST_ODOMETER_KM.col()).divide(perDay));
    Column fromBase = INTERVAL_KM.col().divide(perDay);
    return vehicles
        .withColumn(BASE_ON.name(), coalesce(LAST_MAINTENANCE_ON.col(), LAST_VISIT_ON.col()))
        .withColumn(TIME_GAP.name(), timeGap())
        .withColumn(
            DISTANCE_GAP.name(),
            greatest(
                when(
                        LAST_MAINTENANCE_KM
                            .col()
                            .isNotNull()
                            .and(LAST_ODOMETER_KM.col().isNotNull()),
                        fromReading)
                    .when(LAST_MAINTENANCE_ON.col().isNotNull(), fromBase),
                lit(1.0)))
        .withColumn(CLOCK_GAP.name(), functions.least(TIME_GAP.col(), DISTANCE_GAP.col()))
        .withColumn(
            OWN_GAPS.name(),
            when(
                    MEAN_MAINTENANCE_GAP_DAYS.col().isNotNull(),
                    greatest(MAINTENANCE_COUNT.col().minus(1), lit(1)))
                .otherwise(0)
                .cast(Columns.DOUBLE))
        .withColumn(OWN_GAP.name(), coalesce(MEAN_MAINTENANCE_GAP_DAYS.col(), lit(0.0)));
  }

  /** Last maintenance plus the maker's months: the naive rule. */
  static Column naiveDueOn() {
    return functions.add_months(BASE_ON.col(), INTERVAL_MONTHS.col());
  }

  /** Odometer at which the vehicle is due; null without a reading at the last maintenance. */
  static Column dueKm() {
    return LAST_MAINTENANCE_KM.col().plus(INTERVAL_KM.col());
  }

  private static Column timeGap() {
    return datediff(naiveDueOn(), BASE_ON.col()).cast(Columns.DOUBLE);
  }

  private static Field column(
      String name, org.apache.spark.sql.types.DataType type, String meaning) {
    return new Field(name, type, true, name, name, meaning);
  }
}
