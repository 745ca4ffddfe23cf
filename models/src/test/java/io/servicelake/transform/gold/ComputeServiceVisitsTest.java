package io.servicelake.transform.gold;

import static io.servicelake.contract.Versioned.SUPERSEDED_AT;
import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Vehicles;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeServiceVisitsTest {
  private final TestRows versions = TestRows.of(VisitVersions.TABLE);
  private final TestRows vehicles = TestRows.of(Vehicles.TABLE);
  private final TestRows identities = TestRows.of(CustomerIdentities.TABLE);

  @Test
  void twoSpellingsOfAPersonAreOneCustomer() {
    onFile("o1", "li-ming", "2024-05-01");
    onFile("o2", "LI MING", "2024-05-08");
    identity("li-ming", "c1");
    identity("LI MING", "c1");
    assertThat(GoldRows.of(compute(), ServiceVisits.REPAIR_ORDER_ID, ServiceVisits.CUSTOMER_ID))
        .containsExactly("o1|c1", "o2|c1");
    assertThat(
            GoldRows.of(
                ComputeCustomerMonths.compute(compute()),
                CustomerMonths.CUSTOMER_ID,
                CustomerMonths.MONTH_ON,
                CustomerMonths.VISITS_COUNT))
        .containsExactly("c1|2024-05-01|2");
  }

  @Test
  void ordersOfOneDayStayApartAndCountAsOneVisitOfTheMonth() {
    onFile("o1", "f1", "2024-05-01");
    onFile("o2", "f1", "2024-05-01");
    identity("f1", "c1");
    assertThat(compute().count()).isEqualTo(2);
    assertThat(GoldRows.of(ComputeCustomerMonths.compute(compute()), CustomerMonths.VISITS_COUNT))
        .containsExactly("1");
  }

  @Test
  void onlyTheVersionThatStandsIsShown() {
    versions.row(VisitVersions.REPAIR_ORDER_ID, "o1", SUPERSEDED_AT, at("2024-05-02"));
    assertThat(compute().count()).isZero();
  }

  @Test
  void aReadingAgainstEarlierAndLaterOnesIsTakenOut() {
    reading("o1", "2023-01-01", 10_000);
    reading("o2", "2023-07-01", 20_000);
    reading("o3", "2024-01-01", 3_000);
    reading("o4", "2024-07-01", 40_000);
    reading("o5", "2025-01-01", 500_000);
    reading("o6", "2025-07-01", 60_000);
    assertThat(GoldRows.of(compute(), ServiceVisits.REPAIR_ORDER_ID, ServiceVisits.ODOMETER_KM))
        .containsExactly("o1|10000", "o2|20000", "o3|null", "o4|40000", "o5|null", "o6|60000");
  }

  @Test
  void ofThreeReadingsTheOneBetweenFallsOutIfTheOthersAgreeWithoutIt() {
    reading("o1", "2023-01-01", 10_000);
    reading("o2", "2023-07-01", 150_000);
    reading("o3", "2024-01-01", 20_000);
    assertThat(GoldRows.of(compute(), ServiceVisits.REPAIR_ORDER_ID, ServiceVisits.ODOMETER_KM))
        .containsExactly("o1|10000", "o2|null", "o3|20000");
  }

  @Test
  void distancePerDayComesFromPlausibleReadingsAndLeansOnTheMedian() {
    reading("o1", "2023-01-01", 10_000);
    reading("o2", "2023-04-11", 14_000);
    reading("o3", "2023-07-20", 18_000);
    vehicles.row(Vehicles.VEHICLE_ID, "v1", Vehicles.MODEL, "A");
    versions.row(
        VisitVersions.REPAIR_ORDER_ID, "o9",
        VisitVersions.VEHICLE_ID, "without reading",
        VisitVersions.VISIT_ON, LocalDate.parse("2023-01-01"));
    assertThat(
            GoldRows.of(
                ComputeVehicleUsage.compute(versions.build(), vehicles.build(), PaceRules.USUAL),
                VehicleUsage.VEHICLE_ID,
                VehicleUsage.READINGS_COUNT,
                VehicleUsage.LAST_ODOMETER_KM,
                VehicleUsage.KM_PER_DAY))
        .containsExactly("v1|3|18000|40.0", "without reading|0|null|40.0");
  }

  private Dataset<Row> compute() {
    return ComputeServiceVisits.compute(
        versions.build(), vehicles.build(), identities.build(), PaceRules.USUAL, GoldRows.ZONE);
  }

  private void onFile(String id, String file, String day) {
    versions.row(
        VisitVersions.REPAIR_ORDER_ID,
        id,
        VisitVersions.CUSTOMER_RECORD_ID,
        file,
        VisitVersions.VISIT_ON,
        LocalDate.parse(day),
        VisitVersions.RECEIVED_AT,
        at(day));
  }

  private void reading(String id, String day, int km) {
    versions.row(
        VisitVersions.REPAIR_ORDER_ID,
        id,
        VisitVersions.VEHICLE_ID,
        "v1",
        VisitVersions.VISIT_ON,
        LocalDate.parse(day),
        VisitVersions.RECEIVED_AT,
        at(day),
        VisitVersions.ODOMETER_KM,
        km);
  }

  private void identity(String file, String customer) {
    identities.row(
        CustomerIdentities.CUSTOMER_RECORD_ID, file,
        CustomerIdentities.CUSTOMER_ID, customer,
        CustomerIdentities.ACCOUNT_CLASS, "PERSON");
  }
}
