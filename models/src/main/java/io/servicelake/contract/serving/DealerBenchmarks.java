package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: each dealer against the dealers of its brand over twelve months. */
public final class DealerBenchmarks {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field KPI =
      C.key("kpi", STRING, "Key figure", "指标", "Name of the key figure.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field UNTIL_ON =
      C.required("until_on", DATE, "Until", "截至日", "Last day of the twelve months.");
  public static final Field LABEL_EN =
      C.required("label_en", STRING, "Label", "指标名(英)", "English label of the key figure.");
  public static final Field LABEL_ZH =
      C.required("label_zh", STRING, "Label, Chinese", "指标名", "Chinese label of the key figure.");
  public static final Field NUMERATOR =
      C.required("numerator", DOUBLE, "Numerator", "分子", "Sum over the twelve months.");
  public static final Field DENOMINATOR =
      C.required("denominator", DOUBLE, "Denominator", "分母", "Sum over the twelve months.");
  public static final Field VALUE =
      C.optional(
          "value", DOUBLE, "Value", "值", "Numerator over denominator; null without denominator.");
  public static final Field VALUE_LOWER =
      C.optional(
          "value_lower",
          DOUBLE,
          "Lower",
          "下限",
          "Lower end of the 95 % interval over days (ratio estimator, Cochran 1977, ch. 6).");
  public static final Field VALUE_UPPER =
      C.optional("value_upper", DOUBLE, "Upper", "上限", "Upper end.");
  public static final Field PEERS_COUNT =
      C.required(
          "peers_count",
          INT,
          "Peers",
          "同组数",
          "Dealers of the brand with a value, itself included.");
  public static final Field PEER_MEDIAN =
      C.optional(
          "peer_median",
          DOUBLE,
          "Peer median",
          "同组中位",
          "Null where the group has fewer than 5 dealers.");
  public static final Field PERCENTILE_RATE =
      C.optional(
          "percentile_rate",
          DOUBLE,
          "Percentile",
          "百分位",
          "Share of the other peers that are worse (half for ties), 0 to 1; null where the group has fewer than 5 dealers.");
  public static final Field STANDING =
      C.optional(
          "standing",
          STRING,
          "Standing",
          "位置",
          "ABOVE, BELOW or WITHIN: whether the interval leaves the peer median out; null where the group has fewer than 5.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "dealer_benchmarks",
          "Dealer benchmarks",
          "经销商对标",
          "one row per dealer and key figure, over the 12 months up to the as-of day",
          "network development");

  private DealerBenchmarks() {}
}
