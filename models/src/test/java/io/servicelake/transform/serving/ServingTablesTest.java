package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.kpi.VisitKpis;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ServingTablesTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-06-30");
  private static final Instant END = Instant.parse("2025-06-30T16:00:00Z");

  private final Dataset<Row> dealers = dealers("D1", "D2", "D3", "D4", "D5");

  @Test
  void aCustomerIsLostTwelveMonthsAfterTheLastVisitAndRegainedByALaterOne() {
    Dataset<Row> months =
        TestRows.of(CustomerMonths.TABLE)
            .row(month("A", "2023-01-10"))
            .row(month("B", "2023-01-20"))
            .row(month("B", "2024-06-05"))
            .row(month("C", "2025-05-01"))
            .build();

    Map<String, Row> health =
        ServeDealers.baseHealth(months, TestRows.of(CustomerStates.TABLE).build(), dealers, AS_OF)
            .where(BaseHealth.DEFINITION.col().equalTo(BaseHealth.DEFAULT_DEFINITION))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(BaseHealth.MONTH_ON.name()).toString(), row -> row));

    assertThat(health).hasSize(30);
    assertThat(counts(health.get("2023-01-01"))).containsExactly(2L, 0L, 0L, 2L);
    assertThat(counts(health.get("2024-01-01"))).containsExactly(0L, 0L, 2L, 0L);
    assertThat(counts(health.get("2024-06-01"))).containsExactly(0L, 1L, 0L, 1L);
    assertThat(counts(health.get("2025-06-01"))).containsExactly(0L, 0L, 1L, 1L);
  }

  @Test
  void theSameBaseIsHealthyByOneDefinitionAndNotByAnother() {
    Dataset<Row> months =
        TestRows.of(CustomerMonths.TABLE)
            .row(month("A", "2023-05-10"))
            .row(month("A", "2025-02-10"))
            .row(month("B", "2024-03-01"))
            .build();
    Dataset<Row> states =
        TestRows.of(CustomerStates.TABLE)
            .row(state("A", "2025-04-30", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-04-30", "2024-03-01", "DUE"))
            .row(state("A", "2025-05-31", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-05-31", "2024-03-01", "OVERDUE"))
            .row(state("A", "2025-06-30", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-06-30", "2024-03-01", "EXITED"))
            .row(state("C", "2025-06-30", "2025-06-11", "NEW"))
            .build();

    Map<String, List<Long>> health =
        ServeDealers.baseHealth(months, states, dealers, AS_OF).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row ->
                        row.getAs(BaseHealth.DEFINITION.name())
                            + " "
                            + row.getAs(BaseHealth.MONTH_ON.name()),
                    ServingTablesTest::counts));

    assertThat(health.get("NO_VISIT_6M 2023-11-01")).containsExactly(0L, 0L, 1L, 0L);
    assertThat(health.get("NO_VISIT_6M 2025-02-01")).containsExactly(0L, 1L, 0L, 1L);
    assertThat(health.get("SEEN_YEAR_BEFORE_LAST 2023-12-01")).containsExactly(1L, 0L, 0L, 1L);
    assertThat(health.get("SEEN_YEAR_BEFORE_LAST 2024-12-01")).containsExactly(1L, 0L, 1L, 1L);
    assertThat(health).doesNotContainKey("SEEN_YEAR_BEFORE_LAST 2025-12-01");
    assertThat(health.get("DUE_NOT_COME 2025-05-01")).containsExactly(0L, 0L, 1L, 1L);
    assertThat(health.get("SERVICE_CLOCK 2025-05-01")).containsExactly(0L, 0L, 0L, 2L);
    assertThat(health.get("SERVICE_CLOCK 2025-06-01")).containsExactly(1L, 0L, 1L, 2L);
    assertThat(health).doesNotContainKey("SERVICE_CLOCK 2025-04-01");
  }

  @Test
  void flowsTellWhoBecameCoreAndWhoIsNoLonger() {
    Dataset<Row> segments =
        TestRows.of(CustomerSegments.TABLE)
            .row(segment("up", "2025-05-31", false))
            .row(segment("up", "2025-06-30", true))
            .row(segment("down", "2025-05-31", true))
            .row(segment("down", "2025-06-30", false))
            .row(segment("stays", "2025-05-31", true))
            .row(segment("stays", "2025-06-15", false))
            .row(segment("stays", "2025-06-30", true))
            .row(segment("fresh", "2025-06-30", false))
            .row(segment("merged", "2025-05-31", false))
            .build();

    assertThat(
            ServeCustomers.segmentFlows(segments, dealers, AS_OF).collectAsList().stream()
                .map(
                    row ->
                        "%s %s>%s %s %s/%s"
                            .formatted(
                                row.getAs(SegmentFlows.MONTH_ON.name()),
                                row.getAs(SegmentFlows.FROM_SEGMENT.name()),
                                row.getAs(SegmentFlows.TO_SEGMENT.name()),
                                row.getAs(SegmentFlows.CUSTOMERS_COUNT.name()),
                                row.getAs(SegmentFlows.CORE_COUNT.name()),
                                row.getAs(SegmentFlows.SCORED_COUNT.name()))))
        .containsExactlyInAnyOrder(
            "2025-06-01 GENERAL>CORE 1 1/1",
            "2025-06-01 CORE>GENERAL 1 0/1",
            "2025-06-01 CORE>CORE 1 1/1",
            "2025-06-01 NONE>GENERAL 1 0/1",
            "2025-06-01 GENERAL>NONE 1 0/0");
  }

  @Test
  void peersAreComparedFromFiveDealersOnWithIntervalsAndHalfForTies() {
    Dataset<Row> days = onTime(List.of("D1", "D2", "D3", "D4", "D5"), new int[] {5, 8, 8, 9, 10});

    Map<String, Row> byDealer =
        ServeDealers.benchmarks(days, AS_OF)
            .where(DealerBenchmarks.KPI.col().equalTo(VisitKpis.ON_TIME_RATE.card().name()))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(row -> row.getAs(DealerBenchmarks.DEALER_ID.name()), row -> row));

    assertThat(byDealer.get("D1").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(0.0);
    assertThat(byDealer.get("D2").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(0.375);
    assertThat(byDealer.get("D5").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(1.0);
    assertThat(byDealer.get("D1").<Double>getAs(DealerBenchmarks.PEER_MEDIAN.name()))
        .isEqualTo(0.8);
    // Every day alike: no spread, so the interval closes on the value and standings are certain.
    assertThat(byDealer.get("D1").<String>getAs(DealerBenchmarks.STANDING.name()))
        .isEqualTo("BELOW");
    assertThat(byDealer.get("D2").<String>getAs(DealerBenchmarks.STANDING.name()))
        .isEqualTo("WITHIN");
  }

  @Test
  void aPeerGroupUnderFiveIsSuppressed() {
    List<Row> rows =
        ServeDealers.benchmarks(
                onTime(List.of("D1", "D2", "D3", "D4"), new int[] {5, 6, 7, 8}), AS_OF)
            .collectAsList();

    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name())).isNull();
              assertThat(row.<Double>getAs(DealerBenchmarks.PEER_MEDIAN.name())).isNull();
              assertThat(row.<String>getAs(DealerBenchmarks.STANDING.name())).isNull();
            });
  }

  @Test
  void theWinbackListNamesWhomToContactFirstThenWhoIsHeldBackAndNobodyHeldOut() {
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(snapshot("rich", 400_000L, 0))
            .row(snapshot("poor", 10_000L, 0))
            .row(snapshot("refused", 200_000L, 0))
            .row(snapshot("angry", 100_000L, 1))
            .row(snapshot("control", 100_000L, 0))
            .row(snapshot("late", 900_000L, 0))
            .build();
    Dataset<Row> candidates =
        TestRows.of(WinbackCandidates.TABLE)
            .row(candidate("rich", "OFFER", null, 900L, "OVERDUE", "EXPERIENCE"))
            .row(candidate("poor", "RANDOM_CONTACT", "CAPACITY", 100L, "HABIT", null))
            .row(candidate("refused", "OFFER", null, 500L, "PRICE", null))
            .row(candidate("angry", "OFFER", null, 400L, "COMPLAINT", null))
            .row(candidate("control", "HOLD_OUT", null, 800L, "HABIT", null))
            .row(candidate("late", null, "BUDGET", 700L, "HABIT", null))
            .build();
    Dataset<Row> outcomes =
        TestRows.of(CallOutcomes.TABLE)
            .row(CallOutcomes.CAMPAIGN_ID, "c", CallOutcomes.CUSTOMER_ID, "poor")
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
    Dataset<Row> staff =
        TestRows.of(Staff.TABLE)
            .row(Staff.STAFF_ID, "manager", Staff.DEALER_ID, "D1", Staff.ROLE, "MANAGER")
            .build();

    List<Row> list =
        ServeWinback.list(
                candidates, outcomes, snapshots, consents, identities, dealers, staff, AS_OF)
            .orderBy(WinbackList.RANK_NO.col())
            .collectAsList();

    assertThat(list)
        .extracting(row -> row.getAs(WinbackList.CUSTOMER_ID.name()))
        .containsExactly("rich", "poor", "late", "refused", "angry");
    assertThat(list)
        .extracting(row -> row.getAs(WinbackList.HOLD_REASON.name()))
        .containsExactly(null, null, "BUDGET", "NO_CONSENT", "OPEN_COMPLAINT");
    assertThat(list)
        .extracting(row -> row.getAs(WinbackList.STATE.name()))
        .containsExactly("OPEN", "CALLED", null, "OPEN", "OPEN");
    assertThat(list.get(0).<String>getAs(WinbackList.EVIDENCE_EN.name()))
        .isEqualTo("service due 2025-03-01; comeback 2025-01-10, repair mark 2.5 of 5");
    assertThat(list.get(4).<String>getAs(WinbackList.CALLER_ID.name())).isEqualTo("manager");
    assertThat(list.get(3).<String>getAs(WinbackList.EVIDENCE_ZH.name())).isEqualTo("无明细记录");
  }

  @Test
  void aGroupThatGetsSmallerDiscountsThanItsLikeIsFlagged() {
    TestRows rows = TestRows.of(WinbackCandidates.TABLE);
    for (int i = 0; i < 120; i++) {
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

    Map<String, Row> fairness =
        ServeWinback.fairness(rows.build(), 0.1, AS_OF).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row ->
                        row.getAs(OfferFairness.ATTRIBUTE.name())
                            + " "
                            + row.getAs(OfferFairness.GROUP_VALUE.name()),
                    row -> row));

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
  }

  @Test
  void aDutyIsDoneByTheFirstContactMadeFromItsFirstDayOn() {
    Dataset<Row> duties =
        TestRows.of(ContactDuties.TABLE)
            .row(duty("u1", "o1", "2025-06-10", "2025-06-12"))
            .row(duty("u2", "o2", "2025-06-10", "2025-06-12"))
            .row(duty("u3", "o3", "2025-06-10", "2025-06-12"))
            .row(duty("u4", "o4", "2025-06-29", "2025-07-02"))
            .build();
    Dataset<Row> contacts =
        TestRows.of(CustomerContacts.TABLE)
            .row(contact("k0", "o1", "2025-06-09"))
            .row(contact("k1", "o1", "2025-06-11"))
            .row(contact("k2", "o2", "2025-06-20"))
            .build();

    Map<String, String> states =
        ServeCare.followUpBoard(
                duties, contacts, TestRows.of(CustomerSegments.TABLE).build(), dealers, AS_OF)
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(FollowUpBoard.DUTY_ID.name()),
                    row -> row.getAs(FollowUpBoard.STATE.name())));

    assertThat(states)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("u1", "DONE", "u2", "DONE_LATE", "u3", "OVERDUE", "u4", "OPEN"));
  }

  @Test
  void aComplaintClosedAfterTheAsOfDayIsStillOpenOnIt() {
    Dataset<Row> cases =
        TestRows.of(ComplaintCases.TABLE)
            .row(
                complaint(
                    "k1", "2025-06-29T00:00:00Z", "2025-06-30T00:00:00Z", "2025-07-01T00:00:00Z"))
            .row(
                complaint(
                    "k2", "2025-06-30T15:00:00Z", "2025-07-02T15:00:00Z", "2025-07-01T00:00:00Z"))
            .row(
                complaint(
                    "k3", "2025-06-01T00:00:00Z", "2025-06-03T00:00:00Z", "2025-06-02T00:00:00Z"))
            .row(complaint("k4", "2025-07-01T00:00:00Z", "2025-07-03T00:00:00Z", null))
            .build();

    Map<String, String> states =
        ServeCare.complaintBoard(cases, dealers, AS_OF, END).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(ComplaintBoard.COMPLAINT_ID.name()),
                    row -> row.getAs(ComplaintBoard.STATE.name())));

    assertThat(states)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("k1", "OVERDUE", "k2", "OPEN", "k3", "CLOSED_IN_TIME"));
  }

  @Test
  void onlyTheLatestModelOfANameKnownByTheDayIsReported() {
    Dataset<Row> cards =
        TestRows.of(ModelCards.TABLE)
            .row(card("m1", "2025-03-31"))
            .row(card("m2", "2025-05-31"))
            .row(card("m3", "2025-07-31"))
            .build();

    assertThat(ServeTrust.modelReport(cards, AS_OF).collectAsList())
        .extracting(row -> row.getAs(ModelReport.MODEL_ID.name()))
        .containsExactly("m2");
  }

  @Test
  void fatesOfAllBatchesBalanceWhatWasRead() {
    Dataset<Row> counts =
        TestRows.of(RowCounts.TABLE)
            .row(counts(1, 10, 7, 2, 0, 1))
            .row(counts(2, 5, 3, 0, 2, 0))
            .build();
    Dataset<Row> rejects =
        TestRows.of(Rejects.TABLE)
            .row(reject("a:1", "BAD_DATE"))
            .row(reject("a:2", "BAD_DATE"))
            .row(reject("a:3", "MISSING_KEY"))
            .build();

    Row quality = ServeTrust.dataQuality(counts, rejects).collectAsList().get(0);

    assertThat(quality.<Long>getAs(DataQuality.READ_COUNT.name())).isEqualTo(15);
    assertThat(quality.<Long>getAs(DataQuality.BALANCE_COUNT.name())).isZero();
    assertThat(quality.<String>getAs(DataQuality.TOP_REASON.name())).isEqualTo("BAD_DATE");
  }

  @Test
  void everyServingStatementAgreesWithItsContract() {
    // SqlTransform refuses a missing, extra or differently typed column while the statement is
    // analysed.
    Dataset<Row> scores = TestRows.of(ChurnScores.TABLE).build();
    Dataset<Row> snapshots = TestRows.of(CustomerSnapshots.TABLE).build();
    List<Dataset<Row>> tables =
        List.of(
            ServeCustomers.cards(
                snapshots,
                TestRows.of(CustomerStates.TABLE).build(),
                empty(),
                scores,
                dealers,
                AS_OF),
            ServeWorkshop.serviceDueList(
                TestRows.of(ServiceDues.TABLE).build(),
                TestRows.of(VehicleSnapshots.TABLE).build(),
                empty(),
                scores,
                dealers,
                AS_OF),
            ServeWorkshop.componentWatch(
                TestRows.of(ComponentRisks.TABLE).build(),
                TestRows.of(VisitJobs.TABLE).build(),
                dealers,
                AS_OF),
            ServeWorkshop.technicianCards(
                TestRows.of(TechnicianClusters.TABLE).build(),
                TestRows.of(Staff.TABLE).build(),
                dealers,
                AS_OF),
            ServeTrust.freshness(
                TestRows.of(RepairOrders.TABLE).build(),
                TestRows.of(Contacts.TABLE).build(),
                TestRows.of(Complaints.TABLE).build(),
                dealers,
                AS_OF,
                END,
                ZoneId.of("Asia/Shanghai")));

    assertThat(tables).allSatisfy(table -> assertThat(table.isEmpty()).isTrue());
  }

  private static Dataset<Row> empty() {
    return TestRows.of(CustomerSegments.TABLE).build();
  }

  private static Dataset<Row> dealers(String... ids) {
    TestRows rows = TestRows.of(Dealers.TABLE);
    for (String id : ids) {
      rows.row(Dealers.DEALER_ID, id, Dealers.REGION, "East", Dealers.BRAND, "Aurora");
    }
    return rows.build();
  }

  /** Thirty days alike: of ten deliveries with a promise a day, so many on time. */
  private static Dataset<Row> onTime(List<String> ids, int[] onTime) {
    TestRows rows = TestRows.of(DealerDays.TABLE);
    for (int i = 0; i < ids.size(); i++) {
      for (int day = 1; day <= 30; day++) {
        rows.row(
            DealerDays.DEALER_ID,
            ids.get(i),
            DealerDays.BRAND,
            "Aurora",
            DealerDays.DAY_ON,
            LocalDate.of(2025, 6, day),
            VisitKpis.ON_TIME_RATE.numeratorField(),
            (long) onTime[i],
            VisitKpis.ON_TIME_RATE.denominatorField(),
            10L);
      }
    }
    return rows.build();
  }

  private static List<Long> counts(Row row) {
    return List.of(
        row.getAs(BaseHealth.NEW_COUNT.name()),
        row.getAs(BaseHealth.REGAINED_COUNT.name()),
        row.getAs(BaseHealth.LOST_COUNT.name()),
        row.getAs(BaseHealth.ACTIVE_COUNT.name()));
  }

  private static Object[] month(String customer, String visit) {
    return new Object[] {
      CustomerMonths.CUSTOMER_ID,
      customer,
      CustomerMonths.DEALER_ID,
      "D1",
      CustomerMonths.MONTH_ON,
      LocalDate.parse(visit).withDayOfMonth(1),
      CustomerMonths.ACCOUNT_CLASS,
      "PERSON",
      CustomerMonths.FIRST_VISIT_ON,
      LocalDate.parse(visit),
      CustomerMonths.LAST_VISIT_ON,
      LocalDate.parse(visit)
    };
  }

  private static Object[] segment(String customer, String day, boolean isCore) {
    return new Object[] {
      CustomerSegments.CUSTOMER_ID,
      customer,
      CustomerSegments.DEALER_ID,
      "D1",
      CustomerSegments.SCORED_ON,
      LocalDate.parse(day),
      CustomerSegments.IS_CORE,
      isCore
    };
  }

  private static Object[] state(String customer, String day, String first, String state) {
    return new Object[] {
      CustomerStates.CUSTOMER_ID,
      customer,
      CustomerStates.DEALER_ID,
      "D1",
      CustomerStates.SCORED_ON,
      LocalDate.parse(day),
      CustomerStates.FIRST_VISIT_ON,
      LocalDate.parse(first),
      CustomerStates.DEALER_STATE,
      state
    };
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
      openComplaints,
      CustomerSnapshots.DUE_ON,
      LocalDate.parse("2025-03-01"),
      CustomerSnapshots.LAST_COMEBACK_ON,
      LocalDate.parse("2025-01-10"),
      CustomerSnapshots.MEAN_REPAIR_MARK,
      2.5
    };
  }

  private static Object[] candidate(
      String customer, String arm, String held, long gain, String first, String second) {
    return new Object[] {
      WinbackCandidates.CAMPAIGN_ID, "c",
      WinbackCandidates.CUSTOMER_ID, customer,
      WinbackCandidates.DEALER_ID, "D1",
      WinbackCandidates.ASSIGNED_ON, AS_OF,
      WinbackCandidates.CHANNEL, "PHONE",
      WinbackCandidates.ARM, arm,
      WinbackCandidates.HOLD_REASON, held,
      WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR, gain,
      WinbackCandidates.REASON_CODE_1, first,
      WinbackCandidates.REASON_CODE_2, second
    };
  }

  private static Object[] duty(String id, String order, String from, String until) {
    return new Object[] {
      ContactDuties.DUTY_ID,
      id,
      ContactDuties.DEALER_ID,
      "D1",
      ContactDuties.REPAIR_ORDER_ID,
      order,
      ContactDuties.DUE_FROM_ON,
      LocalDate.parse(from),
      ContactDuties.DUE_ON,
      LocalDate.parse(until)
    };
  }

  private static Object[] contact(String id, String order, String day) {
    return new Object[] {
      CustomerContacts.CONTACT_ID,
      id,
      CustomerContacts.REPAIR_ORDER_ID,
      order,
      CustomerContacts.CONTACT_ON,
      LocalDate.parse(day),
      CustomerContacts.IS_MADE,
      true
    };
  }

  private static Object[] complaint(String id, String received, String due, String closed) {
    return new Object[] {
      ComplaintCases.COMPLAINT_ID,
      id,
      ComplaintCases.DEALER_ID,
      "D1",
      ComplaintCases.RECEIVED_AT,
      Instant.parse(received),
      ComplaintCases.RECEIVED_ON,
      LocalDate.parse(received.substring(0, 10)),
      ComplaintCases.CLOSE_DUE_AT,
      Instant.parse(due),
      ComplaintCases.CLOSED_AT,
      closed == null ? null : Instant.parse(closed)
    };
  }

  private static Object[] card(String modelId, String asOf) {
    return new Object[] {
      ModelCards.MODEL_ID,
      modelId,
      ModelCards.METRIC,
      "auc",
      ModelCards.MODEL_NAME,
      "CHURN_180D",
      ModelCards.AS_OF,
      LocalDate.parse(asOf)
    };
  }

  private static Object[] counts(
      long batch, long read, long accepted, long rejected, long superseded, long duplicate) {
    return new Object[] {
      RowCounts.SOURCE_ID, "orders",
      RowCounts.TARGET_TABLE, "repair_orders",
      RowCounts.BATCH_NO, batch,
      RowCounts.READ_COUNT, read,
      RowCounts.ACCEPTED_COUNT, accepted,
      RowCounts.REJECTED_COUNT, rejected,
      RowCounts.SUPERSEDED_COUNT, superseded,
      RowCounts.DUPLICATE_COUNT, duplicate
    };
  }

  private static Object[] reject(String bronzeId, String reason) {
    return new Object[] {
      Rejects.BRONZE_ID,
      bronzeId,
      Rejects.TARGET_TABLE,
      "repair_orders",
      Rejects.SOURCE_ID,
      "orders",
      Rejects.REASON_CODE,
      reason
    };
  }
}
