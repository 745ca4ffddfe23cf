package io.servicelake.transform.feature;

import static io.servicelake.contract.Versioned.KNOWN_AT;
import static io.servicelake.contract.Versioned.SUPERSEDED_AT;
import static io.servicelake.transform.feature.History.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final String DAY = "2024-06-30";

  private final History history = new History();

  @Test
  void ordersOfOneDayAreOneVisitDay() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1).line("o1", "2024-01-01", "REPAIR", "AC");
    history.visit("o2", "f1", "v1", "2024-01-01", 1).line("o2", "2024-01-01", "REPAIR", "AC");
    history.visit("o3", "f1", "v1", "2024-01-11", 1).visit("o4", "f1", "v1", "2024-02-10", 1);
    assertThat(
            of(
                history.customers(DAY),
                CustomerSnapshots.VISITS_COUNT,
                CustomerSnapshots.MEAN_GAP_DAYS,
                CustomerSnapshots.PREVIOUS_VISIT_ON,
                CustomerSnapshots.NET_12M_AMOUNT_MINOR))
        .containsExactly("3|20.0|2024-01-11|20000");
  }

  @Test
  void twoSpellingsAreOnePersonFromTheDayTheEvidenceIsKnown() {
    history.person("f1", "v1", "Aurora").person("f2", "v2", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1).visit("o2", "f2", "v2", "2024-02-01", 1);
    history.add(
        CustomerLinks.TABLE, "2024-03-01",
        CustomerLinks.RECORD_A, "f1",
        CustomerLinks.RECORD_B, "f2",
        CustomerLinks.RULE, "phone+name");
    assertThat(
            of(
                history.customers("2024-02-28", "2024-03-01"),
                CustomerSnapshots.SNAPSHOT_ON,
                CustomerSnapshots.VISITS_COUNT,
                CustomerSnapshots.VEHICLES_COUNT))
        .containsExactly("2024-02-28|1|1", "2024-02-28|1|1", "2024-03-01|2|2");
  }

  @Test
  void aLateArrivingCorrectionCountsFromTheDayItIsKnown() {
    history.person("f1", "v1", "Aurora").visit("o1", "f1", "v1", "2024-01-01", 1);
    history.line("o1", "2024-01-01", "REPAIR", "AC", SUPERSEDED_AT, at("2024-05-01"));
    history.line("o1", "2024-05-01", "REPAIR", "AC", RepairOrderLines.NET_AMOUNT_MINOR, 20_000L);
    assertThat(
            of(
                history.customers("2024-04-30", "2024-05-01"),
                CustomerSnapshots.SNAPSHOT_ON,
                CustomerSnapshots.NET_12M_AMOUNT_MINOR))
        .containsExactly("2024-04-30|10000", "2024-05-01|20000");
  }

  @Test
  void aCancelledOrderIsForgottenFromTheDayItWasCancelled() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1, SUPERSEDED_AT, at("2024-02-01"));
    history.visit(
        "o1",
        "f1",
        "v1",
        "2024-01-01",
        1,
        RepairOrders.STATUS,
        "CANCELLED",
        KNOWN_AT,
        at("2024-02-01"));
    assertThat(of(history.customers("2024-01-31", "2024-02-01"), CustomerSnapshots.SNAPSHOT_ON))
        .containsExactly("2024-01-31");
  }

  @Test
  void aLateDeliveryAndAComebackCountOnceKnown() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1, RepairOrders.PROMISED_AT, at("2024-01-01"));
    history.line("o1", "2024-01-01", "REPAIR", "AC");
    history.visit("o2", "f1", "v1", "2024-01-31", 1).line("o2", "2024-01-31", "REPAIR", "AC");
    assertThat(
            of(
                history.customers("2024-01-30", "2024-01-31"),
                CustomerSnapshots.SNAPSHOT_ON,
                CustomerSnapshots.LATE_DELIVERIES_12M_COUNT,
                CustomerSnapshots.COMEBACKS_12M_COUNT))
        .containsExactly("2024-01-30|1|0", "2024-01-31|1|1");
  }

  @Test
  void aComplaintIsOpenUntilItsClosingIsKnown() {
    history.person("f1", "v1", "Aurora").visit("o1", "f1", "v1", "2024-01-01", 1);
    history.add(
        Complaints.TABLE,
        "2024-01-02",
        Complaints.COMPLAINT_ID,
        "k1",
        Complaints.REPAIR_ORDER_ID,
        "o1",
        Complaints.RECEIVED_AT,
        at("2024-01-02"),
        SUPERSEDED_AT,
        at("2024-01-10"));
    history.add(
        Complaints.TABLE, "2024-01-10",
        Complaints.COMPLAINT_ID, "k1",
        Complaints.REPAIR_ORDER_ID, "o1",
        Complaints.RECEIVED_AT, at("2024-01-02"),
        Complaints.CLOSED_AT, at("2024-01-05"));
    assertThat(
            of(
                history.customers("2024-01-09", "2024-01-10"),
                CustomerSnapshots.SNAPSHOT_ON,
                CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
                CustomerSnapshots.COMPLAINTS_12M_COUNT))
        .containsExactly("2024-01-09|1|1", "2024-01-10|0|1");
  }

  @Test
  void aPersonLeavesWithTheLastVehicleAndReturnsWithALaterVisit() {
    for (String file : List.of("gone", "back")) {
      history.person(file, "of " + file, "Aurora");
      history.visit("o " + file, file, "of " + file, "2024-01-01", 1);
    }
    history.replace(
        VehicleOwnerships.TABLE,
        history
            .table(VehicleOwnerships.TABLE)
            .withColumn(
                VehicleOwnerships.OWNED_UNTIL_ON.name(),
                org.apache.spark.sql.functions.lit(LocalDate.parse("2024-03-01"))));
    history.visit("o3", "back", "of back", "2024-04-01", 1);
    assertThat(
            of(
                history.customers("2024-03-01", DAY),
                CustomerSnapshots.SNAPSHOT_ON,
                CustomerSnapshots.CUSTOMER_ID,
                CustomerSnapshots.EXITED_ON))
        .containsExactly(
            "2024-03-01|back|null",
            "2024-03-01|gone|null",
            "2024-06-30|back|null",
            "2024-06-30|gone|2024-03-01");
  }

  @Test
  void theServiceIsDueByMonthsOrKilometresWhicheverComesFirst() {
    history.person("slow", "v1", "Aurora").person("fast", "v2", "Borea");
    history.visit("o1", "slow", "v1", "2024-01-01", 7_300);
    history.line("o1", "2024-01-01", "MAINTENANCE", "OIL");
    history.visit("o2", "fast", "v2", "2024-01-01", 73_000);
    history.line("o2", "2024-01-01", "MAINTENANCE", "OIL");
    List<String> due =
        of(
            history.customers(DAY),
            CustomerSnapshots.CUSTOMER_ID,
            CustomerSnapshots.KM_PER_DAY,
            CustomerSnapshots.DUE_ON);
    // 10 and 100 km a day lean on their median of 55 with the weight of two readings to one.
    assertThat(due).containsExactly("fast|70.0|2024-05-22", "slow|40.0|2024-09-07");
  }

  @Test
  void theHomeDealerIsTheOneOfMostVisitDays() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1).visit("o2", "f1", "v1", "2024-02-01", 1);
    history.visit("o3", "f1", "v1", "2024-03-01", 1, RepairOrders.DEALER_ID, "D2");
    assertThat(
            of(
                history.customers(DAY),
                CustomerSnapshots.HOME_DEALER_ID,
                CustomerSnapshots.DEALERS_24M_COUNT,
                CustomerSnapshots.DISTANCE_KM,
                CustomerSnapshots.MEMBER_TIER))
        .containsExactly("D1|2|7.5|GOLD");
  }

  @Test
  void aVehicleTellsItsMaintenanceAndReadings() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2023-01-01", 10_000);
    history.line("o1", "2023-01-01", "MAINTENANCE", "OIL");
    history.visit("o2", "f1", "v1", "2023-12-31", 20_000);
    history.line("o2", "2023-12-31", "MAINTENANCE", "OIL");
    history.visit("typo", "f1", "v1", "2024-03-01", 2_200);
    history.visit("o4", "f1", "v1", "2024-06-01", 25_000);
    assertThat(
            of(
                history.vehicles(DAY),
                VehicleSnapshots.CUSTOMER_ID,
                VehicleSnapshots.LAST_MAINTENANCE_ON,
                VehicleSnapshots.LAST_MAINTENANCE_KM,
                VehicleSnapshots.MAINTENANCE_COUNT,
                VehicleSnapshots.MEAN_MAINTENANCE_GAP_DAYS,
                VehicleSnapshots.READINGS_COUNT,
                VehicleSnapshots.LAST_ODOMETER_KM,
                VehicleSnapshots.INTERVAL_KM))
        .containsExactly("f1|2023-12-31|20000|2|364.0|3|25000|10000");
  }

  @Test
  void aComponentTellsItsRepairsAndWhatWasDeclinedSince() {
    history.person("f1", "v1", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 10_000);
    history.line("o1", "2024-01-01", "REPAIR", "BRAKE_PAD");
    history.line("o1", "2024-01-01", "REPAIR", "AC");
    history.visit("o2", "f1", "v1", "2024-03-01", 12_000);
    history.line("o2", "2024-03-01", "REPAIR", "BRAKE_PAD", RepairOrderLines.IS_DECLINED, true);
    assertThat(
            of(
                history.components(DAY),
                ComponentSnapshots.COMPONENT_CODE,
                ComponentSnapshots.REPAIRS_COUNT,
                ComponentSnapshots.LAST_REPAIRED_KM,
                ComponentSnapshots.DECLINED_COUNT,
                ComponentSnapshots.OTHER_REPAIRS_24M_COUNT))
        .containsExactly("BATTERY_12V|0|null|0|2", "BRAKE_PAD|1|10000|1|1");
  }

  @Test
  void vehiclesWithoutAVisitInTwoYearsHaveNoComponents() {
    history.person("f1", "v1", "Aurora").visit("o1", "f1", "v1", "2022-06-30", 10_000);
    assertThat(history.components("2024-06-29").count()).isEqualTo(2);
    assertThat(history.components("2024-06-30").count()).isZero();
  }

  @Test
  void aTechnicianIsHeldAgainstTheGroupsRateForTheComponents() {
    history.person("f1", "v1", "Aurora").person("f2", "v2", "Aurora");
    history.visit("o1", "f1", "v1", "2024-01-01", 1).line("o1", "2024-01-01", "REPAIR", "AC");
    history.visit("o2", "f1", "v1", "2024-01-20", 1);
    history.line("o2", "2024-01-20", "REPAIR", "AC", RepairOrderLines.TECHNICIAN_ID, "t2");
    history.add(
        Contacts.TABLE, "2024-01-05",
        Contacts.CONTACT_ID, "c1",
        Contacts.REPAIR_ORDER_ID, "o1",
        Contacts.MADE_AT, at("2024-01-05"),
        Contacts.IS_REACHED, true,
        Contacts.REPAIR_MARK, 5,
        Contacts.OUTCOME, "PRAISE");
    assertThat(
            of(
                history.technicians("2024-01-30", DAY),
                TechnicianSnapshots.SNAPSHOT_ON,
                TechnicianSnapshots.STAFF_ID,
                TechnicianSnapshots.JOBS_12M_COUNT,
                TechnicianSnapshots.MATURED_JOBS_12M_COUNT,
                TechnicianSnapshots.COMEBACKS_12M_COUNT,
                TechnicianSnapshots.EXPECTED_COMEBACKS_12M_COUNT,
                TechnicianSnapshots.PRAISES_12M_COUNT,
                TechnicianSnapshots.EXPECTED_CLOCKED_12M_HOURS))
        .containsExactly(
            "2024-01-30|t1|1|0|0|0.0|1|1.5",
            "2024-01-30|t2|1|0|0|0.0|0|1.5",
            "2024-06-30|t1|1|1|1|0.5|1|1.5",
            "2024-06-30|t2|1|1|0|0.5|0|1.5");
  }

  @Test
  void intervalsWithoutADefaultForAnyPowertrainAreRefused() {
    assertThatThrownBy(
            () ->
                ServiceInterval.rows(
                    SparkSessionForTests.session(),
                    List.of(new ServiceInterval("ICE", 12, 10_000))))
        .hasMessageContaining("Add an interval for \"*\"");
  }

  private static List<String> of(Dataset<Row> rows, Field... fields) {
    return rows
        .select(Stream.of(fields).map(Field::col).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }
}
