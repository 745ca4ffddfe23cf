package io.servicelake.transform.feature;

import static io.servicelake.contract.Columns.STRING;

import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.gold.PlausibleReadings;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** State of watched components of active vehicles at the end of as-of days. */
public final class SnapshotComponents {
  private static final StructType SCHEMA =
      new StructType().add(ComponentSnapshots.COMPONENT_CODE.name(), STRING, false);

  private SnapshotComponents() {}

  /**
   * Every row of feature.component_snapshots: each day, each vehicle with a visit in 24 months that
   * has not left, each watched component.
   *
   * @param vehicleSnapshots rows of {@link SnapshotVehicles#compute}, or of {@link
   *     SnapshotsAsOf#onDays}, for the same days
   * @param components codes of the watched components
   */
  public static Dataset<Row> compute(
      Dataset<Row> days,
      Dataset<Row> vehicleSnapshots,
      Dataset<Row> visitVersions,
      List<String> components,
      PaceRules rules,
      ZoneId zone) {
    Dataset<Row> visits = Known.visits(visitVersions, days, zone);
    Dataset<Row> watched =
        visitVersions
            .sparkSession()
            .createDataFrame(
                components.stream().distinct().map(code -> RowFactory.create(code)).toList(),
                SCHEMA);
    return SqlTransform.of("feature/component_snapshots.sql")
        .reading(VehicleSnapshots.TABLE, vehicleSnapshots)
        .reading("plausible_visits", PlausibleReadings.compute(visits, rules.maxKmPerDay()))
        .reading("watched_components", watched)
        .to(ComponentSnapshots.TABLE);
  }
}
