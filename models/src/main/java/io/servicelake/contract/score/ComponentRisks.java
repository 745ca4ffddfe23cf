package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: probability that a component is repaired within 90 days. */
public final class ComponentRisks {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field COMPONENT_CODE =
      C.key("component_code", STRING, "Component", "部件", "Watched component.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer of the last visit.");
  public static final Field MODEL = C.optional("model", STRING, "Model", "车型", "Model.");
  public static final Field REPAIR_90D_PROBABILITY =
      C.required(
          "repair_90d_probability",
          DOUBLE,
          "Risk, 90 days",
          "90天风险",
          "Probability of a repair of the component in the group.");
  public static final Field NAIVE_RATE =
      C.required(
          "naive_rate",
          DOUBLE,
          "Component's rate",
          "部件基准率",
          "Share of all vehicles with such a repair in 90 days: the naive rule.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model id", "模型编号", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "component_risks",
          "Component risks",
          "部件风险",
          "one row per active vehicle, watched component and day scored",
          "data science");

  private ComponentRisks() {}
}
