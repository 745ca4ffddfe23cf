package io.servicelake.contract.decision;

import io.servicelake.contract.*;
import io.servicelake.contract.score.ModelCards;

/** Decision: what was learned from campaigns, in the form of a model card. */
public final class CampaignCards {
  private static final Columns C = new Columns();
  public static final Field MODEL_ID = C.key(ModelCards.MODEL_ID);
  public static final Field METRIC = C.key(ModelCards.METRIC);
  public static final Field MODEL_NAME = C.with(ModelCards.MODEL_NAME);
  public static final Field AS_OF = C.with(ModelCards.AS_OF);
  public static final Field TRAIN_FROM_ON = C.with(ModelCards.TRAIN_FROM_ON);
  public static final Field TRAIN_UNTIL_ON = C.with(ModelCards.TRAIN_UNTIL_ON);
  public static final Field TEST_FROM_ON = C.with(ModelCards.TEST_FROM_ON);
  public static final Field TEST_UNTIL_ON = C.with(ModelCards.TEST_UNTIL_ON);
  public static final Field TRAIN_COUNT = C.with(ModelCards.TRAIN_COUNT);
  public static final Field TEST_COUNT = C.with(ModelCards.TEST_COUNT);
  public static final Field VALUE = C.with(ModelCards.VALUE);
  public static final Field VALUE_LOWER = C.with(ModelCards.VALUE_LOWER);
  public static final Field VALUE_UPPER = C.with(ModelCards.VALUE_UPPER);
  public static final Field NAIVE_VALUE = C.with(ModelCards.NAIVE_VALUE);
  public static final Field NAIVE_RULE = C.with(ModelCards.NAIVE_RULE);
  public static final Field VERDICT = C.with(ModelCards.VERDICT);
  public static final Field SPLIT = C.with(ModelCards.SPLIT);
  public static final TableContract TABLE =
      C.table(
          Layer.DECISION,
          "campaign_cards",
          "Campaign cards",
          "活动模型卡",
          "one row per model and metric",
          "data science");

  private CampaignCards() {}
}
