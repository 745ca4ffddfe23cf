package io.servicelake.transform.feature;

import static io.servicelake.contract.Versioned.KNOWN_AT;
import static io.servicelake.contract.Versioned.SUPERSEDED_AT;
import static io.servicelake.transform.feature.History.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One history, computed once for all days; each test tells of its own customer in it. */
class SnapshotsTest {
  private static final String[] DAYS = {
    "2024-01-09", "2024-01-10", "2024-01-30", "2024-01-31",
    "2024-02-01", "2024-02-28", "2024-03-01", "2024-04-30",
    "2024-05-01", "2024-06-29", "2024-06-30", "2025-01-15"
  };
  private static final Integer NOT_READ = null;

  private static List<Row> customers;
  private static List<Row> vehicles;

  @BeforeAll
  static void computeTheHistory() {
    History history = new History();
    sameDay(history);
    twoSpellings(history);
    correctedAndCancelled(history);
    comeback(history);
    complaint(history);
    leaving(history);
    driving(history);
    moving(history);
    served(history);
    vehicles = history.vehicles(DAYS).collectAsList();
    customers = history.customers(DAYS).collectAsList();
  }

  private static void sameDay(History history) {
    person(history, "same-day");
    visit(history, "same-day", "s1", "2024-01-01").line("s1", "2024-01-01", "REPAIR", "AC");
    visit(history, "same-day", "s2", "2024-01-01").line("s2", "2024-01-01", "REPAIR", "AC");
    visit(history, "same-day", "s3", "2024-01-11");
    visit(history, "same-day", "s4", "2024-02-10");
  }

  @Test
  void ordersOfOneDayAreOneVisitDay() {
    assertThat(
            customer(
                "same-day",
                "2024-06-30",
                CustomerSnapshots.VISITS_COUNT,
                CustomerSnapshots.MEAN_GAP_DAYS,
                CustomerSnapshots.PREVIOUS_VISIT_ON,
                CustomerSnapshots.NET_12M_AMOUNT_MINOR))
        .containsExactly("3|20.0|2024-01-11|20000");
  }

  private static void twoSpellings(History history) {
    person(history, "li-ming");
    person(history, "lee-ming");
    visit(history, "li-ming", "l1", "2024-01-01");
    visit(history, "lee-ming", "l2", "2024-02-01");
    history.add(
        CustomerLinks.TABLE, "2024-03-01",
        CustomerLinks.RECORD_A, "lee-ming",
        CustomerLinks.RECORD_B, "li-ming",
        CustomerLinks.RULE, "phone+name");
  }

  @Test
  void twoSpellingsAreOnePersonFromTheDayTheEvidenceIsKnown() {
    Field[] counts = {CustomerSnapshots.VISITS_COUNT, CustomerSnapshots.VEHICLES_COUNT};
    assertThat(customer("li-ming", "2024-02-28", counts)).containsExactly("1|1");
    assertThat(customer("lee-ming", "2024-02-28", counts)).containsExactly("1|1");
    assertThat(
            Stream.of("li-ming", "lee-ming")
                .flatMap(file -> customer(file, "2024-03-01", counts).stream()))
        .containsExactly("2|2");
  }

  private static void correctedAndCancelled(History history) {
    person(history, "corrected");
    visit(history, "corrected", "c1", "2024-01-01");
    history.line("c1", "2024-01-01", "REPAIR", "AC", SUPERSEDED_AT, at("2024-05-01"));
    history.line("c1", "2024-05-01", "REPAIR", "AC", RepairOrderLines.NET_AMOUNT_MINOR, 20_000L);
    person(history, "cancelled");
    visit(history, "cancelled", "c2", "2024-01-01", SUPERSEDED_AT, at("2024-02-01"));
    visit(
        history,
        "cancelled",
        "c2",
        "2024-01-01",
        RepairOrders.STATUS,
        "CANCELLED",
        KNOWN_AT,
        at("2024-02-01"));
  }

  @Test
  void aLateArrivingCorrectionCountsFromTheDayItIsKnown() {
    assertThat(customer("corrected", "2024-04-30", CustomerSnapshots.NET_12M_AMOUNT_MINOR))
        .containsExactly("10000");
    assertThat(customer("corrected", "2024-05-01", CustomerSnapshots.NET_12M_AMOUNT_MINOR))
        .containsExactly("20000");
  }

  @Test
  void aCancelledOrderIsForgottenFromTheDayItWasCancelled() {
    assertThat(customer("cancelled", "2024-01-31", CustomerSnapshots.VISITS_COUNT))
        .containsExactly("1");
    assertThat(customer("cancelled", "2024-02-01", CustomerSnapshots.VISITS_COUNT)).isEmpty();
  }

  private static void comeback(History history) {
    person(history, "comeback");
    visit(
        history,
        "comeback",
        "b1",
        "2024-01-01",
        RepairOrders.PROMISED_AT,
        Instant.parse("2024-01-01T00:30:00Z"));
    history.line("b1", "2024-01-01", "REPAIR", "AC");
    visit(history, "comeback", "b2", "2024-01-31").line("b2", "2024-01-31", "REPAIR", "AC");
    // Handed over the day after.
    visit(
        history,
        "comeback",
        "b3",
        "2024-06-29",
        RepairOrders.DELIVERED_AT,
        Instant.parse("2024-06-30T08:00:00Z"));
    history.line("b3", "2024-06-29", "MAINTENANCE", "OIL");
  }

  @Test
  void aLateDeliveryCountsByItsVisitAndAComebackByTheDayItCameBack() {
    Field[] counts = {
      CustomerSnapshots.LATE_DELIVERIES_12M_COUNT,
      CustomerSnapshots.COMEBACKS_12M_COUNT,
      CustomerSnapshots.LAST_COMEBACK_ON
    };
    assertThat(customer("comeback", "2024-01-30", counts)).containsExactly("1|0|null");
    assertThat(customer("comeback", "2024-01-31", counts)).containsExactly("1|1|2024-01-31");
    assertThat(customer("comeback", "2025-01-15", counts)).containsExactly("0|1|2024-01-31");
  }

  @Test
  void whatWentWrongIsDatedByTheDayItWasKnownOfAtTheLatest() {
    assertThat(customer("comeback", "2024-01-30", CustomerSnapshots.AGGRIEVED_ON))
        .containsExactly("[2024-01-01]");
    assertThat(customer("comeback", "2024-01-31", CustomerSnapshots.AGGRIEVED_ON))
        .containsExactly("[2024-01-01, 2024-01-31]");
    assertThat(customer("complaint", "2024-01-09", CustomerSnapshots.AGGRIEVED_ON))
        .containsExactly("[2024-01-02]");
    assertThat(customer("slow", "2024-06-30", CustomerSnapshots.AGGRIEVED_ON))
        .containsExactly("[]");
  }

  @Test
  void theHistoryTellsWhatTheVehiclesHeldWereBroughtFor() {
    assertThat(
            customer(
                "misread",
                "2024-06-30",
                CustomerSnapshots.HELD_SINCE_ON,
                CustomerSnapshots.HISTORY_ON,
                CustomerSnapshots.HISTORY_VEHICLE_NO,
                CustomerSnapshots.HISTORY_PURPOSE,
                CustomerSnapshots.HISTORY_ODOMETER_KM))
        .containsExactly(
            "[2023-01-01]|[2023-01-01, 2023-12-31, 2024-03-01, 2024-06-01]|[1, 1, 1, 1]"
                + "|[MAINTENANCE, MAINTENANCE, OTHER, OTHER]|[10000, 20000, 2200, 25000]");
    assertThat(
            customer(
                "comeback",
                "2024-01-30",
                CustomerSnapshots.HISTORY_PURPOSE,
                CustomerSnapshots.HISTORY_ODOMETER_KM,
                CustomerSnapshots.HISTORY_CUSTOMER_PAY_AMOUNT_MINOR))
        .containsExactly("[REPAIR]|[-1]|[10000]");
    // Nobody knows a bill before the vehicle is handed over.
    assertThat(bills("2024-06-29")).containsExactly("[10000, 10000, 0]");
    assertThat(bills("2024-06-30")).containsExactly("[10000, 10000, 10000]");
    // Of two vehicles one has been left, and then no history either.
    Field[] visits = {
      CustomerSnapshots.HELD_VEHICLE_IDS,
      CustomerSnapshots.HISTORY_ON,
      CustomerSnapshots.HISTORY_VEHICLE_NO
    };
    assertThat(customer("has another", "2024-02-28", visits))
        .containsExactly("[not of the register, of has another]|[2024-01-01, 2024-02-01]|[2, 1]");
    assertThat(customer("has another", "2024-04-30", visits))
        .containsExactly("[not of the register]|[2024-02-01]|[1]");
    assertThat(customer("gone", "2024-04-30", visits)).containsExactly("[]|[]|[]");
  }

  private static List<String> bills(String day) {
    return customer("comeback", day, CustomerSnapshots.HISTORY_CUSTOMER_PAY_AMOUNT_MINOR);
  }

  private static void complaint(History history) {
    person(history, "complaint");
    visit(history, "complaint", "k1", "2024-01-01");
    history.add(
        Complaints.TABLE,
        "2024-01-02",
        Complaints.COMPLAINT_ID,
        "k1",
        Complaints.REPAIR_ORDER_ID,
        "k1",
        Complaints.RECEIVED_AT,
        at("2024-01-02"),
        SUPERSEDED_AT,
        at("2024-01-10"));
    history.add(
        Complaints.TABLE, "2024-01-10",
        Complaints.COMPLAINT_ID, "k1",
        Complaints.REPAIR_ORDER_ID, "k1",
        Complaints.RECEIVED_AT, at("2024-01-02"),
        Complaints.CLOSED_AT, at("2024-01-05"));
  }

  @Test
  void aComplaintIsOpenUntilItsClosingIsKnown() {
    Field[] counts = {
      CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
      CustomerSnapshots.COMPLAINTS_12M_COUNT,
      CustomerSnapshots.OPEN_COMPLAINT_SINCE_ON,
      CustomerSnapshots.SLOWEST_COMPLAINT_12M_DAYS
    };
    assertThat(customer("complaint", "2024-01-09", counts)).containsExactly("1|1|2024-01-02|null");
    assertThat(customer("complaint", "2024-01-10", counts)).containsExactly("0|1|null|3");
  }

  private static void leaving(History history) {
    LocalDate sold = LocalDate.parse("2024-03-01");
    for (String file : List.of("gone", "returned", "has another")) {
      history.person(file, "of " + file, "Aurora", VehicleOwnerships.OWNED_UNTIL_ON, sold);
      visit(history, file, "g " + file, "2024-01-01");
    }
    visit(history, "returned", "g2", "2024-04-01");
    history.visit("g3", "has another", "not of the register", "2024-02-01", NOT_READ);
  }

  @Test
  void aPersonLeavesWithTheLastVehicleAndReturnsWithALaterVisit() {
    assertThat(customer("gone", "2024-03-01", CustomerSnapshots.EXITED_ON)).containsExactly("null");
    assertThat(customer("gone", "2024-04-30", CustomerSnapshots.EXITED_ON))
        .containsExactly("2024-03-01");
    for (String file : List.of("returned", "has another")) {
      assertThat(customer(file, "2024-04-30", CustomerSnapshots.EXITED_ON)).containsExactly("null");
    }
  }

  private static void driving(History history) {
    // Shares in what is usual for the model.
    person(history, "another");
    history.visit("d0", "another", "of another", "2024-01-01", 10_000);
    history.visit("d9", "another", "of another", "2024-03-01", 12_000);
    person(history, "slow");
    // Delivered an hour or two late.
    history.visit(
        "d1", "slow", "of slow", "2024-01-01", 7_300, RepairOrders.PROMISED_AT, at("2024-01-01"));
    history.line("d1", "2024-01-01", "MAINTENANCE", "OIL");
    person(history, "fast");
    history.visit("d2", "fast", "of fast", "2024-01-01", 73_000);
    history.line("d2", "2024-01-01", "MAINTENANCE", "OIL");
    person(history, "misread");
    history.visit("d3", "misread", "of misread", "2023-01-01", 10_000);
    history.line("d3", "2023-01-01", "MAINTENANCE", "OIL");
    history.visit("d4", "misread", "of misread", "2023-12-31", 20_000);
    history.line("d4", "2023-12-31", "MAINTENANCE", "OIL");
    history.visit("d5", "misread", "of misread", "2024-03-01", 2_200);
    history.visit("d6", "misread", "of misread", "2024-06-01", 25_000);
  }

  @Test
  void theServiceIsDueByMonthsOrKilometresWhicheverComesFirst() {
    // 10 and 100 km a day lean on everybody's median of 22 with the weight of two readings to one.
    Field[] due = {CustomerSnapshots.KM_PER_DAY, CustomerSnapshots.DUE_ON};
    assertThat(customer("slow", "2024-06-30", due)).containsExactly("18.0|2025-01-01");
    assertThat(customer("fast", "2024-06-30", due)).containsExactly("48.0|2024-07-27");
  }

  @Test
  void aVehicleTellsItsMaintenanceAndPlausibleReadings() {
    assertThat(
            RowTexts.of(
                vehicles,
                VehicleSnapshots.VEHICLE_ID,
                "of misread",
                VehicleSnapshots.SNAPSHOT_ON,
                "2024-06-30",
                VehicleSnapshots.CUSTOMER_ID,
                VehicleSnapshots.LAST_MAINTENANCE_ON,
                VehicleSnapshots.LAST_MAINTENANCE_KM,
                VehicleSnapshots.MAINTENANCE_COUNT,
                VehicleSnapshots.MEAN_MAINTENANCE_GAP_DAYS,
                VehicleSnapshots.READINGS_COUNT,
                VehicleSnapshots.LAST_ODOMETER_KM,
                VehicleSnapshots.INTERVAL_KM))
        .containsExactly("misread|2023-12-31|20000|2|364.0|3|25000|10000");
  }

  private static void moving(History history) {
    person(history, "moving");
    visit(history, "moving", "m1", "2024-01-01");
    visit(history, "moving", "m2", "2024-02-01");
    visit(history, "moving", "m3", "2024-03-01", RepairOrders.DEALER_ID, "D2");
  }

  @Test
  void theHomeDealerIsTheOneOfMostVisitDays() {
    assertThat(
            customer(
                "moving",
                "2024-06-30",
                CustomerSnapshots.HOME_DEALER_ID,
                CustomerSnapshots.DEALERS_24M_COUNT,
                CustomerSnapshots.DISTANCE_KM,
                CustomerSnapshots.MEMBER_TIER))
        .containsExactly("D1|2|7.5|GOLD");
  }

  private static void served(History history) {
    person(history, "served");
    visit(history, "served", "t1", "2024-01-01");
    history.praise("t1", "2024-01-05");
  }

  @Test
  void praiseReachesThePersonThroughTheOrder() {
    assertThat(
            customer(
                "served",
                "2024-01-09",
                CustomerSnapshots.REACHED_12M_COUNT,
                CustomerSnapshots.PRAISES_12M_COUNT,
                CustomerSnapshots.MEAN_REPAIR_MARK))
        .containsExactly("1|1|5.0");
  }

  private static void person(History history, String file) {
    history.person(file, "of " + file, "Aurora");
  }

  private static History visit(
      History history, String file, String order, String day, Object... fieldsAndValues) {
    return history.visit(order, file, "of " + file, day, NOT_READ, fieldsAndValues);
  }

  private static List<String> customer(String id, String day, Field... fields) {
    return RowTexts.of(
        customers, CustomerSnapshots.CUSTOMER_ID, id, CustomerSnapshots.SNAPSHOT_ON, day, fields);
  }
}
