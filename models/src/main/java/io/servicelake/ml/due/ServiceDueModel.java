package io.servicelake.ml.due;

import static io.servicelake.contract.feature.VehicleSnapshots.*;

import io.servicelake.contract.Columns;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Days from the last maintenance to the next: the mean of the vehicle's own gaps and {@code
 * priorGaps} times the service clock stretched by {@code stretch}.
 *
 * @param activeMonths vehicles with a visit in so many months are scored
 * @param priorGaps how many gaps the service clock weighs
 * @param stretch how late, or early, customers come by the service clock
 */
public record ServiceDueModel(
    ModelManifest manifest, int activeMonths, double priorGaps, double stretch)
    implements TrainedModel {

  /** By months. */
  public static final String TIME = "TIME";

  /** By kilometres. */
  public static final String DISTANCE = "DISTANCE";

  /** By the vehicle's own rhythm, which weighs at least as much as the clock. */
  public static final String RHYTHM = "RHYTHM";

  /** Reads a model back. */
  public static ServiceDueModel fromJson(String json) {
    return Json.read(json, ServiceDueModel.class);
  }

  @Override
  public String toJson() {
    return Json.write(this);
  }

  /** Rows of score.service_dues from feature.vehicle_snapshots. */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    return ServiceClock.wind(
            ServiceClock.active(Snapshots.asOf(snapshots, List.of(VEHICLE_ID), day), activeMonths))
        .select(
            VEHICLE_ID.col(),
            SNAPSHOT_ON.col().as(ServiceDues.SCORED_ON.name()),
            CUSTOMER_ID.col(),
            DEALER_ID.col(),
            dueOn().as(ServiceDues.DUE_ON.name()),
            functions
                .when(
                    ServiceClock.OWN_GAPS
                        .col()
                        .gt(0)
                        .and(ServiceClock.OWN_GAPS.col().geq(priorGaps)),
                    RHYTHM)
                .when(ServiceClock.DISTANCE_GAP.col().lt(ServiceClock.TIME_GAP.col()), DISTANCE)
                .otherwise(TIME)
                .as(ServiceDues.DUE_BY.name()),
            ServiceClock.dueKm().as(ServiceDues.DUE_KM.name()),
            ServiceClock.naiveDueOn().as(ServiceDues.NAIVE_DUE_ON.name()),
            LAST_MAINTENANCE_ON.col(),
            KM_PER_DAY.col(),
            functions.lit(modelId()).as(ServiceDues.MODEL_ID.name()));
  }

  /** The due day of a vehicle whose clock is wound. */
  Column dueOn() {
    Column gap =
        ServiceClock.OWN_GAPS
            .col()
            .multiply(ServiceClock.OWN_GAP.col())
            .plus(ServiceClock.CLOCK_GAP.col().multiply(priorGaps * stretch))
            .divide(ServiceClock.OWN_GAPS.col().plus(priorGaps));
    return functions.date_add(
        ServiceClock.BASE_ON.col(), functions.round(gap, 0).cast(Columns.INT));
  }

  /** Days to the next maintenance by plain figures: what training tries out. */
  static double gap(
      double ownGaps, double ownGap, double clockGap, double priorGaps, double stretch) {
    return (ownGaps * ownGap + priorGaps * stretch * clockGap) / (ownGaps + priorGaps);
  }
}
