package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CampaignCards;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ServingTablesTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-06-30");
  private static final Instant END = Instant.parse("2025-06-30T16:00:00Z");

  private final Dataset<Row> dealers = dealers("D1", "D2", "D3", "D4", "D5");

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

    assertThat(
            ServeTrust.modelReport(cards, TestRows.of(CampaignCards.TABLE).build(), AS_OF)
                .collectAsList())
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
  void aCardTellsWhatThePersonIsWorthAndWhatTheFirstReasonRestsOn() {
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(snapshot("valued"))
            .row(snapshot("unknown"))
            .build();
    Dataset<Row> scores =
        TestRows.of(ChurnScores.TABLE)
            .row(
                ChurnScores.CUSTOMER_ID,
                "valued",
                ChurnScores.SCORED_ON,
                AS_OF,
                ChurnScores.REASON_CODE_1,
                "OVERDUE")
            .build();
    Dataset<Row> values =
        TestRows.of(CustomerValues.TABLE)
            .row(value("valued", AS_OF, 1.25))
            .row(value("unknown", AS_OF.minusDays(1), 9.0))
            .build();

    Map<String, Row> cards =
        ServeCustomers.cards(
                snapshots,
                TestRows.of(CustomerStates.TABLE).build(),
                empty(),
                scores,
                values,
                dealers,
                AS_OF)
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(row -> row.getAs(CustomerCards.CUSTOMER_ID.name()), row -> row));

    Row valued = cards.get("valued");
    assertThat(valued.<Double>getAs(CustomerCards.EXPECTED_180D_VISITS.name())).isEqualTo(1.25);
    assertThat(valued.<Double>getAs(CustomerCards.VISIT_180D_PROBABILITY.name())).isEqualTo(0.7);
    assertThat(
            Stream.of(
                    CustomerCards.MARGIN_36M_LOWER_AMOUNT,
                    CustomerCards.MARGIN_36M_AMOUNT,
                    CustomerCards.MARGIN_36M_UPPER_AMOUNT)
                .map(field -> valued.<BigDecimal>getAs(field.name()).toPlainString()))
        .containsExactly("1100.00", "1234.56", "1400.00");
    assertThat(valued.<String>getAs(CustomerCards.VALUE_MODEL_ID.name())).isEqualTo("m1");
    assertThat(valued.<String>getAs(CustomerCards.REASON_EVIDENCE_EN.name()))
        .contains("2025-03-01");
    assertThat(valued.<String>getAs(CustomerCards.REASON_EVIDENCE_ZH.name()))
        .contains("2025-03-01")
        .isNotEqualTo(valued.getAs(CustomerCards.REASON_EVIDENCE_EN.name()));
    // Scored on another day only, and no reason: nothing is said.
    Row unknown = cards.get("unknown");
    assertThat(
            Stream.of(
                    CustomerCards.EXPECTED_180D_VISITS,
                    CustomerCards.VISIT_180D_PROBABILITY,
                    CustomerCards.MARGIN_36M_AMOUNT,
                    CustomerCards.VALUE_MODEL_ID,
                    CustomerCards.REASON_EVIDENCE_EN)
                .map(field -> unknown.getAs(field.name())))
        .containsOnlyNulls();
  }

  private static Object[] snapshot(String customer) {
    return new Object[] {
      CustomerSnapshots.CUSTOMER_ID,
      customer,
      CustomerSnapshots.HOME_DEALER_ID,
      "D1",
      CustomerSnapshots.SNAPSHOT_ON,
      AS_OF,
      CustomerSnapshots.DUE_ON,
      LocalDate.parse("2025-03-01")
    };
  }

  private static Object[] value(String customer, LocalDate day, double visits) {
    return new Object[] {
      CustomerValues.CUSTOMER_ID,
      customer,
      CustomerValues.SCORED_ON,
      day,
      CustomerValues.EXPECTED_180D_VISITS,
      visits,
      CustomerValues.VISIT_180D_PROBABILITY,
      0.7,
      CustomerValues.MARGIN_36M_AMOUNT_MINOR,
      123_456L,
      CustomerValues.MARGIN_36M_LOWER_AMOUNT_MINOR,
      110_000L,
      CustomerValues.MARGIN_36M_UPPER_AMOUNT_MINOR,
      140_000L,
      CustomerValues.MODEL_ID,
      "m1"
    };
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
                TestRows.of(CustomerValues.TABLE).build(),
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

  private static Dataset<Row> dealers(String... ids) {
    TestRows rows = TestRows.of(Dealers.TABLE);
    for (String id : ids) {
      rows.row(Dealers.DEALER_ID, id, Dealers.REGION, "East", Dealers.BRAND, "Aurora");
    }
    return rows.build();
  }
}
