package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: core against general customers and behaviour clusters. */
public final class CustomerSegments {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Home dealer.");
  public static final Field SPEND_SCORE =
      C.required("spend_score", DOUBLE, "Spends", "消费", "Trait 1, 0 to 1.");
  public static final Field VEHICLE_SCORE =
      C.required(
          "vehicle_score", DOUBLE, "Vehicle", "车况", "Trait 2: suitable age and use, 0 to 1.");
  public static final Field PROXIMITY_SCORE =
      C.required("proximity_score", DOUBLE, "Near", "距离", "Trait 3, 0 to 1.");
  public static final Field LOYALTY_SCORE =
      C.required("loyalty_score", DOUBLE, "Loyal", "忠诚", "Trait 4, 0 to 1.");
  public static final Field PARTICIPATION_SCORE =
      C.required("participation_score", DOUBLE, "Takes part", "参与", "Trait 5, 0 to 1.");
  public static final Field CORE_SCORE =
      C.required("core_score", DOUBLE, "Core score", "核心分", "Weighted mean of the five traits.");
  public static final Field IS_CORE =
      C.required("is_core", BOOL, "Core customer", "核心客户", "True from the cut on.");
  public static final Field VALUE_TIER =
      C.required(
          "value_tier",
          STRING,
          "Value tier",
          "价值等级",
          "A, B, C by share of all spend of 24 months; limits of the training day.");
  public static final Field CLUSTER_NO =
      C.required("cluster_no", INT, "Cluster", "簇", "Number in order of the centroids' spend.");
  public static final Field CLUSTER_LABEL_EN =
      C.required("cluster_label_en", STRING, "Cluster name", "簇名称(英)", "From the centroid.");
  public static final Field CLUSTER_LABEL_ZH =
      C.required("cluster_label_zh", STRING, "Cluster name, Chinese", "簇名称", "From the centroid.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model", "模型", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "customer_segments",
          "Customer segments",
          "客户分群",
          "one row per person and day scored",
          "data science");

  private CustomerSegments() {}
}
