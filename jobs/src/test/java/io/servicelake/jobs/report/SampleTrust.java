package io.servicelake.jobs.report;

import static io.servicelake.jobs.report.SampleTables.AS_OF;

import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import java.time.LocalDate;
import java.util.Random;

/** How late dealers report, what the models are worth, and what was rejected. */
final class SampleTrust {
  private final SampleGroup group;
  private final Random random;

  SampleTrust(SampleGroup group) {
    this.group = group;
    random = group.random();
  }

  void ofDealer(int dealer) {
    String[] facts = {"repair_orders", "contacts", "complaints"};
    int[] usual = {0, 1, 6};
    for (int f = 0; f < facts.length; f++) {
      int silent = usual[f] + random.nextInt(1 + 2 * f) + (dealer == 9 && f < 2 ? 17 : 0);
      group.row(
          Freshness.TABLE,
          dealer,
          Freshness.FACT,
          facts[f],
          Freshness.AS_OF_ON,
          AS_OF,
          Freshness.LAST_OCCURRED_ON,
          AS_OF.minusDays(silent),
          Freshness.SILENT_DAYS,
          silent);
    }
  }

  void ofGroup() {
    models();
    quality();
  }

  private void models() {
    model(
        "CHURN_180D", "auc", 0.781, 0.772, 0.790, 0.724, "days since the last visit", "BEATS_RULE");
    model("CHURN_180D", "put_in_use", 0, null, null, null, null, "REPORTED");
    model("CHURN_180D", "auc@dealer=D01", 0.7, 0.6, 0.8, 0.71, "days", "NOT_BETTER");
    model("CHURN_180D", "calibration_error", 0.021, 0.016, 0.027, null, null, "REPORTED");
    model(
        "CHURN_180D",
        "lift_at_10",
        2.41,
        2.28,
        2.55,
        2.02,
        "days since the last visit",
        "BEATS_RULE");
    model(
        "COMPONENT_RISK_90D",
        "auc",
        0.694,
        0.671,
        0.716,
        0.702,
        "the component's share in 90 days",
        "NOT_BETTER");
    model(
        "COMPONENT_RISK_90D",
        "brier",
        0.0191,
        0.0182,
        0.0199,
        0.0196,
        "the component's share in 90 days",
        "BEATS_RULE");
    model(
        "SERVICE_DUE",
        "median_error_days",
        16.2,
        15.4,
        17.1,
        28.5,
        "last maintenance plus the maker's months",
        "BEATS_RULE");
    model("CUSTOMER_SEGMENTS", "wssse", 3120.4, null, null, null, null, "REPORTED");
    model("CUSTOMER_SEGMENTS", "silhouette", 0.412, null, null, null, null, "REPORTED");
  }

  private void model(
      String name,
      String metric,
      double value,
      Double lower,
      Double upper,
      Double naive,
      String rule,
      String verdict) {
    group
        .rows(ModelReport.TABLE)
        .row(
            ModelReport.MODEL_NAME,
            name,
            ModelReport.METRIC,
            metric,
            ModelReport.MODEL_ID,
            name + "-2025-12-17",
            ModelReport.AS_OF,
            AS_OF,
            ModelReport.TRAIN_FROM_ON,
            LocalDate.of(2023, 6, 30),
            ModelReport.TRAIN_UNTIL_ON,
            LocalDate.of(2024, 12, 31),
            ModelReport.TEST_FROM_ON,
            LocalDate.of(2025, 1, 1),
            ModelReport.TEST_UNTIL_ON,
            LocalDate.of(2025, 6, 30),
            ModelReport.TRAIN_COUNT,
            61_240L,
            ModelReport.TEST_COUNT,
            21_870L,
            ModelReport.VALUE,
            value,
            ModelReport.VALUE_LOWER,
            lower,
            ModelReport.VALUE_UPPER,
            upper,
            ModelReport.NAIVE_VALUE,
            naive,
            ModelReport.NAIVE_RULE,
            rule,
            ModelReport.VERDICT,
            verdict,
            ModelReport.SPLIT,
            "by time, labels purged");
  }

  private void quality() {
    quality("dms_orders", "repair_orders", 182_340, 220, 1_430, 910, "MISSING_KEY");
    quality("dms_orders", "repair_order_lines", 540_210, 410, 3_220, 2_140, "BAD_NUMBER");
    quality("dms_customers", "customers", 41_020, 12, 2_310, 0, "MISSING_KEY");
    quality("dms_vehicles", "vehicles", 44_870, 0, 1_020, 44, null);
    quality("crm_contacts", "contacts", 161_770, 1_830, 0, 350, "UNKNOWN_CODE");
    quality("crm_complaints", "complaints", 4_212, 3, 611, 0, "BAD_DATE");
  }

  private void quality(
      String source,
      String target,
      long read,
      long rejected,
      long superseded,
      long duplicate,
      String reason) {
    group
        .rows(DataQuality.TABLE)
        .row(
            DataQuality.SOURCE_ID,
            source,
            DataQuality.TARGET_TABLE,
            target,
            DataQuality.READ_COUNT,
            read,
            DataQuality.ACCEPTED_COUNT,
            read - rejected - superseded - duplicate,
            DataQuality.REJECTED_COUNT,
            rejected,
            DataQuality.SUPERSEDED_COUNT,
            superseded,
            DataQuality.DUPLICATE_COUNT,
            duplicate,
            DataQuality.REJECT_RATE,
            (double) rejected / read,
            DataQuality.TOP_REASON,
            reason);
  }
}
