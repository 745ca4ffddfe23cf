package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: which models a recall campaign names, whatever the number of its documents. */
public final class RecallModels {
  private static final Columns C = new Columns();
  public static final Field RECALL_MODEL_ID =
      C.key(
          "recall_model_id",
          STRING,
          "Recall entry",
          "召回条目",
          "Made by rule from campaign, brand, model and model year.");
  public static final Field CAMPAIGN_ID =
      C.required(
          "campaign_id", STRING, "Campaign", "召回编号", "The authority's number, such as 20V123.");
  public static final Field ITEM_KIND =
      C.required(
          "item_kind", STRING, "Item", "召回对象", "VEHICLE, EQUIPMENT, TYRE, CHILD_SEAT or OTHER.");
  public static final Field BRAND =
      C.required("brand", STRING, "Brand", "品牌", "Brand as the list writes it, upper case.");
  public static final Field MODEL =
      C.required("model", STRING, "Model", "车型", "Model as the list writes it, upper case.");
  public static final Field MODEL_YEAR =
      C.optional(
          "model_year",
          INT,
          "Model year",
          "年款",
          "Model year; null if the list does not know it: the campaign may concern every year.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "recall_models",
              "Recalled models",
              "召回车型",
              "one row per campaign, brand, model and model year, and version",
              "after-sales operations");

  private RecallModels() {}
}
