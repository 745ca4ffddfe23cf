package io.servicelake.jobs.bi;

import io.servicelake.contract.serving.ModelReport;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import io.servicelake.ml.ModelCardRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How good the models behind the lists are, beside the rule anybody could use without one. */
final class ModelsTab {
  private static final String LOSS_MODEL = "CHURN_180D";
  private static final String AUC = "auc";
  private static final String BY_DEALER = "auc@dealer=";

  private static final String MODEL_VALUE = "model_value";
  private static final String MODEL_LOWER = "model_lower";
  private static final String MODEL_UPPER = "model_upper";
  private static final String RULE_VALUE = "rule_value";

  /** Figures of a candidate that was not put in use are not of the model behind a list. */
  private static final String KEPT_OUT =
      "CASE WHEN POSITION('%s' IN %s) > 0 THEN ' (not put in use 未启用)' ELSE '' END"
          .formatted(ModelCardRow.NOT_PUT_IN_USE, ModelReport.SPLIT.name());

  private static final Map<String, Labels> MODELS =
      Labels.byCode(
          LOSS_MODEL,
          new Labels("Loss within 180 days", "180天流失"),
          "CHURN_365D",
          new Labels("Loss within 365 days", "365天流失"),
          "DEALER_CHURN_180D",
          new Labels("Loss to the dealer, 180 days", "本店180天流失"),
          "REPEAT_VISITS",
          new Labels("Customer value", "客户价值"),
          "SERVICE_DUE",
          new Labels("Service due", "保养到期"),
          "COMPONENT_RISK_90D",
          new Labels("Component repairs, 90 days", "部件维修90天"),
          "CUSTOMER_SEGMENTS",
          new Labels("Behaviour clusters", "行为簇"),
          "TECHNICIAN_CLUSTERS",
          new Labels("Technicians", "技师分群"),
          "WINBACK_UPLIFT",
          new Labels("Whom offers move", "方案增量"));

  private static final DerivedColumn MODEL =
      new DerivedColumn(
          DerivedColumn.wordsName(ModelReport.MODEL_NAME),
          "TEXT",
          DerivedColumn.cases(ModelReport.MODEL_NAME, MODELS) + " || " + KEPT_OUT,
          Labels.of(ModelReport.MODEL_NAME),
          ModelReport.MODEL_NAME.meaning());

  /** Metrics that say something outside data science; all others are in the table served. */
  private static final Map<String, Labels> METRICS =
      Labels.byCode(
          AUC,
          new Labels("Ranking right (AUC; 0.5 is chance, 1 perfect)", "排序能力AUC(0.5为随机)"),
          "precision_at_10",
          new Labels("Hits among the top 10 %", "前10%命中率"),
          "lift_at_10",
          new Labels("Top 10 % over the average, times", "前10%提升倍数"),
          "calibration_error",
          new Labels("Error of its probabilities", "概率误差"),
          "positive_rate",
          new Labels("Share with the event", "实际发生率"),
          "median_absolute_error_days",
          new Labels("Typical error, days", "典型误差(天)"),
          "share_within_30_days",
          new Labels("Right within 30 days", "30天内命中"),
          "silhouette",
          new Labels("Clusters apart (silhouette, up to 1)", "簇间分离度(至多1)"),
          "adjusted_rand_index",
          new Labels("Same clusters when drawn again (up to 1)", "重抽一致性(至多1)"),
          "qini_two_model",
          new Labels("Uplift (Qini, two models)", "增量Qini(双模型)"),
          "qini_transformed_outcome",
          new Labels("Uplift (Qini, outcome)", "增量Qini(结果变换)"),
          "put_in_use",
          new Labels("Put in use (1 yes, 0 no)", "是否启用(1是0否)"),
          ModelCardRow.NOT_TRAINED,
          new Labels("Not trained: too little data", "数据不足,未训练"));

  private static final DerivedColumn METRIC = DerivedColumn.wordsFor(ModelReport.METRIC, METRICS);

  private static final DerivedColumn VERDICT =
      DerivedColumn.wordsFor(
          ModelReport.VERDICT,
          Labels.byCode(
              "BEATS_RULE", new Labels("Beats the rule", "优于规则"),
              "NOT_BETTER", new Labels("Not better", "不优于规则"),
              "REPORTED", new Labels("No rule", "无可比规则")));

  private static final DerivedColumn IS_AUC_BY_DEALER =
      new DerivedColumn(
          "is_auc_by_dealer",
          "BOOLEAN",
          "STARTS_WITH(%s, '%s')".formatted(ModelReport.METRIC.name(), BY_DEALER),
          new Labels("By dealer", "按经销商"),
          "True for the ranking measured among a dealer's customers alone.");

  private static final DerivedColumn DEALER =
      new DerivedColumn(
          "dealer",
          "TEXT",
          "NULLIF(SPLIT_PART(%s, '=', 2), '') || %s".formatted(ModelReport.METRIC.name(), KEPT_OUT),
          new Labels("Dealer", "经销商"),
          "Of metrics by dealer; null for others.");

  private static final BoardDataset CARDS =
      new BoardDataset(
          ModelReport.TABLE,
          Optional.empty(),
          List.of(MODEL, METRIC, VERDICT, IS_AUC_BY_DEALER, DEALER),
          List.of(
              Metric.ofOneRow(MODEL_VALUE, ModelReport.VALUE, new Labels("The model", "模型值")),
              Metric.ofOneRow(
                  MODEL_LOWER, ModelReport.VALUE_LOWER, Labels.of(ModelReport.VALUE_LOWER)),
              Metric.ofOneRow(
                  MODEL_UPPER, ModelReport.VALUE_UPPER, Labels.of(ModelReport.VALUE_UPPER)),
              Metric.ofOneRow(RULE_VALUE, ModelReport.NAIVE_VALUE, new Labels("The rule", "规则值"))));

  private static final BoardChart RANKING =
      new BoardChart(
          "model-ranking",
          new Labels("Ranking right: model and rule", "排序能力:模型与规则"),
          "Of two customers, one with the event and one without, how often the model puts the right one first; 50 % is chance.",
          CARDS,
          Viz.Kind.BARS,
          Viz.over(CARDS)
              .where(ModelReport.METRIC, List.of(AUC))
              .by(MODEL.name())
              .ranked(".0%", MODEL_VALUE, RULE_VALUE));

  private static final BoardChart LOSS_BY_DEALER =
      new BoardChart(
              "loss-model-by-dealer",
              new Labels("Loss model by dealer, with interval", "流失模型(各店)"),
              "Ranking among each dealer's customers, 95 % interval, and that of the rule.",
              CARDS,
              Viz.Kind.DOTS,
              Viz.over(CARDS)
                  .where(ModelReport.MODEL_NAME, List.of(LOSS_MODEL))
                  .where(IS_AUC_BY_DEALER)
                  .by(DEALER.name())
                  .dots(".0%", MODEL_LOWER, MODEL_VALUE, MODEL_UPPER, RULE_VALUE))
          .mayBeEmptyUntil("a dealer has 200 customers with a known outcome");

  private static final BoardChart CARD_TABLE =
      new BoardChart(
          "model-cards",
          new Labels("Model cards", "模型卡"),
          "Measured on later time than the model learned from; the latest trained of each name, put in use or not.",
          CARDS,
          Viz.Kind.TABLE,
          Viz.over(CARDS)
              .where(ModelReport.METRIC, List.copyOf(METRICS.keySet()))
              .asTable()
              .ascending(ModelReport.MODEL_NAME.name())
              .ascending(METRIC.name())
              .shown(
                  ",.3~f",
                  ModelReport.VALUE,
                  ModelReport.VALUE_LOWER,
                  ModelReport.VALUE_UPPER,
                  ModelReport.NAIVE_VALUE)
              .shown(Metric.COUNT, ModelReport.TEST_COUNT)
              .rows(
                  MODEL.name(),
                  METRIC.name(),
                  ModelReport.VALUE.name(),
                  ModelReport.VALUE_LOWER.name(),
                  ModelReport.VALUE_UPPER.name(),
                  ModelReport.NAIVE_VALUE.name(),
                  VERDICT.name(),
                  ModelReport.TEST_FROM_ON.name(),
                  ModelReport.TEST_COUNT.name()));

  static final Tab TAB =
      new Tab(
          new Labels("Models", "模型"),
          Optional.of(
              new Labels(
                  "Every model is measured on a time it did not learn from, beside a **simple rule** that needs no model, such as the longest since the last visit. *Not better* means: the rule would do. *Not put in use* means: the list does not rest on these figures, but on an earlier model, or nobody is scored.",
                  "每个模型都在其未学习过的时段上检验,并与**简单规则**(如末次进厂最久)对比;“不优于规则”即规则已足够;“未启用”即名单不依据该模型,而依据此前的模型,或不评分。")),
          List.of(
              new Row(
                  new Labels("Is the list in the right order?", "名单排序是否可信"),
                  42,
                  List.of(new Tile(RANKING, 6), new Tile(LOSS_BY_DEALER, 6))),
              new Row(new Labels("All models", "全部模型"), 104, List.of(new Tile(CARD_TABLE, 12)))));

  private ModelsTab() {}

  static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>();
    colors.put(MODEL_VALUE, BoardColors.CALM);
    colors.put(MODEL_LOWER, BoardColors.CALM_TOO);
    colors.put(MODEL_UPPER, BoardColors.CALM_TOO);
    colors.put(RULE_VALUE, BoardColors.ATTENTION);
    return colors;
  }
}
