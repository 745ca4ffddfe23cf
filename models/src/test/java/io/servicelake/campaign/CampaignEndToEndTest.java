package io.servicelake.campaign;

import static io.servicelake.campaign.WinbackWorld.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.CompiledPlans;
import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.ml.campaign.CampaignDesign;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the choice over the arms to the result, on made-up customers whose answers are known. A 95 %
 * interval misses one time in twenty; seeds are fixed, so that these either hold it or do not.
 */
@ExtendWith(CompiledPlans.class)
class CampaignEndToEndTest {
  private static final LocalDate OVER = DAY.plusDays(90);
  private static final double SHARE = 0.3;

  @ParameterizedTest
  @CsvSource({"1, 0.08, EFFECT", "2, 0.08, EFFECT", "3, 0, NO_EFFECT_SHOWN"})
  void theIntervalHoldsTheTrueEffectAndNoneIsCalledSo(long seed, double lift, String verdict) {
    Dataset<Row> candidates = decided(seed, 0).localCheckpoint();
    Dataset<Row> assignments = DecideWinback.assignments(candidates);
    CampaignTruth truth = new CampaignTruth(assignments, lift, seed);

    Row result = result(candidates, truth, OVER, "ALL");

    assertThat(result.<String>getAs(CampaignResults.VERDICT.name())).isEqualTo(verdict);
    assertThat(lift)
        .isBetween(
            number(result, CampaignResults.VISIT_LIFT_LOWER),
            number(result, CampaignResults.VISIT_LIFT_UPPER));
    assertThat(truth.marginLift(SHARE))
        .isBetween(
            number(result, CampaignResults.MARGIN_LIFT_LOWER_AMOUNT),
            number(result, CampaignResults.MARGIN_LIFT_UPPER_AMOUNT));
    // 3,200 offered, three in ten not reached: within four standard errors of 0.0081. 800 held out,
    // three in a hundred called: within four of 0.006.
    assertThat(number(result, CampaignResults.NON_RESPONSE_RATE)).isCloseTo(0.3, within(0.0324));
    assertThat(number(result, CampaignResults.CONTAMINATION_RATE)).isCloseTo(0.03, within(0.024));
  }

  @Test
  void nothingIsSaidBeforeTheWindowIsOver() {
    Dataset<Row> candidates = decided(1, 0).localCheckpoint();
    CampaignTruth truth = new CampaignTruth(DecideWinback.assignments(candidates), 0.08, 1);

    Row early = result(candidates, truth, OVER.minusDays(1), "winback-2025-06");

    assertThat(early.<String>getAs(CampaignResults.VERDICT.name())).isEqualTo("TOO_EARLY");
    assertThat(early.<Double>getAs(CampaignResults.VISIT_LIFT.name())).isNull();
    assertThat(early.<Long>getAs(CampaignResults.OFFER_COUNT.name())).isEqualTo(3200);
  }

  @Test
  void theChosenAreComparedWithRandomContactsAndOfferLiftsBecomeMeasured() {
    Dataset<Row> candidates = decided(5, 0.1).localCheckpoint();
    Dataset<Row> assignments = DecideWinback.assignments(candidates);
    CampaignTruth truth = new CampaignTruth(assignments, 0.08, 5);

    Row result = result(candidates, truth, OVER, "winback-2025-06");
    Map<Offer.Version, MeasuredLift> lifts =
        CampaignOutcomes.measuredLifts(outcomes(assignments, truth, OVER), OVER);

    // Both contacted, both answer alike: a ratio of 1.
    assertThat(1.0)
        .isBetween(
            number(result, CampaignResults.TARGETING_RATIO_LOWER),
            number(result, CampaignResults.TARGETING_RATIO_UPPER));
    assertThat(number(result, CampaignResults.CLAIMED_RATIO)).isEqualTo(3.5);
    Offer.Version coupon = new Offer.Version("coupon", "1");
    assertThat(lifts).containsOnlyKeys(coupon, new Offer.Version("reminder", "1"));
    // 2,400 chosen for it: a standard error of some 0.02, and four of them about the truth of 0.08.
    assertThat(lifts.get(coupon).standardError()).isBetween(0.012, 0.03);
    assertThat(lifts.get(coupon).difference()).isCloseTo(0.08, within(0.08));
    assertThat(lifts.get(coupon).isLoss()).isFalse();
  }

  private static Dataset<Row> decided(long seed, double random) {
    WinbackWorld world = new WinbackWorld(DAY);
    for (int i = 0; i < 4000; i++) {
      String reason = i % 3 == 0 ? "HABIT" : "PRICE";
      world.customer("s" + seed + "-" + i, "D" + i % 4, reason, 1_000_000 - i);
    }
    CampaignDesign design = new CampaignDesign("winback-2025-06", "s", "s", 0.2, random);
    return world.decide(
        WinbackWorld.rules(1000, 100_000_000),
        design,
        TestRows.of(WinbackCandidates.TABLE).build());
  }

  private static Dataset<Row> outcomes(
      Dataset<Row> assignments, CampaignTruth truth, LocalDate asOf) {
    return CampaignOutcomes.of(
        assignments,
        TestRows.of(CustomerIdentities.TABLE).build(),
        truth.visits(),
        truth.contacts(),
        TestRows.of(CallOutcomes.TABLE).build(),
        SHARE,
        asOf);
  }

  private static Row result(
      Dataset<Row> candidates, CampaignTruth truth, LocalDate asOf, String campaign) {
    TestRows dealers = TestRows.of(Dealers.TABLE);
    for (int i = 0; i < 4; i++) {
      dealers.row(Dealers.DEALER_ID, "D" + i, Dealers.REGION, i < 2 ? "East" : "West");
    }
    return MeasureCampaigns.compute(
            outcomes(DecideWinback.assignments(candidates), truth, asOf),
            PlanCampaigns.compute(candidates, WinbackWorld.design(DAY), 0.05),
            dealers.build(),
            asOf)
        .where(
            CampaignResults.CAMPAIGN_ID
                .col()
                .equalTo(campaign)
                .and(CampaignResults.OFFER_CODE.col().equalTo(CampaignResults.ALL))
                .and(CampaignResults.REGION.col().equalTo(CampaignResults.ALL)))
        .collectAsList()
        .get(0);
  }

  private static double number(Row row, Field field) {
    return ((Number) row.getAs(field.name())).doubleValue();
  }
}
