package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who the customers are: core customers and their coming and going, value, behaviour. */
final class CustomerBaseTab {
  private static final String CORE_SHARE_BY_MONTH = "core_share_by_month";
  private static final String CORE_CUSTOMERS = "core_customers";
  private static final String PROMOTED = "promoted_customers";
  private static final String NEW_AS_CORE = "new_as_core_customers";
  private static final String DEMOTED = "demoted_customers_below_zero";
  private static final String DEMOTIONS = "demoted_customers";

  private static final String CUSTOMERS = "customers";
  private static final String CORE_SHARE = "core_share";
  private static final String SPEND = "spend";
  private static final String SPEND_PER_CUSTOMER = "spend_per_customer";
  private static final String VISITS_PER_CUSTOMER = "visits_per_customer";
  private static final String MEAN_LOSS = "mean_loss_probability";

  private static final DerivedColumn IS_WHOLE_MONTH =
      DerivedColumn.isWholeMonth(SegmentFlows.UNTIL_ON);

  private static final BoardDataset FLOWS =
      new BoardDataset(
          SegmentFlows.TABLE,
          Optional.of(SegmentFlows.MONTH_ON),
          List.of(IS_WHOLE_MONTH),
          List.of(
              Metric.share(
                  CORE_SHARE_BY_MONTH,
                  "1.0 * SUM(%s) / NULLIF(SUM(%s), 0)"
                      .formatted(SegmentFlows.CORE_COUNT.name(), SegmentFlows.SCORED_COUNT.name()),
                  new Labels("Core share", "核心客户占比"),
                  "Core customers over customers scored, at the end of the month."),
              Metric.sum(CORE_CUSTOMERS, SegmentFlows.CORE_COUNT),
              moved(
                  PROMOTED,
                  "",
                  "GENERAL",
                  "CORE",
                  new Labels("Promoted", "升级"),
                  "General customers who became core."),
              moved(
                  NEW_AS_CORE,
                  "",
                  "NONE",
                  "CORE",
                  new Labels("New as core", "新增核心"),
                  "Core customers who were not scored the month before."),
              moved(
                  DEMOTED,
                  "-",
                  "CORE",
                  "GENERAL",
                  new Labels("Demoted", "降级"),
                  "Core customers who became general. Drawn below zero."),
              moved(
                  DEMOTIONS,
                  "",
                  "CORE",
                  "GENERAL",
                  new Labels("Demoted", "降级"),
                  "Core customers who became general.")));

  private static final DerivedColumn TIER =
      DerivedColumn.wordsFor(
          CustomerCards.VALUE_TIER,
          Labels.byCode(
              "A", new Labels("A: high", "高"),
              "B", new Labels("B: middle", "中"),
              "C", new Labels("C: low", "低")));

  private static final DerivedColumn CLUSTER =
      DerivedColumn.bothLanguages(
          "cluster_words",
          CustomerCards.CLUSTER_LABEL_EN,
          CustomerCards.CLUSTER_LABEL_ZH,
          new Labels("Behaviour cluster", "行为簇"));

  private static final BoardDataset CARDS =
      new BoardDataset(
          CustomerCards.TABLE,
          Optional.empty(),
          List.of(TIER, CLUSTER),
          List.of(
              Metric.counted(
                  CUSTOMERS, "COUNT(*)", new Labels("Customers", "客户"), "People with a card."),
              Metric.share(
                  CORE_SHARE,
                  "AVG(CASE WHEN %1$s THEN 1.0 WHEN NOT %1$s THEN 0.0 END)"
                      .formatted(CustomerCards.IS_CORE.name()),
                  new Labels("Core share", "核心客户占比"),
                  "Core customers over customers scored, on the as-of day."),
              spend(SPEND, "SUM", Labels.of(CustomerCards.NET_24M_AMOUNT)),
              spend(
                  SPEND_PER_CUSTOMER,
                  "AVG",
                  new Labels("Spend per customer, 24 months", "近24月人均消费")),
              new Metric(
                  VISITS_PER_CUSTOMER,
                  "AVG(%s)".formatted(CustomerCards.VISITS_24M_COUNT.name()),
                  new Labels("Visits per customer, 24 months", "近24月人均进厂"),
                  CustomerCards.VISITS_24M_COUNT.meaning(),
                  ",.1f",
                  Optional.empty()),
              Metric.share(
                  MEAN_LOSS,
                  "AVG(%s)".formatted(CustomerCards.CHURN_180D_PROBABILITY.name()),
                  new Labels("Mean loss probability", "平均流失概率"),
                  "Chance of no visit within 180 days; of those with a forecast.")));

  private static final BoardChart CORE_SHARE_TREND =
      new BoardChart(
          "core-share",
          new Labels("Core share by month", "核心客户占比(按月)"),
          "Core customers over customers scored, at the end of each whole month.",
          FLOWS,
          Viz.Kind.LINES,
          Viz.over(FLOWS).where(IS_WHOLE_MONTH).lines(Metric.SHARE, CORE_SHARE_BY_MONTH));

  private static final BoardChart MOVES =
      new BoardChart(
          "core-moves",
          new Labels("Promotions and demotions by month", "升级与降级"),
          "Customers who became core above zero, core customers who became general below; whole months only.",
          FLOWS,
          Viz.Kind.BARS,
          Viz.over(FLOWS).where(IS_WHOLE_MONTH).stackedFigures(PROMOTED, NEW_AS_CORE, DEMOTED));

  private static final BoardChart TIERS =
      new BoardChart(
          "value-tiers",
          new Labels("Value tiers: share of customers and of spend", "价值等级:客户与消费占比"),
          "A, B and C by share of spend; each colour adds up to 100 %.",
          CARDS,
          Viz.Kind.BARS,
          Viz.over(CARDS)
              .whereKnown(CustomerCards.VALUE_TIER)
              .by(TIER.name())
              .shares(CUSTOMERS, SPEND));

  private static final BoardChart CLUSTERS =
      new BoardChart(
          "customer-clusters",
          new Labels("Behaviour clusters", "行为簇"),
          "Customers who come and spend alike, found by the data; largest first.",
          CARDS,
          Viz.Kind.TABLE,
          Viz.over(CARDS)
              .whereKnown(CustomerCards.CLUSTER_LABEL_EN)
              .asTable()
              .summary(
                  CLUSTER.name(),
                  CUSTOMERS,
                  CORE_SHARE,
                  VISITS_PER_CUSTOMER,
                  SPEND_PER_CUSTOMER,
                  MEAN_LOSS));

  private static final BoardChart DEALERS =
      new BoardChart(
          "core-share-by-dealer",
          new Labels("Core share by dealer", "各店核心客户占比"),
          "Core customers over customers scored, on the as-of day.",
          CARDS,
          Viz.Kind.BARS,
          Viz.over(CARDS).by(CustomerCards.DEALER_ID.name()).ranked(Metric.SHARE, CORE_SHARE));

  static final Tab TAB =
      new Tab(
          new Labels("Customer base", "客户基盘"),
          Optional.of(
              new Labels(
                  "**Core customers** are those above the cut of the core score, made of five traits: spends, vehicle, near, loyal, takes part. Everybody else is a general customer.",
                  "**核心客户**:五个维度(消费、车况、距离、忠诚、参与)的核心分达到门槛者;其余为普通客户。")),
          List.of(
              new Row(
                  new Labels("Last whole month", "上一完整月"),
                  26,
                  List.of(
                      new Tile(figure(CORE_SHARE_BY_MONTH), 3),
                      new Tile(figure(CORE_CUSTOMERS), 3),
                      new Tile(figure(PROMOTED), 3),
                      new Tile(figure(DEMOTIONS), 3))),
              new Row(
                  new Labels("Core customers over time", "核心客户变化"),
                  42,
                  List.of(new Tile(CORE_SHARE_TREND, 6), new Tile(MOVES, 6))),
              new Row(
                  new Labels("Value and dealers", "价值与经销商"),
                  40,
                  List.of(new Tile(TIERS, 6), new Tile(DEALERS, 6))),
              new Row(new Labels("Behaviour", "行为"), 36, List.of(new Tile(CLUSTERS, 12)))));

  private CustomerBaseTab() {}

  static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>();
    colors.put(PROMOTED, BoardColors.GOOD);
    colors.put(NEW_AS_CORE, BoardColors.GOOD_TOO);
    colors.put(DEMOTED, BoardColors.BAD);
    colors.put(CUSTOMERS, BoardColors.CALM_TOO);
    colors.put(SPEND, BoardColors.CALM);
    return colors;
  }

  private static BoardChart figure(String metric) {
    return BoardChart.figure(
        FLOWS,
        metric,
        Viz.Kind.FIGURE_WITH_TREND,
        Viz.over(FLOWS).where(IS_WHOLE_MONTH).figureWithTrend(metric));
  }

  private static Metric moved(
      String name, String sign, String from, String to, Labels labels, String meaning) {
    return Metric.counted(
        name,
        "%sSUM(CASE WHEN %s = '%s' AND %s = '%s' THEN %s ELSE 0 END)"
            .formatted(
                sign,
                SegmentFlows.FROM_SEGMENT.name(),
                from,
                SegmentFlows.TO_SEGMENT.name(),
                to,
                SegmentFlows.CUSTOMERS_COUNT.name()),
        labels,
        meaning);
  }

  private static Metric spend(String name, String aggregate, Labels labels) {
    Field spend = CustomerCards.NET_24M_AMOUNT;
    return Metric.money(name, "%s(%s)".formatted(aggregate, spend.name()), labels, spend.meaning());
  }
}
