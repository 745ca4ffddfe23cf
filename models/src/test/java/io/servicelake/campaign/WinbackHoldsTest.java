package io.servicelake.campaign;

import static io.servicelake.campaign.WinbackWorld.DAY;
import static io.servicelake.campaign.WinbackWorld.by;
import static io.servicelake.campaign.WinbackWorld.rules;
import static io.servicelake.contract.feature.CustomerSnapshots.LAST_COMPLAINT_ON;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.campaign.CampaignDesign;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Whom a campaign holds back, and for which stated reason. */
class WinbackHoldsTest {
  private static final long BUDGET = 1_000_000;

  @Test
  void whoMayNotOrNeedNotBeContactedIsHeldBackForAStatedReason() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("free", "D1", "PRICE", 1_000_000)
            .customer("nothing", "D1", "PRICE", 500)
            .customer("refused", "D1", "PRICE", 1_000_000)
            .refused("refused", "ALL")
            .customer("declined", "D1", "PRICE", 1_000_000)
            .declined("declined")
            .customer("noCalls", "D1", "PRICE", 1_000_000)
            .refused("noCalls", "PHONE")
            .customer("angry", "D1", "PRICE", 1_000_000, CustomerSnapshots.OPEN_COMPLAINTS_COUNT, 1)
            .customer("gone", "D1", "PRICE", 1_000_000)
            .standing("gone", DAY, "EXITED")
            .customer("back", "D1", "PRICE", 1_000_000)
            .standing("back", DAY.minusDays(30), "EXITED")
            .standing("back", DAY, "OVERDUE")
            .customer("called", "D1", "PRICE", 1_000_000)
            .contacted("called", 4)
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "free", "null",
                "back", "null",
                "nothing", "NO_GAIN",
                "refused", "NO_CONSENT",
                "declined", "NO_CONSENT",
                "noCalls", "null",
                "angry", "OPEN_COMPLAINT",
                "gone", "EXITED",
                "called", "CONTACT_CAP"));
    assertThat(by(decided, WinbackCandidates.OFFER_CODE))
        .containsEntry("free", "coupon")
        .containsEntry("noCalls", "reminder")
        .containsEntry("angry", "null");
    assertThat(by(decided, WinbackCandidates.CALLER_ID)).containsEntry("angry", "manager");
    // 0.1 times 10,000 less a fifth of the 100 of discount and the 15 of the contact.
    assertThat(by(decided, WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR))
        .containsEntry("free", "96500");
  }

  @Test
  void whereConsentIsRequiredOnlyChannelsGrantedByTheDayAreUsed() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .consentRequired()
            .customer("silent", "D1", "PRICE", 1_000_000)
            .customer("phone", "D1", "PRICE", 1_000_000)
            .granted("phone", "PHONE", DAY)
            .customer("late", "D1", "PRICE", 1_000_000)
            .granted("late", "PHONE", DAY.plusDays(1))
            .customer("all", "D1", "PRICE", 1_000_000)
            .granted("all", "ALL", DAY)
            .customer("both", "D1", "PRICE", 1_000_000)
            .granted("both", "ALL", DAY)
            .refused("both", "PHONE")
            .customer("app", "D1", "PRICE", 1_000_000)
            .granted("app", "APP", DAY)
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.OFFER_CODE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "silent", "null",
                "phone", "coupon",
                "late", "null",
                "all", "coupon",
                "both", "reminder",
                "app", "null"));
    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsEntry("silent", "NO_CONSENT")
        .containsEntry("late", "NO_CONSENT")
        .containsEntry("app", "NO_CONSENT");
  }

  @Test
  void contactsOfTheLastNinetyDaysCountForTheCap() {
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("before", "D1", "PRICE", 1_000_000)
            .contacted("before", 3)
            .calledOn("before", DAY.minusDays(90))
            .customer("within", "D1", "PRICE", 1_000_000)
            .contacted("within", 3)
            .calledOn("within", DAY.minusDays(89))
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(Map.of("before", "null", "within", "CONTACT_CAP"));
  }

  @Test
  void aCampaignHoldsItsCustomersThroughTheLastDayOfItsWindow() {
    LocalDate drawn = DAY.minusDays(90);
    Dataset<Row> held =
        new WinbackWorld(drawn)
            .customer("one", "D1", "PRICE", 1_000_000)
            .decide(rules(100, BUDGET))
            .localCheckpoint();

    for (LocalDate day : List.of(DAY, DAY.plusDays(1))) {
      Dataset<Row> decided =
          new WinbackWorld(day)
              .customer("one", "D1", "PRICE", 1_000_000)
              .decide(rules(100, BUDGET), new CampaignDesign("next", "s", "s", 0.2, 0), held);

      assertThat(by(decided, WinbackCandidates.HOLD_REASON))
          .containsEntry("one", day.equals(DAY) ? "IN_CAMPAIGN" : "null");
    }
  }

  @Test
  void whatACallerWasToldLastHoldsUntilTheNextVisit() {
    LocalDate call = DAY.minusDays(100);
    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("sold", "D1", "PRICE", 1_000_000)
            .called("sold", call, "VEHICLE_GONE")
            .called("sold", call.plusDays(1), "NO_ANSWER")
            .customer("sold, under another file", "D1", "PRICE", 1_000_000)
            .linked("file", "sold, under another file")
            .called("file", call, "VEHICLE_GONE")
            .customer("not sold", "D1", "PRICE", 1_000_000)
            .called("not sold", call, "VEHICLE_GONE")
            .called("not sold", call.plusDays(1), "CALL_BACK")
            .customer("came since", "D1", "PRICE", 1_000_000)
            .called("came since", DAY.minusDays(301), "VEHICLE_GONE")
            .customer("angry", "D1", "PRICE", 1_000_000)
            .called("angry", call, "COMPLAINT")
            .customer("settled", "D1", "PRICE", 1_000_000, LAST_COMPLAINT_ON, call.plusDays(2))
            .called("settled", call, "COMPLAINT")
            .customer("no phone", "D1", "PRICE", 1_000_000)
            .called("no phone", call, "WRONG_NUMBER")
            .customer("no phone nor message", "D1", "PRICE", 1_000_000)
            .called("no phone nor message", call, "WRONG_NUMBER")
            .refused("no phone nor message", "SMS")
            .decide(rules(100, BUDGET));

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "sold", "EXITED",
                "sold, under another file", "EXITED",
                "not sold", "null",
                "came since", "null",
                "angry", "OPEN_COMPLAINT",
                "settled", "null",
                "no phone", "null",
                "no phone nor message", "NO_CONSENT"));
    assertThat(by(decided, WinbackCandidates.OFFER_CODE))
        .containsEntry("not sold", "coupon")
        .containsEntry("no phone", "reminder");
  }

  @Test
  void whoseNumberIsWrongGetsNoOfferByPhone() {
    WinbackRules byPhone = rules(List.of(WinbackWorld.COUPON), 100, BUDGET, Map.of());

    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("one", "D1", "PRICE", 1_000_000)
            .called("one", DAY.minusDays(9), "WRONG_NUMBER")
            .decide(byPhone);

    assertThat(by(decided, WinbackCandidates.HOLD_REASON)).containsEntry("one", "NO_PHONE");
  }

  @Test
  void whoHasNoPhoneOnAnyFileGetsNoOfferByPhone() {
    WinbackRules byPhone = rules(List.of(WinbackWorld.COUPON), 100, BUDGET, Map.of());

    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .withoutPhone("none")
            .customer("none", "D1", "PRICE", 1_000_000)
            .withoutPhone("other file")
            .customer("other file", "D1", "PRICE", 1_000_000)
            .linked("file", "other file")
            .phone("file", "1", DAY)
            .customer("taken off", "D1", "PRICE", 1_000_000)
            .phone("taken off", null, DAY.minusDays(3))
            .withoutPhone("entered later")
            .customer("entered later", "D1", "PRICE", 1_000_000)
            .phone("entered later", "1", DAY.plusDays(1))
            .decide(byPhone);

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "none", "NO_PHONE",
                "other file", "null",
                "taken off", "NO_PHONE",
                "entered later", "NO_PHONE"));
  }

  @Test
  void aNumberThatWasEnteredAfterAWrongOneIsCalled() {
    LocalDate call = DAY.minusDays(9);
    WinbackRules byPhone = rules(List.of(WinbackWorld.COUPON), 100, BUDGET, Map.of());

    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("the same day", "D1", "PRICE", 1_000_000)
            .called("the same day", call, "WRONG_NUMBER")
            .phone("the same day", "new", call)
            .customer("before", "D1", "PRICE", 1_000_000)
            .called("before", call, "WRONG_NUMBER")
            .phone("before", "new", call.minusDays(1))
            .customer("as it was", "D1", "PRICE", 1_000_000)
            .called("as it was", call, "WRONG_NUMBER")
            .phone("as it was", "phone of as it was", DAY.minusDays(1))
            .decide(byPhone);

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("the same day", "null", "before", "NO_PHONE", "as it was", "NO_PHONE"));
  }

  @Test
  void aPersonStandsOnceWithWhatWasSaidUnderEveryFile() {
    Dataset<Row> before =
        new WinbackWorld(DAY.minusDays(31))
            .customer("b", "D1", "PRICE", 1_000_000)
            .decide(rules(100, BUDGET))
            .localCheckpoint();

    Dataset<Row> decided =
        new WinbackWorld(DAY)
            .customer("a", "D1", "PRICE", 1_000_000)
            .linked("b", "a")
            .customer("p", "D1", "PRICE", 1_000_000)
            .customer("q", "D1", "PRICE", 1_000_000)
            .linked("q", "p")
            .declined("q")
            .customer("x", "D1", "PRICE", 1_000_000)
            .linked("y", "x")
            .calledOn("y", DAY.minusDays(20))
            .contacted("x", 3)
            .decide(rules(100, BUDGET), WinbackWorld.design(DAY), before);

    assertThat(by(decided, WinbackCandidates.HOLD_REASON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("a", "IN_CAMPAIGN", "p", "NO_CONSENT", "x", "CONTACT_CAP"));
  }
}
