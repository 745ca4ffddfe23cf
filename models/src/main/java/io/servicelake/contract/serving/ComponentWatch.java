package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: where repairs are to be expected: stock ahead. */
public final class ComponentWatch {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field MODEL =
      C.key("model", STRING, "Model", "车型", "Model; UNKNOWN where the source has none.");
  public static final Field COMPONENT_CODE =
      C.key("component_code", STRING, "Component", "部件", "Watched component.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the scores.");
  public static final Field VEHICLES_COUNT =
      C.required("vehicles_count", LONG, "Vehicles", "在保车辆", "Active vehicles scored.");
  public static final Field EXPECTED_REPAIRS_90D_COUNT =
      C.required(
          "expected_repairs_90d_count",
          DOUBLE,
          "Expected repairs, 90 days",
          "90天期望维修",
          "Sum of the risks.");
  public static final Field EXPECTED_REPAIRS_90D_UPPER_COUNT =
      C.required(
          "expected_repairs_90d_upper_count",
          DOUBLE,
          "Upper end",
          "90天维修上限",
          "95 % Poisson-binomial normal upper bound: what to stock against.");
  public static final Field NAIVE_REPAIRS_90D_COUNT =
      C.required(
          "naive_repairs_90d_count",
          DOUBLE,
          "By the base rate",
          "基准维修数",
          "Vehicles times the component's rate.");
  public static final Field REPAIRS_12M_COUNT =
      C.required("repairs_12m_count", LONG, "Repairs, 12 months", "近12月维修", "Jobs done.");
  public static final Field RISK_RATIO =
      C.required(
          "risk_ratio",
          DOUBLE,
          "Risk ratio",
          "风险比",
          "Expected by the model over expected by the base rate; above 1 is a weak spot.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "component_watch",
          "Component watch",
          "部件预警",
          "one row per dealer, model and watched component",
          "parts");

  private ComponentWatch() {}
}
