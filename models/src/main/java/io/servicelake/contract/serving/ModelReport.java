package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: the latest card of every model. */
public final class ModelReport {
  private static final Columns C = new Columns();
  public static final Field MODEL_NAME = C.key(io.servicelake.contract.score.ModelCards.MODEL_NAME);
  public static final Field METRIC = C.key(io.servicelake.contract.score.ModelCards.METRIC);
  public static final Field MODEL_ID = C.with(io.servicelake.contract.score.ModelCards.MODEL_ID);
  public static final Field AS_OF = C.with(io.servicelake.contract.score.ModelCards.AS_OF);
  public static final Field TRAIN_FROM_ON =
      C.with(io.servicelake.contract.score.ModelCards.TRAIN_FROM_ON);
  public static final Field TRAIN_UNTIL_ON =
      C.with(io.servicelake.contract.score.ModelCards.TRAIN_UNTIL_ON);
  public static final Field TEST_FROM_ON =
      C.with(io.servicelake.contract.score.ModelCards.TEST_FROM_ON);
  public static final Field TEST_UNTIL_ON =
      C.with(io.servicelake.contract.score.ModelCards.TEST_UNTIL_ON);
  public static final Field TRAIN_COUNT =
      C.with(io.servicelake.contract.score.ModelCards.TRAIN_COUNT);
  public static final Field TEST_COUNT =
      C.with(io.servicelake.contract.score.ModelCards.TEST_COUNT);
  public static final Field VALUE = C.with(io.servicelake.contract.score.ModelCards.VALUE);
  public static final Field VALUE_LOWER =
      C.with(io.servicelake.contract.score.ModelCards.VALUE_LOWER);
  public static final Field VALUE_UPPER =
      C.with(io.servicelake.contract.score.ModelCards.VALUE_UPPER);
  public static final Field NAIVE_VALUE =
      C.with(io.servicelake.contract.score.ModelCards.NAIVE_VALUE);
  public static final Field NAIVE_RULE =
      C.with(io.servicelake.contract.score.ModelCards.NAIVE_RULE);
  public static final Field VERDICT = C.with(io.servicelake.contract.score.ModelCards.VERDICT);
  public static final Field SPLIT = C.with(io.servicelake.contract.score.ModelCards.SPLIT);
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "model_cards",
          "Model cards",
          "模型卡",
          "one row per model and metric, latest model only",
          "data science");

  private ModelReport() {}
}
