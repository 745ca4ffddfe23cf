package io.servicelake.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.CompiledPlans;
import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.campaign.UpliftSettings;
import io.servicelake.ml.evaluation.Verdict;
import io.servicelake.ml.linear.LogisticParameters;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CompiledPlans.class)
class MeasureUpliftTest {
  private static final LocalDate DRAWN = LocalDate.parse("2025-03-01");
  private static final LocalDate OVER = LocalDate.parse("2025-05-30");
  private static final UpliftSettings SETTINGS =
      new UpliftSettings(LogisticParameters.defaults(), 1e-3, 0.01, 20);

  @Test
  void anOfferThatWorksForCoreCustomersAloneIsFoundOut() {
    List<ModelCardRow> card = card(8_000, OVER.plusDays(10), SETTINGS);

    assertThat(card)
        .extracting(row -> row.result().metric())
        .containsExactly("qini_two_model", "qini_transformed_outcome");
    assertThat(card)
        .allSatisfy(
            row -> {
              // Half are core with 0.2 more visits, the others 0: Q = 0.025; its standard error is
              // about 0.003, the band four.
              assertThat(row.result().value()).isCloseTo(0.025, within(0.012));
              assertThat(row.result().verdict()).isEqualTo(Verdict.BEATS_RULE);
              assertThat(row.span().trainCount()).isEqualTo(8_000);
              assertThat(row.asOf()).isEqualTo(LocalDate.parse("2025-05-31"));
            });
  }

  @Test
  void tooFewCustomersAreToldOnTheCard() {
    assertThat(card(200, OVER.plusDays(10), SETTINGS))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.result().metric()).isEqualTo(ModelCardRow.NOT_TRAINED);
              assertThat(row.split())
                  .startsWith("not trained: fold 0 left out, uplift: treated: ")
                  .contains("160 with and without it are needed for 8 features");
            });
  }

  @Test
  void aPersonOfSeveralCampaignsIsLeftOutWithAllRows() {
    Column person = functions.concat(functions.lit("p"), functions.col("id"));
    long offeredOfOtherFolds =
        SparkSessionForTests.session()
            .range(0, 200, 2)
            .where(FixedOrder.bucket(5, person).notEqual(0))
            .count();

    assertThat(card(List.of("c", "d"), 200, OVER.plusDays(10), SETTINGS))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.split())
                    .startsWith(
                        "not trained: fold 0 left out, uplift: treated: %d customers"
                            .formatted(2 * offeredOfOtherFolds)));
  }

  @Test
  void aCampaignCountsFromTheMonthEndAfterItsWindowOn() {
    assertThat(card(200, OVER, SETTINGS))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.split())
                    .isEqualTo("not trained: no campaign is over by 2025-04-30"));
  }

  /** Half are offered, half are core; one in five comes, of core customers offered two in five. */
  private static List<ModelCardRow> card(int customers, LocalDate asOf, UpliftSettings settings) {
    return card(List.of("c"), customers, asOf, settings);
  }

  /** The same persons in every campaign. */
  private static List<ModelCardRow> card(
      List<String> drawn, int customers, LocalDate asOf, UpliftSettings settings) {
    SplittableRandom random = new SplittableRandom(5);
    TestRows candidates = TestRows.of(WinbackCandidates.TABLE);
    TestRows assignments = TestRows.of(CampaignAssignments.TABLE);
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    TestRows visits = TestRows.of(ServiceVisits.TABLE);
    for (int i = 0; i < customers; i++) {
      boolean isOffered = i % 2 == 0;
      boolean isCore = random.nextBoolean();
      candidates.row(
          WinbackCandidates.CAMPAIGN_ID,
          "c",
          WinbackCandidates.CUSTOMER_ID,
          "p" + i,
          WinbackCandidates.ASSIGNED_ON,
          DRAWN,
          WinbackCandidates.WINDOW_UNTIL_ON,
          OVER,
          // What the candidate says of the arm does not matter.
          WinbackCandidates.ARM,
          "OFFER",
          WinbackCandidates.IS_CORE,
          isCore,
          WinbackCandidates.CHURN_180D_PROBABILITY,
          0.3 + 0.5 * random.nextDouble(),
          WinbackCandidates.MARGIN_AMOUNT_MINOR,
          10_000L + random.nextInt(1_000_000),
          WinbackCandidates.BOOKING,
          random.nextBoolean() ? "APPOINTMENT" : "WALK_IN",
          WinbackCandidates.REASON_CODE_1,
          random.nextBoolean() ? "PRICE" : "HABIT");
      assignments.row(
          CampaignAssignments.CAMPAIGN_ID,
          "c",
          CampaignAssignments.CUSTOMER_ID,
          "p" + i,
          CampaignAssignments.ARM,
          isOffered ? "OFFER" : "HOLD_OUT",
          CampaignAssignments.WINDOW_UNTIL_ON,
          OVER);
      boolean comes = random.nextDouble() < (isOffered && isCore ? 0.4 : 0.2);
      // Everybody is known by another id since.
      identities.row(
          CustomerIdentities.CUSTOMER_RECORD_ID,
          "p" + i,
          CustomerIdentities.CUSTOMER_ID,
          "person " + i);
      // Who does not come within the window comes after it.
      visits.row(
          ServiceVisits.REPAIR_ORDER_ID, "o" + i,
          ServiceVisits.CUSTOMER_ID, "person " + i,
          ServiceVisits.VISIT_ON, comes ? OVER : OVER.plusDays(1));
    }
    Dataset<Row> campaigns =
        TestRows.of(Campaigns.TABLE)
            .row(
                Campaigns.CAMPAIGN_ID,
                "c",
                Campaigns.ASSIGNED_ON,
                DRAWN,
                Campaigns.WINDOW_UNTIL_ON,
                OVER,
                Campaigns.HOLD_OUT_RATE,
                0.5,
                Campaigns.RANDOM_CONTACT_RATE,
                0.0)
            .build();
    return MeasureUplift.card(
        ofEach(drawn, candidates.build()),
        ofEach(drawn, assignments.build()),
        ofEach(drawn, campaigns),
        identities.build(),
        visits.build(),
        new TrainingRun(asOf, 7, "test", Map.of()),
        settings,
        100);
  }

  private static Dataset<Row> ofEach(List<String> drawn, Dataset<Row> rows) {
    return drawn.stream()
        .map(id -> rows.withColumn(Campaigns.CAMPAIGN_ID.name(), functions.lit(id)))
        .reduce(Dataset::union)
        .orElseThrow();
  }
}
