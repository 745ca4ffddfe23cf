package io.servicelake.transform.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceClockTest {
  private static final String NEW = "2023-06-30";
  private static final String DUE = "2023-12-15";
  private static final String OVERDUE = "2024-02-01";
  private static final String INACTIVE = "2024-12-31";
  private static final String LATER = "2025-06-30";
  private static final String LOST = "2028-12-30";
  private static final String[] DAYS = {
    "2023-04-30", NEW, DUE, OVERDUE, INACTIVE, LATER, "2028-12-29", LOST
  };

  private static List<Row> vehicles;
  private static List<Row> vehicleStates;
  private static List<Row> customerStates;

  @BeforeAll
  static void computeTheHistory() {
    History history = new History();
    readings(history);
    intervals(history);
    clocks(history);
    owners(history);
    dealers(history);
    vehicles = history.vehicles(DAYS).collectAsList();
    vehicleStates = history.vehicleStates(DAYS).collectAsList();
    customerStates = history.customerStates(DAYS).collectAsList();
  }

  /** Thirty km a day from the sale on, a reading each hundred days; one vehicle misread. */
  private static void readings(History history) {
    for (String vehicle : List.of("even", "typo", "miles", "rolled back")) {
      history.person("of " + vehicle, vehicle, "Thirty");
      for (int i = 1; i <= 8; i++) {
        int km = 3_000 * i;
        boolean isMisread = i == 5;
        int read =
            switch (vehicle) {
              case "typo" -> isMisread ? 10 * km : km;
              case "miles" -> isMisread ? (int) (km / 1.609) : km;
              case "rolled back" -> i >= 5 ? km - 9_000 : km;
              default -> km;
            };
        String day = LocalDate.parse("2022-01-01").plusDays(100L * i).toString();
        history.visit(vehicle + i, "of " + vehicle, vehicle, day, read);
      }
    }
    history.person("of fresh", "fresh", "Thirty");
    history.visit("fresh", "of fresh", "fresh", "2022-02-20", 5_000);
  }

  private static void intervals(History history) {
    for (String powertrain : List.of("BEV", "PHEV")) {
      history.add(
          Vehicles.TABLE,
          "2022-01-01",
          Vehicles.VEHICLE_ID,
          "volta " + powertrain,
          Vehicles.MODEL,
          "Volta",
          Vehicles.POWERTRAIN,
          powertrain);
      history.visit("v " + powertrain, "of fresh", "volta " + powertrain, "2023-01-01", 1_000);
    }
  }

  /** Ten km a day and twelve months: due by time, on 1 January 2024. */
  private static void clocks(History history) {
    for (String vehicle : List.of("plain", "repaired", "sold", "scrapped", "s5", "s6")) {
      boolean isGone = List.of("sold", "scrapped").contains(vehicle);
      Object[] ending = {
        VehicleOwnerships.OWNED_UNTIL_ON,
        LocalDate.parse("2023-03-01"),
        VehicleOwnerships.END_REASON,
        vehicle.toUpperCase(Locale.ROOT)
      };
      history.person("of " + vehicle, vehicle, "Slow", isGone ? ending : new Object[0]);
      maintenance(history, "of " + vehicle, vehicle, "2023-01-01", 3_650);
    }
    history.visit("repair", "of repaired", "repaired", "2025-06-01", 12_470);
    history.person("of twice", "twice", "Slow");
    maintenance(history, "of twice", "twice", "2022-06-01", 1_510);
    maintenance(history, "of twice", "twice", "2023-01-01", 3_650);
  }

  private static void owners(History history) {
    history.person("two", "kept", "Slow");
    history.person(
        "two files",
        "given away",
        "Slow",
        VehicleOwnerships.OWNED_UNTIL_ON,
        LocalDate.parse("2023-02-01"));
    history.add(
        CustomerLinks.TABLE,
        "2022-01-01",
        CustomerLinks.RECORD_A,
        "two",
        CustomerLinks.RECORD_B,
        "two files",
        CustomerLinks.RULE,
        "phone+name");
    maintenance(history, "two", "kept", "2022-12-01", 3_340);
    maintenance(history, "two files", "given away", "2023-01-10", 3_740);

    history.person("wife", "registered to the wife", "Slow");
    history.person(
        "of traded in",
        "traded in",
        "Slow",
        VehicleOwnerships.OWNED_UNTIL_ON,
        LocalDate.parse("2023-06-10"),
        VehicleOwnerships.END_REASON,
        "SOLD");
    history.person(
        "husband",
        "sold by the husband",
        "Slow",
        VehicleOwnerships.OWNED_UNTIL_ON,
        LocalDate.parse("2023-06-10"));
    history.add(
        Customers.TABLE, "2022-01-01",
        Customers.CUSTOMER_RECORD_ID, "used cars",
        Customers.DEALER_ID, "D1",
        Customers.ACCOUNT_CLASS, "DEALER_INTERNAL");
    maintenance(history, "of traded in", "traded in", "2023-05-01", 4_850);
    maintenance(history, "used cars", "traded in", "2023-06-12", 5_270);
    maintenance(history, "husband", "sold by the husband", "2023-05-01", 4_850);
    maintenance(history, "husband", "registered to the wife", "2023-05-20", 5_040);

    history.person("first", "handed on", "Slow");
    history.person("second", "of second", "Slow");
    maintenance(history, "first", "handed on", "2022-12-01", 3_340);
    maintenance(history, "second", "handed on", "2023-05-01", 4_850);

    history.person("one half", "shared", "Slow");
    history.person("other half", "of other half", "Slow");
    maintenance(history, "one half", "shared", "2022-08-01", 2_120);
    maintenance(history, "other half", "shared", "2022-10-01", 2_730);
    maintenance(history, "one half", "shared", "2022-12-01", 3_340);
    maintenance(history, "other half", "shared", "2023-02-01", 3_960);
  }

  /** To D1 once, then every year to D2. */
  private static void dealers(History history) {
    history.person("mover", "moved on", "Slow");
    maintenance(history, "mover", "moved on", "2022-06-01", 1_510);
    for (int year = 2023; year <= 2028; year++) {
      String day = year + "-06-01";
      history
          .visit(
              "m" + year,
              "mover",
              "moved on",
              day,
              1_510 + 3_652 * (year - 2022),
              RepairOrders.DEALER_ID,
              "D2")
          .line("m" + year, day, "MAINTENANCE", "OIL");
    }
  }

  @Test
  void intervalsWithoutADefaultForAnyPowertrainAreRefused() {
    assertThatThrownBy(
            () ->
                ServiceInterval.rows(
                    SparkSessionForTests.session(),
                    List.of(new ServiceInterval(ServiceInterval.ANY, "ICE", 12, 10_000))))
        .hasMessageContaining("Add an interval for \"*\"");
  }

  @Test
  void misreadOdometersDoNotMoveTheDistancePerDay() {
    for (String vehicle : List.of("even", "typo", "miles", "rolled back")) {
      assertThat(pace(vehicle, VehicleSnapshots.KM_PER_DAY))
          .as(vehicle)
          .isCloseTo(30, within(0.01));
    }
  }

  @Test
  void fewReadingsLeanOnTheModelAndTheirIntervalIsWider() {
    // One step of 100 km a day with the weight of one, the model's 30 with that of two.
    assertThat(pace("fresh", VehicleSnapshots.KM_PER_DAY)).isCloseTo(53.33, within(0.01));
    assertThat(width("fresh")).isGreaterThan(2 * width("even"));
    assertThat(pace("even", VehicleSnapshots.KM_PER_DAY_LOWER)).isBetween(28.0, 30.0);
  }

  @Test
  void intervalsAreThoseOfModelAndPowertrainWhereTheMakersIsNotKnown() {
    Field[] interval = {VehicleSnapshots.INTERVAL_MONTHS, VehicleSnapshots.INTERVAL_KM};
    assertThat(
            RowTexts.of(
                vehicles,
                VehicleSnapshots.VEHICLE_ID,
                "volta BEV",
                VehicleSnapshots.SNAPSHOT_ON,
                NEW,
                interval))
        .containsExactly("24|30000");
    assertThat(
            RowTexts.of(
                vehicles,
                VehicleSnapshots.VEHICLE_ID,
                "volta PHEV",
                VehicleSnapshots.SNAPSHOT_ON,
                NEW,
                interval))
        .containsExactly("6|8000");
  }

  @Test
  void theOwnRhythmPullsTheIntervalWithTheWeightOfItsGaps() {
    // One gap of 214 days beside two of the maker's 365.
    assertThat(
            RowTexts.of(
                vehicles,
                VehicleSnapshots.VEHICLE_ID,
                "twice",
                VehicleSnapshots.SNAPSHOT_ON,
                NEW,
                VehicleSnapshots.OWN_INTERVAL_DAYS,
                VehicleSnapshots.DUE_ON,
                VehicleSnapshots.DUE_BY))
        .containsExactly("315|2023-11-12|TIME");
  }

  @Test
  void aVehicleGoesFromNewToLostAsServicesAreMissed() {
    assertThat(Stream.of(NEW, DUE, OVERDUE, INACTIVE, "2028-12-29", LOST))
        .map(day -> vehicle("plain", day))
        .containsExactly("NEW|0", "DUE|0", "OVERDUE|0", "INACTIVE|1", "INACTIVE|4", "LOST|5");
    assertThat(vehicle("twice", NEW)).isEqualTo("ACTIVE|0");
  }

  @Test
  void anyVisitStartsTheCountOfMissedServicesAnew() {
    assertThat(vehicle("repaired", INACTIVE)).isEqualTo("INACTIVE|1");
    assertThat(vehicle("repaired", LATER)).isEqualTo("OVERDUE|0");
  }

  @Test
  void aVehicleSoldOrScrappedByTheSourceHasExitedWithItsReason() {
    assertThat(
            RowTexts.of(
                vehicleStates,
                VehicleStates.VEHICLE_ID,
                "scrapped",
                VehicleStates.SCORED_ON,
                "2023-04-30",
                VehicleStates.STATE,
                VehicleStates.EXIT_REASON))
        .containsExactly("EXITED|SCRAPPED");
    assertThat(customer("of sold", "2023-04-30")).containsExactly("D1|EXITED|EXITED|0|SOURCE");
  }

  @Test
  void ofTwoVehiclesTheOneStillOwnedGivesTheState() {
    assertThat(customer("two", NEW)).containsExactly("D1|NEW|NEW|1|null");
    assertThat(customer("two", OVERDUE)).containsExactly("D1|OVERDUE|OVERDUE|1|null");
  }

  @Test
  void whoSoldOneVehicleAndBroughtAnotherLastHasNotExited() {
    assertThat(customer("husband", NEW)).containsExactly("D1|NEW|NEW|1|null");
  }

  @Test
  void aVehicleTheDealerWorksOnAfterItWasTradedInHasExited() {
    assertThat(
            RowTexts.of(
                vehicleStates,
                VehicleStates.VEHICLE_ID,
                "traded in",
                VehicleStates.SCORED_ON,
                NEW,
                VehicleStates.CUSTOMER_ID,
                VehicleStates.STATE,
                VehicleStates.EXIT_REASON))
        .containsExactly("of traded in|EXITED|SOLD");
    assertThat(customer("of traded in", NEW)).containsExactly("D1|EXITED|EXITED|0|SOURCE");
  }

  @Test
  void aNewOwnersVisitEndsTheOldOwnersAndNotAHouseholdsTurn() {
    assertThat(customer("first", "2023-04-30")).containsExactly("D1|NEW|NEW|1|null");
    assertThat(customer("first", NEW)).containsExactly("D1|EXITED|EXITED|0|NEW_OWNER");
    assertThat(customer("second", NEW)).containsExactly("D1|NEW|NEW|1|null");
    assertThat(customer("one half", NEW)).containsExactly("D1|NEW|NEW|0|null");
  }

  @Test
  void lostToADealerIsNotLostToTheGroup() {
    assertThat(
            RowTexts.of(
                customerStates,
                CustomerStates.CUSTOMER_ID,
                "mover",
                CustomerStates.SCORED_ON,
                LOST,
                CustomerStates.DEALER_ID,
                CustomerStates.IS_HOME,
                CustomerStates.STATE,
                CustomerStates.IS_GROUP_LOST,
                CustomerStates.IS_DEALER_LOST))
        .containsExactly("D1|false|ACTIVE|false|true", "D2|true|ACTIVE|false|false");
  }

  private static void maintenance(
      History history, String file, String vehicle, String day, int km) {
    String order = vehicle + " " + day;
    history.visit(order, file, vehicle, day, km).line(order, day, "MAINTENANCE", "OIL");
  }

  private static double pace(String vehicle, Field field) {
    return Double.parseDouble(
        RowTexts.of(
                vehicles,
                VehicleSnapshots.VEHICLE_ID,
                vehicle,
                VehicleSnapshots.SNAPSHOT_ON,
                LATER,
                field)
            .get(0));
  }

  private static double width(String vehicle) {
    return pace(vehicle, VehicleSnapshots.KM_PER_DAY_UPPER)
        - pace(vehicle, VehicleSnapshots.KM_PER_DAY_LOWER);
  }

  private static String vehicle(String id, String day) {
    return RowTexts.of(
            vehicleStates,
            VehicleStates.VEHICLE_ID,
            id,
            VehicleStates.SCORED_ON,
            day,
            VehicleStates.STATE,
            VehicleStates.MISSED_COUNT)
        .get(0);
  }

  private static List<String> customer(String id, String day) {
    return RowTexts.of(
        customerStates,
        CustomerStates.CUSTOMER_ID,
        id,
        CustomerStates.SCORED_ON,
        day,
        CustomerStates.DEALER_ID,
        CustomerStates.STATE,
        CustomerStates.DEALER_STATE,
        CustomerStates.VEHICLES_COUNT,
        CustomerStates.EXIT_EVIDENCE);
  }
}
