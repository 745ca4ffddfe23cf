package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Vehicles;

/** Gold: recall campaigns that name a vehicle's brand and model, current view. */
public final class VehicleRecalls {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID = C.key(Vehicles.VEHICLE_ID);
  public static final Field CAMPAIGN_ID = C.key(RecallModels.CAMPAIGN_ID);
  public static final Field ITEM_KIND = C.with(RecallModels.ITEM_KIND);
  public static final Field IS_YEAR_MATCHED =
      C.required(
          "is_year_matched",
          BOOL,
          "Model year matched",
          "年款相符",
          "True if the campaign names the vehicle's model year; false if the year of either is unknown: ask by VIN.");
  public static final Field KNOWN_AT =
      C.required(
          "known_at",
          TIMESTAMP,
          "Known at",
          "知悉时间",
          "From when both the campaign and the vehicle were known.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "vehicle_recalls",
          "Vehicle recalls",
          "车辆召回",
          "one row per vehicle and recall campaign",
          "after-sales operations");

  private VehicleRecalls() {}
}
