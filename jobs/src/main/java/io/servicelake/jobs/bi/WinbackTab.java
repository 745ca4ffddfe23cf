package io.servicelake.jobs.bi;

import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.List;
import java.util.Optional;

/** Whom this month's campaign contacts with what, who is held back and why. */
final class WinbackTab {
  private static final BoardDataset LIST = WinbackData.DATASET;

  private static final BoardChart STANDING =
      new BoardChart(
          "winback-standing",
          new Labels("Called, to be called, or held back and why", "联系进度与暂缓原因"),
          "Every candidate of the list once. Customers held out for comparison are not on the list.",
          LIST,
          Viz.Kind.BARS,
          Viz.over(LIST)
              .by(WinbackData.STANDING.name())
              .ranked(Metric.COUNT, WinbackData.CUSTOMERS));

  private static final BoardChart REASON_AND_OFFER =
      new BoardChart(
          "winback-reason-offer",
          new Labels("To be contacted, by first reason and offer", "联系对象:原因与方案"),
          "Customers to be contacted with an offer by why they are about to be lost, in parts by what they are offered.",
          LIST,
          Viz.Kind.BARS,
          Viz.over(LIST)
              .where(WinbackList.TASK, List.of(WinbackData.MAKE_OFFER))
              .by(WinbackData.REASON.name())
              .rankedInParts(WinbackData.OFFER.name(), WinbackData.CUSTOMERS));

  private static final BoardChart GAIN_BY_DEALER =
      new BoardChart(
          "winback-gain-by-dealer",
          new Labels("Expected gain by dealer and offer", "各店预期收益"),
          "Of customers to be contacted: what the offers are expected to bring less what they cost.",
          LIST,
          Viz.Kind.BARS,
          Viz.over(LIST)
              .where(WinbackList.TASK, List.of(WinbackData.MAKE_OFFER))
              .by(WinbackList.DEALER_ID.name())
              .rankedInParts(WinbackData.OFFER.name(), WinbackData.EXPECTED_GAIN));

  private static final BoardChart GAIN_BY_OFFER =
      new BoardChart(
          "winback-gain-by-offer",
          new Labels("Offers", "方案"),
          "Of customers to be contacted.",
          LIST,
          Viz.Kind.TABLE,
          Viz.over(LIST)
              .where(WinbackList.TASK, List.of(WinbackData.MAKE_OFFER))
              .asTable()
              .summary(
                  WinbackData.OFFER.name(),
                  WinbackData.EXPECTED_GAIN,
                  WinbackData.TO_CONTACT,
                  WinbackData.GAIN_PER_CUSTOMER,
                  WinbackData.DISCOUNT));

  private static final BoardChart CALL_LIST =
      new BoardChart(
          "winback-call-list",
          new Labels("Who is to be contacted: offers by expected gain, then complaints", "联系名单"),
          "Whose complaint is open gets no offer: the manager settles it first. Without personal data; names and phones are on the call lists of the dealers.",
          LIST,
          Viz.Kind.TABLE,
          Viz.over(LIST)
              .whereKnown(WinbackList.TASK)
              .asTable()
              .ascending(WinbackList.TASK.name())
              .descending(WinbackList.EXPECTED_GAIN_AMOUNT)
              .shown(
                  Metric.AMOUNT,
                  WinbackList.EXPECTED_MARGIN_AMOUNT,
                  WinbackList.EXPECTED_GAIN_AMOUNT)
              .rows(
                  WinbackList.DEALER_ID.name(),
                  WinbackList.RANK_NO.name(),
                  WinbackData.TASK.name(),
                  WinbackData.REASON.name(),
                  WinbackData.EVIDENCE.name(),
                  WinbackData.OFFER.name(),
                  WinbackList.EXPECTED_MARGIN_AMOUNT.name(),
                  WinbackData.MARGIN_BASIS.name(),
                  WinbackList.EXPECTED_GAIN_AMOUNT.name(),
                  WinbackData.CALLER.name(),
                  WinbackData.STATE.name()));

  static final Tab TAB =
      new Tab(
          new Labels("Win-back", "客户挽回"),
          Optional.of(
              new Labels(
                  "**Expected gain** is the chance that the offer brings the customer back, times the margin of three years, less the expected cost. It ranks customers; until campaigns have been measured it rests on assumptions.",
                  "**预期收益** = 增量到店概率 × 三年毛利 − 预期成本,用于排序;活动有实测效果之前以假设为准。")),
          List.of(
              new Row(
                  new Labels("This campaign", "本期活动"),
                  20,
                  List.of(
                      new Tile(
                          figure(
                              WinbackData.CUSTOMERS,
                              new Labels("above the loss probability", "高于流失概率门槛")),
                          3),
                      new Tile(
                          figure(
                              WinbackData.TO_CONTACT,
                              new Labels("not called yet, not back", "尚未联系、未到店")),
                          3),
                      new Tile(
                          figure(
                              WinbackData.EXPECTED_GAIN,
                              new Labels("of those to be contacted", "待联系客户")),
                          3),
                      new Tile(
                          figure(
                              WinbackData.SPEND_AT_RISK,
                              new Labels("a year, all candidates", "每年,全部候选")),
                          3))),
              new Row(
                  new Labels(
                      "Why some are not contacted, and what the others are offered", "为何不联系,提供什么"),
                  44,
                  List.of(new Tile(STANDING, 6), new Tile(REASON_AND_OFFER, 6))),
              new Row(
                  new Labels("Expected gain", "预期收益"),
                  46,
                  List.of(new Tile(GAIN_BY_DEALER, 6), new Tile(GAIN_BY_OFFER, 6))),
              new Row(new Labels("The list", "名单"), 60, List.of(new Tile(CALL_LIST, 12)))));

  private WinbackTab() {}

  private static BoardChart figure(String metric, Labels below) {
    return BoardChart.figure(LIST, metric, Viz.Kind.FIGURE, Viz.over(LIST).figure(metric, below));
  }
}
