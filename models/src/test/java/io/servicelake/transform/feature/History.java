package io.servicelake.transform.feature;

import static io.servicelake.contract.Versioned.KNOWN_AT;
import static io.servicelake.contract.Versioned.OCCURRED_AT;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.gold.ComputeVisitVersions;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.score.StateCustomers;
import io.servicelake.transform.score.StateVehicles;
import io.servicelake.transform.silver.ResolveCustomers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Silver tables of a small history, and the features of a day computed from them. */
final class History {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Map<TableContract, TestRows> rows = new LinkedHashMap<>();
  private final Map<TableContract, Dataset<Row>> tables = new LinkedHashMap<>();
  private final Map<List<String>, Dataset<Row>> vehicles = new LinkedHashMap<>();
  private final Map<List<String>, Dataset<Row>> customers = new LinkedHashMap<>();
  private Dataset<Row> visitVersions;

  History() {
    for (TableContract table :
        List.of(
            RepairOrders.TABLE,
            RepairOrderLines.TABLE,
            VehicleOwnerships.TABLE,
            Vehicles.TABLE,
            Customers.TABLE,
            CustomerLinks.TABLE,
            Complaints.TABLE,
            Contacts.TABLE,
            Staff.TABLE)) {
      rows.put(table, TestRows.of(table));
    }
  }

  /** Ten in the morning in the zone. */
  static Instant at(String day) {
    return Instant.parse(day + "T02:00:00Z");
  }

  /** A row of a table known from a day on, if it does not say otherwise. */
  History add(TableContract table, String knownOn, Object... fieldsAndValues) {
    List<Object> all = new ArrayList<>(List.of(KNOWN_AT, at(knownOn)));
    if (table.fields().contains(OCCURRED_AT)) {
      all.addAll(List.of(OCCURRED_AT, at(knownOn)));
    }
    for (Object one : fieldsAndValues) {
      all.add(one);
    }
    rows.get(table).row(all.toArray());
    return this;
  }

  /** A person's file, vehicle and its holding since the vehicle was sold. */
  History person(String file, String vehicle, String model, Object... holding) {
    List<Object> ownership =
        new ArrayList<>(
            List.of(
                VehicleOwnerships.VEHICLE_ID, vehicle, VehicleOwnerships.CUSTOMER_RECORD_ID, file));
    ownership.addAll(List.of(holding));
    return add(
            Customers.TABLE,
            "2022-01-01",
            Customers.CUSTOMER_RECORD_ID,
            file,
            Customers.DEALER_ID,
            "D1",
            Customers.ACCOUNT_CLASS,
            "PERSON",
            Customers.DISTANCE_KM,
            7.5,
            Customers.MEMBER_TIER,
            "GOLD")
        .add(
            Vehicles.TABLE,
            "2022-01-01",
            Vehicles.VEHICLE_ID,
            vehicle,
            Vehicles.MODEL,
            model,
            Vehicles.POWERTRAIN,
            "ICE",
            Vehicles.SOLD_ON,
            LocalDate.parse("2022-01-01"))
        .add(VehicleOwnerships.TABLE, "2022-01-01", ownership.toArray());
  }

  /** An order received and delivered on a day and known by its evening. */
  History visit(
      String id, String file, String vehicle, String day, Integer km, Object... fieldsAndValues) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                RepairOrders.REPAIR_ORDER_ID,
                id,
                RepairOrders.DEALER_ID,
                "D1",
                RepairOrders.CUSTOMER_RECORD_ID,
                file,
                RepairOrders.VEHICLE_ID,
                vehicle,
                RepairOrders.STATUS,
                "DELIVERED",
                RepairOrders.RECEIVED_AT,
                at(day),
                RepairOrders.DELIVERED_AT,
                at(day).plusSeconds(7200),
                KNOWN_AT,
                at(day).plusSeconds(7200)));
    all.add(RepairOrders.ODOMETER_KM);
    all.add(km);
    all.addAll(List.of(fieldsAndValues));
    return add(RepairOrders.TABLE, day, all.toArray());
  }

  /** A line done by technician t1 and charged 100.00, unless it says otherwise. */
  History line(
      String order, String day, String jobType, String component, Object... fieldsAndValues) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                RepairOrderLines.LINE_ID,
                order + "#" + component,
                RepairOrderLines.REPAIR_ORDER_ID,
                order,
                RepairOrderLines.JOB_TYPE,
                jobType,
                RepairOrderLines.PAY_TYPE,
                "CUSTOMER",
                RepairOrderLines.COMPONENT_CODE,
                component,
                RepairOrderLines.TECHNICIAN_ID,
                "t1",
                RepairOrderLines.FLAT_RATE_HOURS,
                1.0,
                RepairOrderLines.CLOCKED_HOURS,
                1.5,
                RepairOrderLines.NET_AMOUNT_MINOR,
                10_000L));
    all.addAll(List.of(fieldsAndValues));
    return add(RepairOrderLines.TABLE, day, all.toArray());
  }

  /** A call after an order that reached the person and brought praise and the best mark. */
  History praise(String order, String day) {
    return add(
        Contacts.TABLE,
        day,
        Contacts.CONTACT_ID,
        order,
        Contacts.REPAIR_ORDER_ID,
        order,
        Contacts.MADE_AT,
        at(day),
        Contacts.IS_REACHED,
        true,
        Contacts.REPAIR_MARK,
        5,
        Contacts.OUTCOME,
        "PRAISE");
  }

  /** The table as it stands. */
  Dataset<Row> table(TableContract table) {
    return tables.computeIfAbsent(table, key -> rows.get(key).build());
  }

  /** The same history with a table replaced. */
  void replace(TableContract table, Dataset<Row> by) {
    tables.put(table, by);
  }

  Stream<TableContract> contracts() {
    return rows.keySet().stream();
  }

  Dataset<Row> vehicles(String... days) {
    return vehicles.computeIfAbsent(List.of(days), key -> snapshotVehicles(days(days)));
  }

  Dataset<Row> customers(String... days) {
    return customers.computeIfAbsent(List.of(days), key -> snapshotCustomers(days));
  }

  private Dataset<Row> snapshotCustomers(String... days) {
    Dataset<Row> asOf = days(days);
    return SnapshotCustomers.compute(
            asOf,
            identities(asOf),
            vehicles(days),
            visitVersions(),
            table(Complaints.TABLE),
            table(Contacts.TABLE),
            table(VehicleOwnerships.TABLE),
            table(Customers.TABLE),
            ZONE)
        .localCheckpoint();
  }

  Dataset<Row> vehicleStates(String... days) {
    return StateVehicles.compute(vehicles(days));
  }

  Dataset<Row> customerStates(String... days) {
    return StateCustomers.compute(customers(days), vehicleStates(days));
  }

  Dataset<Row> components(String... days) {
    return SnapshotComponents.compute(
        days(days),
        vehicles(days),
        visitVersions(),
        List.of("BRAKE_PAD", "BATTERY_12V"),
        PaceRules.USUAL,
        ZONE);
  }

  Dataset<Row> technicians(String... days) {
    return SnapshotTechnicians.compute(
        days(days),
        visitVersions(),
        table(RepairOrderLines.TABLE),
        table(Contacts.TABLE),
        table(Staff.TABLE),
        ZONE);
  }

  private Dataset<Row> visitVersions() {
    if (visitVersions == null) {
      visitVersions =
          ComputeVisitVersions.compute(
                  table(RepairOrders.TABLE),
                  table(RepairOrderLines.TABLE),
                  table(VehicleOwnerships.TABLE),
                  ZONE)
              .localCheckpoint();
    }
    return visitVersions;
  }

  private Dataset<Row> snapshotVehicles(Dataset<Row> days) {
    return SnapshotVehicles.compute(
            days,
            identities(days),
            visitVersions(),
            table(Vehicles.TABLE),
            table(VehicleOwnerships.TABLE),
            List.of(
                new ServiceInterval(ServiceInterval.ANY, ServiceInterval.ANY, 12, 10_000),
                new ServiceInterval(ServiceInterval.ANY, "ICE", 12, 10_000),
                new ServiceInterval("Volta", ServiceInterval.ANY, 6, 8_000),
                new ServiceInterval("Volta", "BEV", 24, 30_000)),
            PaceRules.USUAL,
            ZONE)
        .localCheckpoint();
  }

  private Dataset<Row> identities(Dataset<Row> days) {
    return ResolveCustomers.asOf(table(Customers.TABLE), table(CustomerLinks.TABLE), days);
  }

  private static Dataset<Row> days(String... days) {
    return AsOfDays.of(
        SparkSessionForTests.session(), ZONE, Stream.of(days).map(LocalDate::parse).toList());
  }
}
