package io.servicelake.transform.gold;

import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Vehicles and the recall campaigns that name their brand and model.
 *
 * <p>Touch key: {@code vehicle_id}; a changed recall list is computed whole.
 */
public final class ComputeVehicleRecalls {
  private ComputeVehicleRecalls() {}

  /** Rows of gold.vehicle_recalls. */
  public static Dataset<Row> compute(Dataset<Row> vehicles, Dataset<Row> recallModels) {
    return SqlTransform.of("gold/vehicle_recalls.sql")
        .reading(Vehicles.TABLE, vehicles)
        .reading(RecallModels.TABLE, recallModels)
        .to(VehicleRecalls.TABLE);
  }
}
