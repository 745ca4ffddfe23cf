package io.servicelake.campaign;

import static io.servicelake.campaign.WinbackWorld.DAY;
import static io.servicelake.campaign.WinbackWorld.by;
import static io.servicelake.campaign.WinbackWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.campaign.CampaignDesign;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DecideWinbackTest {
  private static final long BUDGET = 1_000_000;

  @Test
  void whereNoModelGivesAMarginOwnPayGoesOnForThreeYearsDiscounted() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("model", "D1", "PRICE", 1_000_000)
            .unvalued(
                "own pay",
                "D1",
                "PRICE",
                CustomerSnapshots.CUSTOMER_PAY_24M_AMOUNT_MINOR,
                2_000_000L)
            .decide(rules(100, BUDGET));

    // 3,000 a year for (1 - 1.1^-3) / ln 1.1 = 2.609 years.
    assertThat(by(decided, WinbackCandidates.MARGIN_AMOUNT_MINOR))
        .containsExactlyInAnyOrderEntriesOf(Map.of("model", "1000000", "own pay", "782766"));
    assertThat(by(decided, WinbackCandidates.MARGIN_BASIS))
        .containsExactlyInAnyOrderEntriesOf(Map.of("model", "MODEL", "own pay", "OWN_PAY_24M"));
  }

  @Test
  void whatTheReasonsRestOnIsKeptWithTheCandidate() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer(
                "late",
                "D1",
                "EXPERIENCE",
                1_000_000,
                CustomerSnapshots.SNAPSHOT_ON,
                DAY,
                CustomerSnapshots.LAST_COMEBACK_ON,
                DAY.minusDays(170),
                CustomerSnapshots.COMEBACKS_12M_COUNT,
                2,
                CustomerSnapshots.SLOWEST_COMPLAINT_12M_DAYS,
                9,
                // Neither a late delivery of more than a year ago nor a good mark is evidence.
                CustomerSnapshots.LAST_LATE_DELIVERY_ON,
                DAY.minusDays(400),
                CustomerSnapshots.MEAN_REPAIR_MARK,
                2.5,
                CustomerSnapshots.MEAN_ATTITUDE_MARK,
                4.8)
            .customer(
                "angry",
                "D1",
                "COMPLAINT",
                1_000_000,
                CustomerSnapshots.SNAPSHOT_ON,
                DAY,
                CustomerSnapshots.OPEN_COMPLAINT_SINCE_ON,
                DAY.minusDays(12))
            .customer("nothing", "D1", "EXPERIENCE", 1_000_000)
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.EVIDENCE_EN))
        .containsEntry(
            "late",
            "2 comebacks, last 2025-01-11, a complaint took 9 days to close, repair mark 2.5 of 5")
        .containsEntry("angry", "complaint open 12 days")
        .containsEntry("nothing", "no detail recorded");
    assertThat(by(decided, WinbackCandidates.EVIDENCE_ZH)).containsEntry("nothing", "无明细记录");
  }

  @Test
  void aDealersCallsAndBudgetGoToThoseOfMostExpectedGain() {
    WinbackWorld world = new WinbackWorld(DAY);
    for (int i = 1; i <= 4; i++) {
      world.customer("a" + i, "D1", "PRICE", 1_000_000 - i).customer("b" + i, "D2", "PRICE", 1_000);
    }
    world.customer("other", "D1", "HABIT", 500_000);

    // A coupon is expected to cost 35.00, a reminder 0.10: who is not called costs nothing.
    Map<String, String> byCalls = by(world.decide(rules(2, 7_010)), WinbackCandidates.HOLD_REASON);
    // The second coupon fits to the cent, the third does not.
    Map<String, String> byBudget = by(world.decide(rules(9, 7_000)), WinbackCandidates.HOLD_REASON);

    assertThat(byCalls)
        .containsEntry("a1", "null")
        .containsEntry("a2", "null")
        .containsEntry("a3", "CAPACITY")
        .containsEntry("a4", "CAPACITY")
        .containsEntry("other", "null")
        .containsEntry("b1", "NO_GAIN");
    assertThat(byBudget)
        .containsEntry("a2", "null")
        .containsEntry("a3", "BUDGET")
        .containsEntry("other", "BUDGET");
  }

  @Test
  void anOfferWinsBackNoMoreThanWouldBeLost() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("one", "D1", "PRICE", 1_000_000)
            .decide(
                rules(
                    List.of(WinbackWorld.offer("sure", "SMS", List.of(), 0, 10, 0.9)),
                    100,
                    BUDGET,
                    Map.of()));

    // Lost with 0.8: the offer is assumed to bring 0.9.
    assertThat(by(decided, WinbackCandidates.INCREMENTAL_VISIT_PROBABILITY))
        .containsEntry("one", "0.8");
    assertThat(by(decided, WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR))
        .containsEntry("one", "799990");
  }

  @Test
  void aDealerWithOtherBoundsKeepsToThem() {
    WinbackWorld world = new WinbackWorld(DAY);
    for (int i = 1; i <= 3; i++) {
      for (String dealer : List.of("D1", "D2", "D3")) {
        world.customer(dealer + " " + i, dealer, "PRICE", 1_000_000 - i);
      }
    }

    Map<String, String> held =
        by(
            world.decide(
                rules(
                    List.of(WinbackWorld.COUPON),
                    2,
                    BUDGET,
                    Map.of(
                        "D2", new WinbackRules.Bounds(1, BUDGET),
                        "D3", new WinbackRules.Bounds(3, 7_500)))),
            WinbackCandidates.HOLD_REASON);

    assertThat(held)
        .containsEntry("D1 2", "null")
        .containsEntry("D1 3", "CAPACITY")
        .containsEntry("D2 1", "null")
        .containsEntry("D2 2", "CAPACITY")
        .containsEntry("D3 2", "null")
        .containsEntry("D3 3", "BUDGET");
  }

  @Test
  void coreCustomersAreCalledByTheAdvisorOfTheirDealerWhoServedThemLastAndIsStillEmployed() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("core", "D1", "PRICE", 1_000_000)
            .core("core")
            .served("core", "D1", "advisor", DAY.minusDays(500))
            .served("core", "D1", "left", DAY.minusDays(300))
            .served("core", "D2", "of another", DAY.minusDays(300))
            .customer("served elsewhere", "D1", "PRICE", 1_000_000)
            .core("served elsewhere")
            .served("served elsewhere", "D2", "of another", DAY.minusDays(300))
            .customer("general", "D1", "PRICE", 1_000_000)
            .served("general", "D1", "advisor", DAY.minusDays(300))
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.CALLER_ROLE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("core", "ADVISOR", "served elsewhere", "CALLER", "general", "CALLER"));
    assertThat(by(decided, WinbackCandidates.CALLER_ID))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("core", "advisor", "served elsewhere", "null", "general", "null"));
  }

  @Test
  void aCampaignIsDecidedOnceAndItsCustomersAreNotDrawnAgainInItsWindow() {
    Dataset<Row> first = many(DAY, 40).decide(rules(30, BUDGET)).localCheckpoint();
    Dataset<Row> again = many(DAY, 40).decide(rules(30, BUDGET), WinbackWorld.design(DAY), first);
    CampaignDesign same = WinbackWorld.design(DAY);
    LocalDate nextMonth = DAY.plusDays(31);

    assertThat(again.except(first).isEmpty() && first.except(again).isEmpty()).isTrue();
    assertThat(many(DAY.plusDays(1), 40).decide(rules(30, BUDGET), same, first).isEmpty()).isTrue();
    Dataset<Row> later =
        many(nextMonth, 40).decide(rules(30, BUDGET), WinbackWorld.design(nextMonth), first);
    assertThat(counts(later, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(Map.of("IN_CAMPAIGN", 30L, "null", 10L));
    assertThat(counts(first, WinbackCandidates.ARM))
        .containsExactlyInAnyOrderEntriesOf(Map.of("OFFER", 24L, "HOLD_OUT", 6L, "null", 10L));
    assertThat(DecideWinback.assignments(first).count()).isEqualTo(30);
  }

  @Test
  void randomContactsAreDrawnFromTheChosenAndTheOthersAlike() {
    CampaignDesign design = new CampaignDesign("c", "s", "s", 0.2, 0.1);
    Dataset<Row> decided =
        many(DAY, 60)
            .decide(rules(30, BUDGET), design, TestRows.of(WinbackCandidates.TABLE).build());

    assertThat(counts(decided, WinbackCandidates.ARM))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("OFFER", 21L, "HOLD_OUT", 6L, "RANDOM_CONTACT", 6L, "null", 27L));
  }

  @Test
  void whatCampaignsShowedOfTheVersionIsWeighedAgainstWhatIsAssumed() {
    // Assumed 0.1 with 0.03, shown 0 with 0.03: half of it.
    assertThat(offered(0, 0.03, "1")).isEqualTo("coupon 0.05 SHRUNK");
    assertThat(offered(0.3, 0.06, "1")).isEqualTo("coupon 0.14 SHRUNK");
    assertThat(offered(-0.05, 0.03, "1")).isEqualTo("coupon 0.05 SHRUNK");
    assertThat(offered(-0.3, 0.03, "1")).isEqualTo("reminder 0.01 ASSUMED");
    assertThat(offered(-0.3, 0.03, "another version")).isEqualTo("coupon 0.1 ASSUMED");
  }

  @Test
  void whatCampaignsShowedIsNotAskedForOnceTheMonthIsDrawn() {
    Dataset<Row> first = many(DAY, 5).decide(rules(30, BUDGET)).localCheckpoint();

    Dataset<Row> later =
        DecideWinback.compute(
            new WinbackInputs(null, null, null, null, null, null, null, null, first),
            rules(30, BUDGET),
            () -> {
              throw new AssertionError("asked for");
            },
            WinbackWorld.design(DAY),
            DAY.plusDays(1));

    assertThat(later.isEmpty()).isTrue();
  }

  private static String offered(double shown, double standardError, String version) {
    Row row =
        new WinbackWorld(DAY)
            .customer("one", "D1", "PRICE", 1_000_000)
            .shown("coupon", version, shown, standardError)
            .decide(rules(100, BUDGET))
            .head();
    return "%s %s %s"
        .formatted(
            row.getAs(WinbackCandidates.OFFER_CODE.name()),
            row.getAs(WinbackCandidates.INCREMENTAL_VISIT_PROBABILITY.name()),
            row.getAs(WinbackCandidates.INCREMENT_BASIS.name()));
  }

  @Test
  void aCampaignStatesHowManyCustomersShowHowMuchLift() {
    Dataset<Row> decided = many(DAY, 400).decide(rules(400, 100_000_000));

    Row plan =
        PlanCampaigns.compute(decided, WinbackWorld.design(DAY), 0.05).collectAsList().get(0);

    assertThat(plan.<Long>getAs(Campaigns.OFFER_COUNT.name())).isEqualTo(320);
    assertThat(plan.<Long>getAs(Campaigns.HOLD_OUT_COUNT.name())).isEqualTo(80);
    // No visit in 180 days with 0.8: in 90 days one comes with 1 - sqrt(0.8).
    assertThat(plan.<Double>getAs(Campaigns.BASE_VISIT_RATE.name())).isEqualTo(0.105573);
    assertThat(plan.<Double>getAs(Campaigns.SMALLEST_LIFT.name())).isGreaterThan(0.05);
    assertThat(plan.<Long>getAs(Campaigns.NEEDED_COUNT.name())).isGreaterThan(400);
    assertThat(plan.<String>getAs(Campaigns.INCREMENT_BASIS.name())).isEqualTo("ASSUMED");
  }

  private static WinbackWorld many(LocalDate day, int customers) {
    WinbackWorld world = new WinbackWorld(day);
    for (int i = 0; i < customers; i++) {
      world.customer("c" + i, "D1", "PRICE", 1_000_000 - i);
    }
    return world;
  }

  private static Map<String, Long> counts(Dataset<Row> decided, Field column) {
    List<Row> rows = decided.groupBy(column.col()).count().collectAsList();
    return rows.stream()
        .collect(Collectors.toMap(row -> String.valueOf(row.get(0)), row -> row.getLong(1)));
  }
}
