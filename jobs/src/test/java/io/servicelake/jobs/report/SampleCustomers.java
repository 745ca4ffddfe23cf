package io.servicelake.jobs.report;

import static io.servicelake.jobs.report.SampleTables.AS_OF;
import static io.servicelake.jobs.report.SampleTables.CUSTOMER;

import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.WinbackList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Random;

/** Customers: cards, flows between segments, the win-back list and its campaigns. */
final class SampleCustomers {
  private final SampleGroup group;
  private final Random random;

  SampleCustomers(SampleGroup group) {
    this.group = group;
    random = group.random();
  }

  void ofDealer(int dealer) {
    flows(dealer);
    cards(dealer);
  }

  private void flows(int dealer) {
    for (LocalDate month = LocalDate.of(2024, 12, 1);
        !month.isAfter(AS_OF);
        month = month.plusMonths(1)) {
      flow(dealer, month, "CORE", "CORE", 40 + 3L * dealer);
      flow(dealer, month, "GENERAL", "GENERAL", 110 + 9L * dealer);
      flow(dealer, month, "GENERAL", "CORE", random.nextInt(5));
      flow(dealer, month, "CORE", "GENERAL", random.nextInt(5));
    }
  }

  private void flow(int dealer, LocalDate month, String from, String to, long customers) {
    group.row(
        SegmentFlows.TABLE,
        dealer,
        SegmentFlows.MONTH_ON,
        month,
        SegmentFlows.FROM_SEGMENT,
        from,
        SegmentFlows.TO_SEGMENT,
        to,
        SegmentFlows.CUSTOMERS_COUNT,
        customers,
        SegmentFlows.CORE_COUNT,
        to.equals("CORE") ? customers : 0L,
        SegmentFlows.SCORED_COUNT,
        customers);
  }

  private void cards(int dealer) {
    String[][] clusters = {
      {"Loyal, high spend", "忠诚高消费"},
      {"Regular maintenance", "规律保养"},
      {"Repair only", "仅维修"},
      {"Fading", "渐行渐远"},
      {"New", "新客户"}
    };
    double[] spend = {9800, 4200, 5200, 1900, 900};
    String[] reasons = {
      "PRICE",
      "OVERDUE",
      "WARRANTY_ENDED",
      "EXPERIENCE",
      "DISTANCE",
      "COMPLAINT",
      "VEHICLE_AGE",
      "HABIT"
    };
    int rank = 0;
    for (int i = 0; i < 160 + 12 * dealer; i++) {
      int cluster = (int) Math.min(4, Math.floor(Math.abs(random.nextGaussian()) * 1.9));
      boolean isCore = random.nextDouble() < (cluster == 0 ? 0.62 : 0.12);
      double spent = spend[cluster] * (0.6 + 0.8 * random.nextDouble());
      group.row(
          CustomerCards.TABLE,
          dealer,
          CustomerCards.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          CustomerCards.NET_24M_AMOUNT,
          money(spent),
          CustomerCards.MARGIN_36M_AMOUNT,
          money(spent / 2),
          CustomerCards.IS_CORE,
          isCore,
          CustomerCards.VALUE_TIER,
          spent > 6000 ? "A" : spent > 3000 ? "B" : "C",
          CustomerCards.SPEND_SCORE,
          Math.min(1, spent / 9000),
          CustomerCards.VEHICLE_SCORE,
          0.6,
          CustomerCards.PROXIMITY_SCORE,
          isCore ? 0.8 : 0.5,
          CustomerCards.LOYALTY_SCORE,
          isCore ? 0.7 : 0.4,
          CustomerCards.PARTICIPATION_SCORE,
          isCore ? 0.6 : 0.2,
          CustomerCards.STATE,
          new String[] {"ACTIVE", "DUE", "OVERDUE", "INACTIVE", "NEW"}[cluster],
          CustomerCards.DEALER_STATE,
          new String[] {"ACTIVE", "DUE", "OVERDUE", "LOST", "NEW"}[cluster],
          CustomerCards.CLUSTER_LABEL_EN,
          clusters[cluster][0],
          CustomerCards.CLUSTER_LABEL_ZH,
          clusters[cluster][1]);
      if (random.nextDouble() < 0.23) {
        int reason = (int) Math.min(7, Math.floor(Math.abs(random.nextGaussian()) * 3));
        group.row(
            WinbackList.TABLE,
            dealer,
            WinbackList.CUSTOMER_ID,
            CUSTOMER + dealer + "-" + i,
            WinbackList.RANK_NO,
            ++rank,
            WinbackList.SPEND_AT_RISK_AMOUNT,
            money(spent / 2 * 0.6),
            WinbackList.REASON_CODE_1,
            reasons[reason],
            WinbackList.IS_CORE,
            isCore,
            WinbackList.MAY_CONTACT,
            random.nextDouble() > 0.14);
      }
    }
  }

  void ofGroup() {
    campaign("winback-2025-12", "2026-03-17", null, "TOO_EARLY");
    campaign("winback-2025-08", "2025-11-28", 0.021, "NO_EFFECT_SHOWN");
    campaign(CampaignResults.ALL, "2025-11-28", 0.034, "EFFECT");
    fairness("MEMBER_TIER", "GOLD", false, true);
    fairness("MEMBER_TIER", "NONE", true, true);
    fairness("MEMBER_TIER", "SILVER", false, false);
    fairness("BOOKING", "APPOINTMENT", false, false);
  }

  private void campaign(String id, String until, Double lift, String verdict) {
    group
        .rows(CampaignResults.TABLE)
        .row(
            CampaignResults.CAMPAIGN_ID,
            id,
            CampaignResults.OFFER_CODE,
            CampaignResults.ALL,
            CampaignResults.REGION,
            CampaignResults.ALL,
            CampaignResults.WINDOW_UNTIL_ON,
            LocalDate.parse(until),
            CampaignResults.OFFER_COUNT,
            620L,
            CampaignResults.HOLD_OUT_COUNT,
            155L,
            CampaignResults.SMALLEST_LIFT,
            id.equals(CampaignResults.ALL) ? null : 0.084,
            CampaignResults.VISIT_LIFT,
            lift,
            CampaignResults.VISIT_LIFT_LOWER,
            lift == null ? null : lift - 0.03,
            CampaignResults.VISIT_LIFT_UPPER,
            lift == null ? null : lift + 0.03,
            CampaignResults.VERDICT,
            verdict);
  }

  private void fairness(String by, String value, boolean isFlagged, boolean isShareFlagged) {
    group
        .rows(OfferFairness.TABLE)
        .row(
            OfferFairness.CAMPAIGN_ID,
            "winback-2025-12",
            OfferFairness.ATTRIBUTE,
            by,
            OfferFairness.GROUP_VALUE,
            value,
            OfferFairness.IS_FLAGGED,
            isFlagged,
            OfferFairness.IS_SHARE_FLAGGED,
            isShareFlagged);
  }

  private static BigDecimal money(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
