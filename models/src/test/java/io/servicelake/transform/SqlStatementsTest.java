package io.servicelake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.decision.AssignContactDuties;
import io.servicelake.transform.decision.Touch;
import io.servicelake.transform.feature.ServiceInterval;
import io.servicelake.transform.feature.SnapshotComponents;
import io.servicelake.transform.feature.SnapshotCustomers;
import io.servicelake.transform.feature.SnapshotTechnicians;
import io.servicelake.transform.feature.SnapshotVehicles;
import io.servicelake.transform.gold.ComplaintClock;
import io.servicelake.transform.gold.ComputeComplaintCases;
import io.servicelake.transform.gold.ComputeComplaintSteps;
import io.servicelake.transform.gold.ComputeCustomerContacts;
import io.servicelake.transform.gold.ComputeCustomerMonths;
import io.servicelake.transform.gold.ComputeServiceVisits;
import io.servicelake.transform.gold.ComputeVehicleRecalls;
import io.servicelake.transform.gold.ComputeVehicleUsage;
import io.servicelake.transform.gold.ComputeVisitJobs;
import io.servicelake.transform.gold.ComputeVisitVersions;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.score.StateCustomers;
import io.servicelake.transform.silver.ResolveCustomers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * Every statement below sql/ is analysed against empty tables of its input contracts by the
 * transform that owns it; SqlTransform refuses a result that differs from the contract. The
 * statements of serving are analysed by the tests of serving.
 */
class SqlStatementsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate DAY = LocalDate.parse("2024-06-30");

  @Test
  void everyStatementOfGoldAgreesWithItsContract() {
    Map<TableContract, Dataset<Row>> results =
        Map.of(
            VisitVersions.TABLE,
            ComputeVisitVersions.compute(
                none(RepairOrders.TABLE),
                none(RepairOrderLines.TABLE),
                none(VehicleOwnerships.TABLE),
                ZONE),
            ServiceVisits.TABLE,
            ComputeServiceVisits.compute(
                none(VisitVersions.TABLE),
                none(Vehicles.TABLE),
                none(CustomerIdentities.TABLE),
                PaceRules.USUAL,
                ZONE),
            VisitJobs.TABLE,
            ComputeVisitJobs.compute(
                none(VisitVersions.TABLE),
                none(RepairOrderLines.TABLE),
                none(Vehicles.TABLE),
                ZONE),
            CustomerContacts.TABLE,
            ComputeCustomerContacts.compute(
                none(Contacts.TABLE),
                none(RepairOrders.TABLE),
                none(CustomerIdentities.TABLE),
                ZONE),
            ComplaintSteps.TABLE,
            ComputeComplaintSteps.compute(none(Complaints.TABLE), none(Staff.TABLE)),
            VehicleRecalls.TABLE,
            ComputeVehicleRecalls.compute(none(Vehicles.TABLE), none(RecallModels.TABLE)),
            ComplaintCases.TABLE,
            ComputeComplaintCases.compute(
                none(Complaints.TABLE),
                none(ComplaintSteps.TABLE),
                none(RepairOrders.TABLE),
                none(CustomerIdentities.TABLE),
                new ComplaintClock(1, 24, 48, 48, 168),
                ZONE),
            CustomerMonths.TABLE,
            ComputeCustomerMonths.compute(none(ServiceVisits.TABLE)),
            VehicleUsage.TABLE,
            ComputeVehicleUsage.compute(
                none(VisitVersions.TABLE), none(Vehicles.TABLE), PaceRules.USUAL));
    assertAgreement(results);
  }

  @Test
  void everyStatementOfFeatureAndDecisionAgreesWithItsContract() {
    Dataset<Row> days = AsOfDays.of(SparkSessionForTests.session(), ZONE, List.of(DAY));
    Dataset<Row> identities =
        ResolveCustomers.asOf(none(Customers.TABLE), none(CustomerLinks.TABLE), days);
    Map<TableContract, Dataset<Row>> results =
        Map.of(
            VehicleSnapshots.TABLE,
            SnapshotVehicles.compute(
                days,
                identities,
                none(VisitVersions.TABLE),
                none(Vehicles.TABLE),
                none(VehicleOwnerships.TABLE),
                List.of(new ServiceInterval(ServiceInterval.ANY, ServiceInterval.ANY, 12, 10_000)),
                PaceRules.USUAL,
                ZONE),
            CustomerSnapshots.TABLE,
            SnapshotCustomers.compute(
                days,
                identities,
                none(VehicleSnapshots.TABLE),
                none(VisitVersions.TABLE),
                none(Complaints.TABLE),
                none(Contacts.TABLE),
                none(VehicleOwnerships.TABLE),
                none(Customers.TABLE),
                ZONE),
            ComponentSnapshots.TABLE,
            SnapshotComponents.compute(
                days,
                none(VehicleSnapshots.TABLE),
                none(VisitVersions.TABLE),
                List.of("BRAKE_PAD"),
                PaceRules.USUAL,
                ZONE),
            TechnicianSnapshots.TABLE,
            SnapshotTechnicians.compute(
                days,
                none(VisitVersions.TABLE),
                none(RepairOrderLines.TABLE),
                none(Contacts.TABLE),
                none(Staff.TABLE),
                ZONE),
            CustomerStates.TABLE,
            StateCustomers.compute(none(CustomerSnapshots.TABLE), none(VehicleStates.TABLE)),
            ContactDuties.TABLE,
            AssignContactDuties.compute(
                none(ServiceVisits.TABLE),
                none(CustomerSegments.TABLE),
                none(ContactDuties.TABLE),
                List.of(new Touch("cadence-72h", 1, "PHONE", 0, 3, List.of(Touch.Audience.ALL))),
                100_000L,
                DAY,
                DAY));
    assertAgreement(results);
  }

  @Test
  void everyStatementIsRunByATransformAndShortAndTellsItsGrainAndNeverAsksTheClock()
      throws IOException {
    Path root = Path.of("src/main/resources/sql");
    String code = sources();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file -> {
                List<String> lines = Files.readAllLines(file);
                String name = file.getFileName().toString().replace(".sql", "");
                assertThat(lines).as("lines of %s", name).hasSizeLessThanOrEqualTo(60);
                assertThat(lines.get(0)).startsWith("-- ").contains(name);
                assertThat(String.join(" ", lines).toLowerCase(java.util.Locale.ROOT))
                    .doesNotContainPattern(
                        "current_date|current_timestamp|\\bnow\\(|\\brand\\(|\\buuid\\(");
                assertThat(code).contains(name);
              });
    }
  }

  private static String sources() throws IOException {
    StringBuilder code = new StringBuilder();
    for (String folder : List.of("transform", "campaign")) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/servicelake", folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          code.append(Files.readString(file));
        }
      }
    }
    return code.toString();
  }

  private static void assertAgreement(Map<TableContract, Dataset<Row>> results) {
    results.forEach(
        (table, rows) -> {
          assertThat(columns(rows.schema())).as(table.id()).isEqualTo(columns(table.schema()));
          assertThat(rows.isEmpty()).as(table.id()).isTrue();
        });
  }

  private static List<String> columns(StructType schema) {
    return Stream.of(schema.fields())
        .map((StructField field) -> field.name() + " " + field.dataType())
        .toList();
  }

  private static Dataset<Row> none(TableContract table) {
    return TestRows.of(table).build();
  }
}
