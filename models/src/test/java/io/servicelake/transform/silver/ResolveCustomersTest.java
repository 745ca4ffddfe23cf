package io.servicelake.transform.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ResolveCustomersTest {
  private static final String UNNAMED = null;
  private final TestRows customers = TestRows.of(Customers.TABLE);
  private final TestRows ownerships = TestRows.of(VehicleOwnerships.TABLE);

  @Test
  void filesThatAgreeOnPhoneAndNameBecomeOnePersonWhenBothSidesAreKnown() {
    file("a", "2024-01-10", null, "li", "139");
    file("b", "2024-03-05", null, "li", "139");
    file("c", "2024-01-01", null, "wang", "138");

    assertThat(personsOn("2024-03-04", "2024-03-05"))
        .containsExactly(
            "2024-03-04 a is a PERSON",
            "2024-03-04 c is c PERSON",
            "2024-03-05 a is a PERSON",
            "2024-03-05 b is a PERSON",
            "2024-03-05 c is c PERSON");
  }

  @Test
  void aCorrectionThatBreaksTheEvidencePartsThePersonsAgain() {
    file("a", "2024-01-10", null, "li", "139");
    file("b", "2024-02-01", "2024-05-01", "li", "139");
    file("b", "2024-05-01", null, "li", "137");

    assertThat(personsOn("2024-04-30", "2024-05-01"))
        .containsExactly(
            "2024-04-30 a is a PERSON",
            "2024-04-30 b is a PERSON",
            "2024-05-01 a is a PERSON",
            "2024-05-01 b is b PERSON");
    List<Row> links = links().collectAsList();
    assertThat(links).hasSize(1);
    assertThat(links.get(0).<Timestamp>getAs(CustomerLinks.SUPERSEDED_AT.name()))
        .isEqualTo(Timestamp.from(at("2024-05-01")));
  }

  @Test
  void evidenceChainsOverSeveralFilesAndVehicles() {
    file("z", "2024-01-01", null, "li", "139");
    file("y", "2024-01-02", null, "li", "138");
    file("x", "2024-01-03", null, UNNAMED, "138");
    holds("z", "car", "2024-01-04");
    holds("y", "car", "2024-01-05");
    holds("x", "car", "2024-01-06");

    assertThat(personsOn("2024-01-05", "2024-01-06"))
        .containsExactly(
            "2024-01-05 x is x PERSON",
            "2024-01-05 y is z PERSON",
            "2024-01-05 z is z PERSON",
            "2024-01-06 x is z PERSON",
            "2024-01-06 y is z PERSON",
            "2024-01-06 z is z PERSON");
    assertThat(current()).containsExactly("x is z", "y is z", "z is z");
  }

  @Test
  void aPhoneSharedByTooManyFilesLinksNobodyFromThatTimeOnAndLeavesThePastAsItWas() {
    for (int i = 0; i < 7; i++) {
      file("f" + i, "2024-01-0" + (i + 1), null, "li", "400");
    }

    assertThat(personsOn("2024-01-06")).hasSize(6).allMatch(line -> line.contains("is f0"));
    assertThat(personsOn("2024-01-07"))
        .containsExactly(
            "2024-01-07 f0 is f0 PERSON",
            "2024-01-07 f1 is f1 PERSON",
            "2024-01-07 f2 is f2 PERSON",
            "2024-01-07 f3 is f3 PERSON",
            "2024-01-07 f4 is f4 PERSON",
            "2024-01-07 f5 is f5 PERSON",
            "2024-01-07 f6 is f6 PERSON");
  }

  @Test
  void aFileWithMoreVehiclesThanAPersonHoldsIsAFleetFromTheSixthOn() {
    file("a", "2024-01-01", null, "li", "139");
    for (int i = 1; i <= 6; i++) {
      holds("a", "car" + i, "2024-02-0" + i);
    }

    assertThat(personsOn("2024-02-05", "2024-02-06"))
        .containsExactly("2024-02-05 a is a PERSON", "2024-02-06 a is a FLEET");
  }

  @Test
  void aPersonLinkedWithAnInsurersFileIsAnInsurer() {
    file("a", "2024-01-01", null, "li", "139");
    customers.row(
        Customers.CUSTOMER_RECORD_ID, "b",
        Customers.DEALER_ID, "D1",
        Customers.ACCOUNT_CLASS, "INSURER",
        Customers.NAME_TOKEN, "li",
        Customers.PHONE_TOKEN, "139",
        Versioned.KNOWN_AT, at("2024-01-02"));

    assertThat(personsOn("2024-01-02"))
        .containsExactly("2024-01-02 a is a INSURER", "2024-01-02 b is a INSURER");
  }

  private void file(String record, String known, String superseded, String name, String phone) {
    customers.row(
        Customers.CUSTOMER_RECORD_ID,
        record,
        Customers.DEALER_ID,
        "D1",
        Customers.ACCOUNT_CLASS,
        "PERSON",
        Customers.NAME_TOKEN,
        name,
        Customers.PHONE_TOKEN,
        phone,
        Versioned.KNOWN_AT,
        at(known),
        Versioned.SUPERSEDED_AT,
        superseded == null ? null : at(superseded));
  }

  private void holds(String record, String vehicle, String known) {
    ownerships.row(
        VehicleOwnerships.VEHICLE_ID, vehicle,
        VehicleOwnerships.CUSTOMER_RECORD_ID, record,
        Versioned.KNOWN_AT, at(known));
  }

  private Dataset<Row> links() {
    return LinkCustomers.compute(
        customers.build(), ownerships.build(), LinkCustomers.Rules.DEFAULT);
  }

  private List<String> personsOn(String... days) {
    List<Row> rows = new ArrayList<>();
    for (String day : days) {
      rows.add(
          RowFactory.create(
              Date.valueOf(day),
              Timestamp.from(
                  LocalDate.parse(day)
                      .plusDays(1)
                      .atStartOfDay(java.time.ZoneOffset.UTC)
                      .toInstant())));
    }
    Dataset<Row> asOfDays =
        SparkSessionForTests.session()
            .createDataFrame(
                rows,
                new StructType()
                    .add(CustomerSnapshots.SNAPSHOT_ON.name(), Columns.DATE)
                    .add(ResolveCustomers.END_AT.name(), Columns.TIMESTAMP));
    return ResolveCustomers.asOf(customers.build(), links(), asOfDays).collectAsList().stream()
        .map(
            row ->
                "%s %s is %s %s"
                    .formatted(
                        row.getDate(0), row.getString(1), row.getString(2), row.getString(3)))
        .sorted()
        .toList();
  }

  private List<String> current() {
    TreeMap<String, String> persons = new TreeMap<>();
    for (Row row : ResolveCustomers.current(customers.build(), links()).collectAsList()) {
      persons.put(
          row.getAs(CustomerIdentities.CUSTOMER_RECORD_ID.name()),
          row.getAs(CustomerIdentities.CUSTOMER_ID.name()));
    }
    return persons.entrySet().stream().map(e -> e.getKey() + " is " + e.getValue()).toList();
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T08:00:00Z");
  }
}
