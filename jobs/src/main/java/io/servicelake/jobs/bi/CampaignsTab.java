package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What campaigns brought against customers held out, and whether their offers were fair. */
final class CampaignsTab {
  private static final String OFFERED = "offered";
  private static final String HELD_OUT = "held_out";
  private static final String LIFT = "lift";
  private static final String LIFT_LOWER = "lift_lower";
  private static final String LIFT_UPPER = "lift_upper";
  private static final String UNTIL_OVER = "the window of a campaign is over";
  private static final String UNTIL_DRAWN = "a campaign is drawn";

  private static final DerivedColumn CAMPAIGN =
      DerivedColumn.wordsFor(
          CampaignResults.CAMPAIGN_ID,
          Labels.byCode(CampaignResults.ALL, new Labels("All together", "合计")));

  private static final DerivedColumn VERDICT =
      DerivedColumn.wordsFor(
          CampaignResults.VERDICT,
          Labels.byCode(
              "EFFECT", new Labels("Effect", "有效"),
              "NO_EFFECT_SHOWN", new Labels("No effect shown", "未显示效果"),
              "ADVERSE_EFFECT", new Labels("Adverse effect", "负面效果"),
              "TOO_FEW", new Labels("Too few", "样本不足"),
              "TOO_EARLY", new Labels("Too early", "观察期未满")));

  private static final BoardDataset RESULTS =
      new BoardDataset(
          CampaignResults.TABLE,
          Optional.empty(),
          List.of(CAMPAIGN, VERDICT),
          List.of(
              Metric.sum(OFFERED, CampaignResults.OFFER_COUNT),
              Metric.sum(HELD_OUT, CampaignResults.HOLD_OUT_COUNT),
              Metric.ofOneRow(LIFT, CampaignResults.VISIT_LIFT, new Labels("Rise", "提升")),
              Metric.ofOneRow(
                  LIFT_LOWER, CampaignResults.VISIT_LIFT_LOWER, new Labels("Lower", "下限")),
              Metric.ofOneRow(
                  LIFT_UPPER, CampaignResults.VISIT_LIFT_UPPER, new Labels("Upper", "上限"))));

  private static final DerivedColumn ATTRIBUTE =
      DerivedColumn.wordsFor(
          OfferFairness.ATTRIBUTE,
          Labels.byCode(
              "MEMBER_TIER", new Labels("Member tier", "会员等级"),
              "POWERTRAIN", new Labels("Powertrain", "动力类型"),
              "MODEL", new Labels("Model", "车型"),
              "BOOKING", new Labels("Booking", "到店方式")));

  private static final DerivedColumn GROUP =
      DerivedColumn.wordsFor(
          OfferFairness.GROUP_VALUE,
          Labels.byCode(
              "NONE", new Labels("None", "无"),
              "APPOINTMENT", new Labels("Appointment", "预约"),
              "WALK_IN", new Labels("Walk-in", "自行到店"),
              "DIAMOND", new Labels("Diamond", "钻石"),
              "GOLD", new Labels("Gold", "金卡"),
              "SILVER", new Labels("Silver", "银卡"),
              "BRONZE", new Labels("Bronze", "铜卡"),
              "ICE", new Labels("Combustion", "燃油"),
              "HEV", new Labels("Hybrid", "混动"),
              "PHEV", new Labels("Plug-in hybrid", "插电混动"),
              "BEV", new Labels("Electric", "纯电")));

  private static final DerivedColumn SHARE_FLAG = flag(OfferFairness.IS_SHARE_FLAGGED);
  private static final DerivedColumn DISCOUNT_FLAG = flag(OfferFairness.IS_FLAGGED);

  private static final BoardDataset FAIRNESS =
      new BoardDataset(
          OfferFairness.TABLE,
          Optional.empty(),
          List.of(ATTRIBUTE, GROUP, SHARE_FLAG, DISCOUNT_FLAG),
          List.of());

  private static final BoardChart ARMS =
      new BoardChart(
              "campaign-arms",
              new Labels("Offered and held out", "发放组与对照组人数"),
              "Customers by campaign. Nobody contacts those held out: they show what happens without an offer.",
              RESULTS,
              Viz.Kind.BARS,
              wholeCampaigns().by(CAMPAIGN.name()).columns(OFFERED, HELD_OUT))
          .mayBeEmptyUntil(UNTIL_DRAWN);

  private static final BoardChart LIFT_BY_CAMPAIGN =
      new BoardChart(
              "campaign-lift",
              new Labels("Rise of the visit rate by campaign", "到店率提升(按活动)"),
              "Visit rate of the offered less that of the held out, with the ends of its interval. An interval that holds 0 shows no effect.",
              RESULTS,
              Viz.Kind.DOTS,
              wholeCampaigns()
                  .whereKnown(CampaignResults.VISIT_LIFT)
                  .by(CAMPAIGN.name())
                  .dots(Metric.SHARE, LIFT_LOWER, LIFT, LIFT_UPPER))
          .mayBeEmptyUntil(UNTIL_OVER);

  private static final BoardChart LIFT_BY_OFFER =
      new BoardChart(
              "offer-lift",
              new Labels("Rise of the visit rate by offer", "到店率提升(按方案)"),
              "All campaigns together. Of twenty offers without an effect one looks as if it had one.",
              RESULTS,
              Viz.Kind.DOTS,
              Viz.over(RESULTS)
                  .where(CampaignResults.CAMPAIGN_ID, List.of(CampaignResults.ALL))
                  .where(CampaignResults.REGION, List.of(CampaignResults.ALL))
                  .whereNot(CampaignResults.OFFER_CODE, CampaignResults.ALL)
                  .whereKnown(CampaignResults.VISIT_LIFT)
                  .by(CampaignResults.OFFER_CODE.name())
                  .dots(Metric.SHARE, LIFT_LOWER, LIFT, LIFT_UPPER))
          .mayBeEmptyUntil(UNTIL_OVER);

  private static final BoardChart RESULTS_TABLE =
      new BoardChart(
              "campaign-results",
              new Labels("Results by campaign", "活动效果"),
              "By assignment: whoever was to be offered counts as offered, reached or not.",
              RESULTS,
              Viz.Kind.TABLE,
              wholeCampaigns()
                  .asTable()
                  .descending(CampaignResults.WINDOW_UNTIL_ON)
                  .shown(
                      Metric.SHARE,
                      CampaignResults.OFFER_VISIT_RATE,
                      CampaignResults.HOLD_OUT_VISIT_RATE,
                      CampaignResults.VISIT_LIFT,
                      CampaignResults.VISIT_LIFT_LOWER,
                      CampaignResults.VISIT_LIFT_UPPER,
                      CampaignResults.NON_RESPONSE_RATE,
                      CampaignResults.CONTAMINATION_RATE)
                  .shown(
                      Metric.AMOUNT,
                      CampaignResults.MARGIN_LIFT_AMOUNT,
                      CampaignResults.MARGIN_LIFT_LOWER_AMOUNT,
                      CampaignResults.MARGIN_LIFT_UPPER_AMOUNT)
                  .rows(
                      CAMPAIGN.name(),
                      CampaignResults.WINDOW_UNTIL_ON.name(),
                      VERDICT.name(),
                      CampaignResults.OFFER_COUNT.name(),
                      CampaignResults.HOLD_OUT_COUNT.name(),
                      CampaignResults.OFFER_VISIT_RATE.name(),
                      CampaignResults.HOLD_OUT_VISIT_RATE.name(),
                      CampaignResults.VISIT_LIFT.name(),
                      CampaignResults.VISIT_LIFT_LOWER.name(),
                      CampaignResults.VISIT_LIFT_UPPER.name(),
                      CampaignResults.MARGIN_LIFT_AMOUNT.name(),
                      CampaignResults.MARGIN_LIFT_LOWER_AMOUNT.name(),
                      CampaignResults.MARGIN_LIFT_UPPER_AMOUNT.name(),
                      CampaignResults.NON_RESPONSE_RATE.name(),
                      CampaignResults.CONTAMINATION_RATE.name()))
          .mayBeEmptyUntil(UNTIL_DRAWN);

  private static final BoardChart FAIRNESS_TABLE =
      new BoardChart(
              "offer-fairness",
              new Labels("Did like customers get like offers?", "同类客户是否获得同等优惠"),
              "The latest campaign: each group against like customers of the other groups. Two flags, of the share with an offer and of the discount, ask somebody to look; they are no finding.",
              FAIRNESS,
              Viz.Kind.TABLE,
              Viz.over(FAIRNESS)
                  .asTable()
                  .descending(OfferFairness.IS_FLAGGED)
                  .descending(OfferFairness.IS_SHARE_FLAGGED)
                  .ascending(ATTRIBUTE.name())
                  .ascending(OfferFairness.GROUP_VALUE.name())
                  .shown(
                      Metric.SHARE,
                      OfferFairness.OFFERED_RATE,
                      OfferFairness.OFFERED_DIFFERENCE,
                      OfferFairness.OFFERED_DIFFERENCE_LOWER,
                      OfferFairness.OFFERED_DIFFERENCE_UPPER)
                  .shown(
                      Metric.AMOUNT,
                      OfferFairness.MEAN_DISCOUNT_AMOUNT,
                      OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT,
                      OfferFairness.DISCOUNT_DIFFERENCE_LOWER_AMOUNT,
                      OfferFairness.DISCOUNT_DIFFERENCE_UPPER_AMOUNT)
                  .rows(
                      ATTRIBUTE.name(),
                      GROUP.name(),
                      SHARE_FLAG.name(),
                      DISCOUNT_FLAG.name(),
                      OfferFairness.CUSTOMERS_COUNT.name(),
                      OfferFairness.OFFERED_RATE.name(),
                      OfferFairness.OFFERED_DIFFERENCE.name(),
                      OfferFairness.OFFERED_DIFFERENCE_LOWER.name(),
                      OfferFairness.OFFERED_DIFFERENCE_UPPER.name(),
                      OfferFairness.MEAN_DISCOUNT_AMOUNT.name(),
                      OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name(),
                      OfferFairness.DISCOUNT_DIFFERENCE_LOWER_AMOUNT.name(),
                      OfferFairness.DISCOUNT_DIFFERENCE_UPPER_AMOUNT.name()))
          .mayBeEmptyUntil(UNTIL_DRAWN);

  static final Tab TAB =
      new Tab(
          new Labels("Campaigns", "活动效果"),
          Optional.of(
              new Labels(
                  "Some of the chosen are **held out** by chance and not contacted; the others are measured against them. Until the window of visits is over the verdict is *Too early*, and the charts of the rise are empty.",
                  "入选客户中随机留出一部分不联系,作为**对照组**;观察期结束后才有结论,此前显示“观察期未满”,提升图为空。")),
          List.of(
              new Row(
                  new Labels("What campaigns brought", "活动带来了什么"),
                  40,
                  List.of(new Tile(RESULTS_TABLE, 12))),
              new Row(
                  new Labels("How many took part, and the rise with its interval", "人数与提升区间"),
                  42,
                  List.of(
                      new Tile(ARMS, 4),
                      new Tile(LIFT_BY_CAMPAIGN, 4),
                      new Tile(LIFT_BY_OFFER, 4))),
              new Row(
                  new Labels("Fairness of offers", "方案公平性"),
                  108,
                  List.of(new Tile(FAIRNESS_TABLE, 12)))));

  private CampaignsTab() {}

  static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>();
    colors.put(OFFERED, BoardColors.CALM);
    colors.put(HELD_OUT, BoardColors.CALM_TOO);
    colors.put(LIFT, BoardColors.CALM);
    colors.put(LIFT_LOWER, BoardColors.CALM_TOO);
    colors.put(LIFT_UPPER, BoardColors.CALM_TOO);
    return colors;
  }

  private static Viz wholeCampaigns() {
    return Viz.over(RESULTS)
        .where(CampaignResults.OFFER_CODE, List.of(CampaignResults.ALL))
        .where(CampaignResults.REGION, List.of(CampaignResults.ALL));
  }

  private static DerivedColumn flag(Field isToBeLookedAt) {
    return new DerivedColumn(
        DerivedColumn.wordsName(isToBeLookedAt),
        "TEXT",
        "CASE WHEN %s THEN 'Look 需复核' ELSE 'Fine 正常' END".formatted(isToBeLookedAt.name()),
        Labels.of(isToBeLookedAt),
        isToBeLookedAt.meaning());
  }
}
