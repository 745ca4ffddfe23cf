package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.decision.ContactHolds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ServeWinbackTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-06-30");

  private final Dataset<Row> dealers = dealers("D1", "D2", "D3", "D4", "D5");

  @Test
  void theWinbackListNamesWhomToContactFirstThenWhoIsHeldBackAndNobodyHeldOut() {
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(snapshot("rich", 400_000L, 0))
            .row(snapshot("poor", 10_000L, 0))
            .row(snapshot("refused", 200_000L, 0))
            .row(snapshot("angry", 100_000L, 1))
            .row(snapshot("sold", 100_000L, 0))
            .row(snapshot("angry before", 300_000L, 1))
            .row(snapshot("settled", 300_000L, 0))
            .row(snapshot("complained", 150_000L, 0))
            .row(snapshot("control", 100_000L, 0))
            .row(snapshot("late", 900_000L, 0))
            .row(snapshot("before", 1_000L, 0))
            .row(snapshot("over", 1_000L, 0))
            .row(
                CustomerSnapshots.CUSTOMER_ID,
                "came since",
                CustomerSnapshots.LAST_VISIT_ON,
                AS_OF.minusDays(3))
            .row(
                CustomerSnapshots.CUSTOMER_ID,
                "back and angry",
                CustomerSnapshots.HOME_DEALER_ID,
                "D1",
                CustomerSnapshots.LAST_VISIT_ON,
                AS_OF.minusDays(3),
                CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
                1)
            .row(snapshot("held out before", 1_000L, 0))
            .row(snapshot("left out before", 1_000L, 0))
            .build();
    Dataset<Row> candidates =
        TestRows.of(WinbackCandidates.TABLE)
            .row(candidate("rich", "OFFER", null, 900L, "OVERDUE", "EXPERIENCE"))
            .row(candidate("poor", "RANDOM_CONTACT", "CAPACITY", 100L, "HABIT", null))
            .row(candidate("refused", "OFFER", null, 500L, "PRICE", null))
            .row(candidate("angry", "OFFER", null, 400L, "COMPLAINT", null))
            .row(candidate("sold", "OFFER", null, 350L, "VEHICLE_AGE", null))
            .row(candidate("angry before", null, "OPEN_COMPLAINT", null, "COMPLAINT", null))
            .row(candidate("settled", null, "OPEN_COMPLAINT", null, "COMPLAINT", null))
            .row(candidate("complained", "OFFER", null, 450L, "HABIT", null))
            .row(candidate("control", "HOLD_OUT", null, 800L, "HABIT", null))
            .row(candidate("late", null, "BUDGET", 700L, "HABIT", null))
            .row(candidate("before", null, "IN_CAMPAIGN", 300L, "HABIT", null))
            .row(earlier("before", "OFFER", AS_OF.plusDays(1)))
            .row(earlier("over", "OFFER", AS_OF.minusDays(1)))
            .row(earlier("came since", "OFFER", AS_OF))
            .row(earlier("back and angry", "OFFER", AS_OF))
            .row(candidate("back and angry", null, "OPEN_COMPLAINT", null, "COMPLAINT", null))
            .row(candidate("held out before", null, "IN_CAMPAIGN", 300L, "HABIT", null))
            .row(earlier("held out before", "HOLD_OUT", AS_OF))
            .row(earlier("left out before", null, AS_OF))
            .build();
    Dataset<Row> outcomes =
        TestRows.of(CallOutcomes.TABLE)
            .row(
                CallOutcomes.CAMPAIGN_ID,
                "c",
                CallOutcomes.CUSTOMER_ID,
                "poor",
                CallOutcomes.IS_REACHED,
                true)
            .row(
                CallOutcomes.CAMPAIGN_ID,
                "c",
                CallOutcomes.CUSTOMER_ID,
                "rich",
                CallOutcomes.IS_REACHED,
                false)
            .row(
                CallOutcomes.CAMPAIGN_ID,
                "b",
                CallOutcomes.CUSTOMER_ID,
                "before",
                CallOutcomes.OUTCOME_CODE,
                "NO_ANSWER")
            .row(
                CallOutcomes.CAMPAIGN_ID,
                "c",
                CallOutcomes.CUSTOMER_ID,
                "complained",
                CallOutcomes.CALLED_ON,
                AS_OF,
                CallOutcomes.IS_REACHED,
                true,
                CallOutcomes.OUTCOME_CODE,
                "COMPLAINT")
            .build();
    Dataset<Row> consents =
        TestRows.of(Consents.TABLE)
            .row(
                Consents.CUSTOMER_RECORD_ID,
                "r1",
                Consents.CHANNEL,
                "PHONE",
                Consents.IS_GRANTED,
                false)
            .build();
    Dataset<Row> identities =
        TestRows.of(CustomerIdentities.TABLE)
            .row(
                CustomerIdentities.CUSTOMER_RECORD_ID,
                "r1",
                CustomerIdentities.CUSTOMER_ID,
                "refused")
            .row(
                CustomerIdentities.CUSTOMER_RECORD_ID,
                "refused",
                CustomerIdentities.CUSTOMER_ID,
                "refused")
            .build();
    Dataset<Row> states =
        TestRows.of(CustomerStates.TABLE)
            .row(
                CustomerStates.CUSTOMER_ID,
                "sold",
                CustomerStates.SCORED_ON,
                AS_OF,
                CustomerStates.IS_HOME,
                true,
                CustomerStates.STATE,
                "EXITED")
            .build();
    Dataset<Row> staff =
        TestRows.of(Staff.TABLE)
            .row(Staff.STAFF_ID, "manager", Staff.DEALER_ID, "D1", Staff.ROLE, "MANAGER")
            .build();

    List<Row> list =
        ServeWinback.list(
                candidates,
                outcomes,
                snapshots,
                ContactHolds.on(
                    new ContactHolds.Rule(
                        AS_OF,
                        Instant.parse("2025-07-01T00:00:00Z"),
                        ContactHolds.ALL_HEARD,
                        false,
                        4,
                        90),
                    snapshots,
                    states,
                    consents,
                    phones(snapshots),
                    identities,
                    TestRows.of(CustomerContacts.TABLE).build(),
                    outcomes),
                identities,
                dealers,
                staff,
                AS_OF)
            .orderBy(WinbackList.RANK_NO.col())
            .collectAsList();

    // Whom to offer, whose complaint the manager is to settle, who is held back.
    assertThat(list)
        .extracting(
            row ->
                "%s %s %s %s %s"
                    .formatted(
                        row.getAs(WinbackList.CUSTOMER_ID.name()),
                        row.getAs(WinbackList.HOLD_REASON.name()),
                        row.getAs(WinbackList.STATE.name()),
                        row.getAs(WinbackList.TASK.name()),
                        row.getAs(WinbackList.CHANNEL.name())))
        .containsExactly(
            "rich null CALL_AGAIN MAKE_OFFER PHONE",
            "before null CALL_AGAIN MAKE_OFFER PHONE",
            "complained OPEN_COMPLAINT CALL_AGAIN SETTLE_COMPLAINT null",
            "angry OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "angry before OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "back and angry OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "poor null CALLED null PHONE",
            "late BUDGET null null PHONE",
            "refused NO_CONSENT OPEN null PHONE",
            "sold EXITED OPEN null PHONE",
            "settled OPEN_COMPLAINT OPEN null null");
    assertThat(list.get(4).<String>getAs(WinbackList.CALLER_ID.name())).isEqualTo("manager");
    assertThat(list.get(0).<BigDecimal>getAs(WinbackList.EXPECTED_MARGIN_AMOUNT.name()))
        .isEqualByComparingTo("1234.56");
    assertThat(list.get(0).<String>getAs(WinbackList.MARGIN_BASIS.name())).isEqualTo("MODEL");
    // What was known on the day of the drawing stands.
    assertThat(list.get(0).<String>getAs(WinbackList.EVIDENCE_EN.name())).isEqualTo("of rich");
    assertThat(list.get(1).<String>getAs(WinbackList.EVIDENCE_ZH.name())).isEqualTo("无明细记录");
  }

  @Test
  void whoIsLinkedToAnotherSinceTheDrawingStandsOnceAndHoldingOutWins() {
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(snapshot("a", 400_000L, 0))
            .row(snapshot("b", 400_000L, 0))
            .row(snapshot("c", 400_000L, 0))
            .row(snapshot("e", 400_000L, 0))
            .build();
    Dataset<Row> candidates =
        TestRows.of(WinbackCandidates.TABLE)
            .row(candidate("a2", "OFFER", null, 900L, "PRICE", null))
            .row(candidate("b", "OFFER", null, 800L, "PRICE", null))
            .row(candidate("b2", "HOLD_OUT", null, 700L, "PRICE", null))
            .row(candidate("c", null, "BUDGET", 600L, "PRICE", null))
            .row(candidate("c2", "OFFER", null, 500L, "PRICE", null))
            .row(candidate("e", "OFFER", null, 400L, "PRICE", null))
            .build();
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    // The file of d has no visit yet: e is known by its own snapshot still.
    String[][] persons = {
      {"a", "a"}, {"a2", "a"}, {"b", "b"}, {"b2", "b"}, {"c2", "c"}, {"e", "d"}
    };
    for (String[] person : persons) {
      identities.row(
          CustomerIdentities.CUSTOMER_RECORD_ID,
          person[0],
          CustomerIdentities.CUSTOMER_ID,
          person[1]);
    }
    Dataset<Row> noOutcomes = TestRows.of(CallOutcomes.TABLE).build();

    Dataset<Row> list =
        ServeWinback.list(
            candidates,
            noOutcomes,
            snapshots,
            ContactHolds.on(
                new ContactHolds.Rule(
                    AS_OF,
                    Instant.parse("2025-07-01T00:00:00Z"),
                    ContactHolds.ALL_HEARD,
                    false,
                    4,
                    90),
                snapshots,
                TestRows.of(CustomerStates.TABLE).build(),
                TestRows.of(Consents.TABLE).build(),
                phones(snapshots),
                identities.build(),
                TestRows.of(CustomerContacts.TABLE).build(),
                noOutcomes),
            identities.build(),
            dealers,
            TestRows.of(Staff.TABLE).build(),
            AS_OF);

    assertThat(list.orderBy(WinbackList.RANK_NO.col()).collectAsList())
        .extracting(row -> row.getAs(WinbackList.CUSTOMER_ID.name()))
        .containsExactly("a2", "c2", "e");
  }

  @Test
  void aGroupThatGetsSmallerDiscountsThanItsLikeIsFlagged() {
    Map<String, Row> fairness = fairness(smallerDiscounts(120));

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isEqualByComparingTo("-19.97");
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isTrue();
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name())).isZero();
    assertThat(fairness.get("POWERTRAIN BEV").<Boolean>getAs(OfferFairness.IS_FLAGGED.name()))
        .isFalse();
    // All booked alike: there is nobody to compare with.
    assertThat(
            fairness
                .get("BOOKING WALK_IN")
                .<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isNull();
    // The same difference of 29 customers.
    assertThat(
            fairness(smallerDiscounts(58))
                .get("MEMBER_TIER NONE")
                .<Boolean>getAs(OfferFairness.IS_FLAGGED.name()))
        .isFalse();
  }

  @Test
  void aGroupThatIsDeniedOffersWithoutADiscountIsFlaggedByItsShare() {
    TestRows rows = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < 120; i++) {
      boolean isGold = i % 2 == 0;
      // Nine of ten gold customers get the offer, one of ten others, booking aside.
      boolean isHeld = isGold == (i / 2 % 10 == 0);
      rows.row(
          WinbackCandidates.CAMPAIGN_ID,
          "c",
          WinbackCandidates.CUSTOMER_ID,
          "c" + i,
          WinbackCandidates.DEALER_ID,
          "D1",
          WinbackCandidates.REASON_CODE_1,
          "PRICE",
          WinbackCandidates.MEMBER_TIER,
          isGold ? "GOLD" : null,
          WinbackCandidates.BOOKING,
          i % 4 < 2 ? "WALK_IN" : "APPOINTMENT",
          WinbackCandidates.MARGIN_AMOUNT_MINOR,
          1000L + i / 2,
          WinbackCandidates.HOLD_REASON,
          isHeld ? "BUDGET" : null,
          WinbackCandidates.DISCOUNT_AMOUNT_MINOR,
          0L);
    }

    Map<String, Row> fairness = fairness(rows);

    Row none = fairness.get("MEMBER_TIER NONE");
    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name()))
        .isCloseTo(-0.8, within(1e-6));
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isTrue();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
    assertThat(
            fairness.get("MEMBER_TIER GOLD").<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name()))
        .isTrue();
    assertThat(
            fairness.get("BOOKING WALK_IN").<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name()))
        .isFalse();
  }

  @Test
  void aDifferenceWithinTheToleranceIsNotFlaggedHoweverSureItIs() {
    TestRows rows = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < 400; i++) {
      boolean isGold = i % 2 == 0;
      // One in twenty of those who are not gold gets no offer, the others get 2 % less.
      boolean isHeld = !isGold && i / 2 % 20 == 7;
      rows.row(
          WinbackCandidates.CAMPAIGN_ID,
          "c",
          WinbackCandidates.CUSTOMER_ID,
          "c" + i,
          WinbackCandidates.DEALER_ID,
          "D1",
          WinbackCandidates.REASON_CODE_1,
          "PRICE",
          WinbackCandidates.MEMBER_TIER,
          isGold ? "GOLD" : null,
          WinbackCandidates.MARGIN_AMOUNT_MINOR,
          1000L + i / 2,
          WinbackCandidates.HOLD_REASON,
          isHeld ? "BUDGET" : null,
          WinbackCandidates.DISCOUNT_AMOUNT_MINOR,
          isGold ? 10_000L : 9_800L);
    }

    Row none = fairness(rows).get("MEMBER_TIER NONE");

    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE_UPPER.name())).isNegative();
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_UPPER_AMOUNT.name()))
        .isNegative();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isFalse();
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
  }

  @Test
  void aDifferenceWithinNoiseIsNotFlaggedHoweverLargeItIs() {
    TestRows rows = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < 60; i++) {
      boolean isGold = i % 2 == 0;
      // Three of thirty gold customers get no offer, six of the others.
      boolean isHeld = i / 2 % 10 == 0 || !isGold && i / 2 % 10 == 5;
      rows.row(
          WinbackCandidates.CAMPAIGN_ID,
          "c",
          WinbackCandidates.CUSTOMER_ID,
          "c" + i,
          WinbackCandidates.DEALER_ID,
          "D1",
          WinbackCandidates.REASON_CODE_1,
          "PRICE",
          WinbackCandidates.MEMBER_TIER,
          isGold ? "GOLD" : null,
          WinbackCandidates.MARGIN_AMOUNT_MINOR,
          1000L + i / 2,
          WinbackCandidates.HOLD_REASON,
          isHeld ? "BUDGET" : null,
          WinbackCandidates.DISCOUNT_AMOUNT_MINOR,
          i / 2 % 2 == 0 ? (isGold ? 20_000L : 16_000L) : 0L);
    }

    Row none = fairness(rows).get("MEMBER_TIER NONE");

    assertThat(none.<Double>getAs(OfferFairness.OFFERED_DIFFERENCE.name()))
        .isCloseTo(-0.1, within(1e-6));
    assertThat(none.<Boolean>getAs(OfferFairness.IS_SHARE_FLAGGED.name())).isFalse();
    assertThat(none.<BigDecimal>getAs(OfferFairness.DISCOUNT_DIFFERENCE_AMOUNT.name()))
        .isLessThan(
            none.<BigDecimal>getAs(OfferFairness.MEAN_DISCOUNT_AMOUNT.name())
                .movePointLeft(1)
                .negate());
    assertThat(none.<Boolean>getAs(OfferFairness.IS_FLAGGED.name())).isFalse();
  }

  /** Who is not gold, every other one, gets 20 % less. */
  private static TestRows smallerDiscounts(int customers) {
    TestRows rows = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < customers; i++) {
      boolean isGold = i % 2 == 0;
      rows.row(
          WinbackCandidates.CAMPAIGN_ID,
          "c",
          WinbackCandidates.CUSTOMER_ID,
          "c" + i,
          WinbackCandidates.DEALER_ID,
          "D1",
          WinbackCandidates.REASON_CODE_1,
          "PRICE",
          WinbackCandidates.MEMBER_TIER,
          isGold ? "GOLD" : null,
          WinbackCandidates.POWERTRAIN,
          i % 4 < 2 ? "ICE" : "BEV",
          WinbackCandidates.BOOKING,
          "WALK_IN",
          WinbackCandidates.MARGIN_AMOUNT_MINOR,
          1000L + i / 2,
          WinbackCandidates.DISCOUNT_AMOUNT_MINOR,
          isGold ? 10_000L : 8_000L + i % 7);
    }
    return rows;
  }

  private static Map<String, Row> fairness(TestRows candidates) {
    return ServeWinback.fairness(candidates.build(), 0.1, AS_OF).collectAsList().stream()
        .collect(
            Collectors.toMap(
                row ->
                    row.getAs(OfferFairness.ATTRIBUTE.name())
                        + " "
                        + row.getAs(OfferFairness.GROUP_VALUE.name()),
                row -> row));
  }

  private static Object[] snapshot(String customer, long ownPayMinor, int openComplaints) {
    return new Object[] {
      CustomerSnapshots.CUSTOMER_ID,
      customer,
      CustomerSnapshots.HOME_DEALER_ID,
      "D1",
      CustomerSnapshots.CUSTOMER_PAY_24M_AMOUNT_MINOR,
      ownPayMinor,
      CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
      openComplaints
    };
  }

  private static Object[] earlier(String customer, String arm, LocalDate windowUntil) {
    return new Object[] {
      WinbackCandidates.CAMPAIGN_ID,
      "b",
      WinbackCandidates.CUSTOMER_ID,
      customer,
      WinbackCandidates.DEALER_ID,
      "D1",
      WinbackCandidates.ASSIGNED_ON,
      AS_OF.minusDays(30),
      WinbackCandidates.WINDOW_UNTIL_ON,
      windowUntil,
      WinbackCandidates.CHANNEL,
      "PHONE",
      WinbackCandidates.ARM,
      arm,
      WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR,
      300L,
      WinbackCandidates.REASON_CODE_1,
      "HABIT"
    };
  }

  private static Object[] candidate(
      String customer, String arm, String held, Long gain, String first, String second) {
    return new Object[] {
      WinbackCandidates.CAMPAIGN_ID,
      "c",
      WinbackCandidates.CUSTOMER_ID,
      customer,
      WinbackCandidates.DEALER_ID,
      "D1",
      WinbackCandidates.ASSIGNED_ON,
      AS_OF,
      WinbackCandidates.WINDOW_UNTIL_ON,
      AS_OF.plusDays(90),
      WinbackCandidates.CHANNEL,
      "PHONE",
      WinbackCandidates.ARM,
      arm,
      WinbackCandidates.HOLD_REASON,
      held,
      WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR,
      gain,
      WinbackCandidates.REASON_CODE_1,
      first,
      WinbackCandidates.REASON_CODE_2,
      second,
      WinbackCandidates.EVIDENCE_EN,
      "of " + customer,
      WinbackCandidates.MARGIN_AMOUNT_MINOR,
      123_456L,
      WinbackCandidates.MARGIN_BASIS,
      "MODEL"
    };
  }

  /** A file with a phone for each person. */
  private static Dataset<Row> phones(Dataset<Row> snapshots) {
    TestRows files = TestRows.of(Customers.TABLE);
    snapshots
        .select(CustomerSnapshots.CUSTOMER_ID.col())
        .collectAsList()
        .forEach(
            row ->
                files.row(
                    Customers.CUSTOMER_RECORD_ID, row.getString(0), Customers.PHONE_TOKEN, "1"));
    return files.build();
  }

  private static Dataset<Row> dealers(String... ids) {
    TestRows rows = TestRows.of(Dealers.TABLE);
    for (String id : ids) {
      rows.row(Dealers.DEALER_ID, id, Dealers.REGION, "East", Dealers.BRAND, "Aurora");
    }
    return rows.build();
  }
}
