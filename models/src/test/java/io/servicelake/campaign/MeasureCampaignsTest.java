package io.servicelake.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Dealers;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeasureCampaignsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-01-31");

  private final TestRows assignments = TestRows.of(CampaignAssignments.TABLE);
  private final TestRows identities = TestRows.of(CustomerIdentities.TABLE);
  private final TestRows contacts = TestRows.of(CustomerContacts.TABLE);
  private final TestRows visits = TestRows.of(ServiceVisits.TABLE);

  @BeforeEach
  void threeCampaignsAMonthApart() {
    campaign("one", DAY);
    campaign("two", DAY.plusDays(30));
    campaign("three", DAY.plusDays(60));
  }

  @Test
  void eachCampaignThatEndsIsOneMoreLookAtAllAndIntervalsAreGuarded() {
    Map<String, Row> first = results(DAY.plusDays(90), 3000);
    Map<String, Row> second = results(DAY.plusDays(120), 3000);

    Row all = first.get(CampaignResults.ALL);
    assertThat(all.<Integer>getAs(CampaignResults.LOOK_NO.name())).isEqualTo(1);
    assertThat(all.<Long>getAs(CampaignResults.OFFER_COUNT.name())).isEqualTo(400);
    // A fifth of 3,000 customers: O'Brien and Fleming's first of five even looks, 4.877.
    assertThat(all.<Double>getAs(CampaignResults.INFORMATION_RATE.name())).isEqualTo(0.2);
    assertThat(all.<Double>getAs(CampaignResults.CRITICAL_VALUE.name()))
        .isCloseTo(4.877, within(0.001));
    assertThat(first.get("one").<Double>getAs(CampaignResults.CRITICAL_VALUE.name()))
        .isCloseTo(1.96, within(0.001));
    assertThat(verdicts(first))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ALL", "NO_EFFECT_SHOWN",
                "one", "EFFECT",
                "two", "TOO_EARLY",
                "three", "TOO_EARLY"));

    Row later = second.get(CampaignResults.ALL);
    assertThat(later.<Integer>getAs(CampaignResults.LOOK_NO.name())).isEqualTo(2);
    assertThat(later.<Double>getAs(CampaignResults.CRITICAL_VALUE.name()))
        .isCloseTo(3.357, within(0.001));
    assertThat(verdicts(second)).containsEntry("ALL", "EFFECT").containsEntry("two", "EFFECT");
  }

  @Test
  void onceThePlannedNumberIsReachedNoLaterCampaignIsLookedAt() {
    Row all = results(DAY.plusDays(200), 900).get(CampaignResults.ALL);

    assertThat(all.<Integer>getAs(CampaignResults.LOOK_NO.name())).isEqualTo(2);
    assertThat(all.<Double>getAs(CampaignResults.INFORMATION_RATE.name())).isEqualTo(1);
    assertThat(all.<Long>getAs(CampaignResults.OFFER_COUNT.name())).isEqualTo(800);
    assertThat(all.<Date>getAs(CampaignResults.WINDOW_UNTIL_ON.name()))
        .isEqualTo(Date.valueOf(DAY.plusDays(120)));
  }

  @Test
  void aVisitAfterTheWindowOrOfTheDayOfAssignmentDoesNotCount() {
    TestRows late = TestRows.of(ServiceVisits.TABLE);
    for (LocalDate on : new LocalDate[] {DAY, DAY.plusDays(91)}) {
      late.row(
          ServiceVisits.REPAIR_ORDER_ID,
          "o" + on,
          ServiceVisits.CUSTOMER_ID,
          "one-0",
          ServiceVisits.VISIT_ON,
          on);
    }

    Dataset<Row> outcomes =
        outcomes(late.build(), TestRows.of(CallOutcomes.TABLE).build(), DAY.plusDays(200));

    assertThat(outcomes.where("visit_count > 0").isEmpty()).isTrue();
  }

  @Test
  void whoIsLinkedToAnotherSinceTheDrawingIsFollowedUnderTheNewId() {
    identities.row(
        CustomerIdentities.CUSTOMER_RECORD_ID, "one-0", CustomerIdentities.CUSTOMER_ID, "another");
    Dataset<Row> visited =
        TestRows.of(ServiceVisits.TABLE)
            .row(
                ServiceVisits.REPAIR_ORDER_ID,
                "o",
                ServiceVisits.CUSTOMER_ID,
                "another",
                ServiceVisits.VISIT_ON,
                DAY.plusDays(9))
            .build();
    contacts.row(
        CustomerContacts.CONTACT_ID,
        "k",
        CustomerContacts.CUSTOMER_ID,
        "another",
        CustomerContacts.CONTACT_ON,
        DAY.plusDays(5),
        CustomerContacts.PURPOSE,
        "CAMPAIGN",
        CustomerContacts.IS_MADE,
        true);

    List<Row> known =
        outcomes(visited, TestRows.of(CallOutcomes.TABLE).build(), DAY.plusDays(200))
            .where("visit_count > 0 OR is_contacted")
            .collectAsList();

    assertThat(known)
        .extracting(
            row -> row.getAs("customer_id"),
            row -> row.getAs("visit_count"),
            row -> row.getAs("is_contacted"))
        .containsExactly(tuple("one-0", 1L, true));
  }

  @Test
  void whoWasCalledWithinTheWindowStaysContactedWhateverIsHeardLater() {
    TestRows calls = TestRows.of(CallOutcomes.TABLE);
    for (int after : new int[] {10, 20, 100}) {
      calls.row(
          CallOutcomes.CAMPAIGN_ID,
          "one",
          CallOutcomes.CUSTOMER_ID,
          "one-0",
          CallOutcomes.CALLED_ON,
          DAY.plusDays(after),
          CallOutcomes.IS_REACHED,
          after == 10);
    }
    calls.row(
        CallOutcomes.CAMPAIGN_ID,
        "one",
        CallOutcomes.CUSTOMER_ID,
        "one-1",
        CallOutcomes.CALLED_ON,
        DAY.plusDays(100),
        CallOutcomes.IS_REACHED,
        true);

    List<Row> contacted =
        outcomes(visits.build(), calls.build(), DAY.plusDays(200))
            .where("is_contacted")
            .collectAsList();

    assertThat(contacted)
        .extracting(row -> row.getAs("customer_id"), row -> row.getAs("is_reached"))
        .containsExactly(tuple("one-0", true));
  }

  @Test
  void aCallOrContactCountsToTheEndOfTheWindowAndToTheAsOfDayAlone() {
    LocalDate until = DAY.plusDays(90);
    TestRows calls = TestRows.of(CallOutcomes.TABLE);
    for (int late = 0; late < 2; late++) {
      calls.row(
          CallOutcomes.CAMPAIGN_ID,
          "one",
          CallOutcomes.CUSTOMER_ID,
          "one-" + (400 + late),
          CallOutcomes.CALLED_ON,
          until.plusDays(late),
          CallOutcomes.IS_REACHED,
          true);
      contacts.row(
          CustomerContacts.CONTACT_ID,
          "k" + late,
          CustomerContacts.CUSTOMER_ID,
          "one-" + (410 + late),
          CustomerContacts.PURPOSE,
          "CAMPAIGN",
          CustomerContacts.CONTACT_ON,
          until.plusDays(late),
          CustomerContacts.IS_MADE,
          true,
          CustomerContacts.IS_REACHED,
          true);
    }

    assertThat(contacted(calls, until.plusDays(9))).containsExactly("one-400", "one-410");
    assertThat(contacted(calls, until.minusDays(1))).isEmpty();
  }

  private List<String> contacted(TestRows calls, LocalDate asOf) {
    return outcomes(visits.build(), calls.build(), asOf)
        .where("is_contacted AND is_reached")
        .orderBy(CampaignAssignments.CUSTOMER_ID.col())
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs(CampaignAssignments.CUSTOMER_ID.name()))
        .toList();
  }

  /** 400 offered, 80 of whom come (20 %), and 200 held out, 20 of whom come (10 %). */
  private void campaign(String id, LocalDate day) {
    for (int i = 0; i < 600; i++) {
      boolean isOffered = i < 400;
      String customer = id + "-" + i;
      assignments.row(
          CampaignAssignments.CAMPAIGN_ID,
          id,
          CampaignAssignments.CUSTOMER_ID,
          customer,
          CampaignAssignments.DEALER_ID,
          "D1",
          CampaignAssignments.ARM,
          isOffered ? "OFFER" : "HOLD_OUT",
          CampaignAssignments.STRATUM,
          "[]",
          CampaignAssignments.OFFER_CODE,
          "coupon",
          CampaignAssignments.ASSIGNED_ON,
          day,
          CampaignAssignments.WINDOW_UNTIL_ON,
          day.plusDays(90));
      if (isOffered ? i < 80 : i < 420) {
        visits.row(
            ServiceVisits.REPAIR_ORDER_ID,
            "o" + customer,
            ServiceVisits.CUSTOMER_ID,
            customer,
            ServiceVisits.VISIT_ON,
            day.plusDays(1 + i % 90),
            ServiceVisits.CUSTOMER_PAY_AMOUNT_MINOR,
            50_000L);
      }
    }
  }

  private Dataset<Row> outcomes(Dataset<Row> visited, Dataset<Row> calls, LocalDate asOf) {
    return CampaignOutcomes.of(
        assignments.build(), identities.build(), visited, contacts.build(), calls, 0.4, asOf);
  }

  private Map<String, Row> results(LocalDate asOf, long needed) {
    TestRows campaigns = TestRows.of(Campaigns.TABLE);
    for (String id : List.of("one", "two", "three")) {
      campaigns.row(Campaigns.CAMPAIGN_ID, id, Campaigns.NEEDED_COUNT, needed);
    }
    Dataset<Row> dealers =
        TestRows.of(Dealers.TABLE).row(Dealers.DEALER_ID, "D1", Dealers.REGION, "East").build();
    return MeasureCampaigns.compute(
            outcomes(visits.build(), TestRows.of(CallOutcomes.TABLE).build(), asOf),
            campaigns.build(),
            dealers,
            asOf)
        .collectAsList()
        .stream()
        .filter(row -> row.getAs(CampaignResults.OFFER_CODE.name()).equals(CampaignResults.ALL))
        .filter(row -> row.getAs(CampaignResults.REGION.name()).equals(CampaignResults.ALL))
        .collect(
            Collectors.toMap(row -> row.getAs(CampaignResults.CAMPAIGN_ID.name()), row -> row));
  }

  private static Map<String, String> verdicts(Map<String, Row> results) {
    return results.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().getAs(CampaignResults.VERDICT.name())));
  }
}
