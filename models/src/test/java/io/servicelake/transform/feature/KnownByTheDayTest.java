package io.servicelake.transform.feature;

import static io.servicelake.contract.Versioned.KNOWN_AT;
import static io.servicelake.contract.Versioned.SUPERSEDED_AT;
import static io.servicelake.transform.feature.History.at;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes known after a day moves no feature of the day, whatever it is about. */
class KnownByTheDayTest {
  private static final String DAY = "2024-06-30";

  /** 16:00 UTC on 30 June is midnight in the zone: the first instant after the day. */
  private static final Instant END = Instant.parse("2024-06-30T16:00:00Z");

  private static List<List<String>> before;

  @BeforeAll
  static void computeTheDay() {
    before = features(history());
  }

  @Test
  void nothingKnownAfterTheDayMovesAFeatureOfTheDay() {
    List<List<String>> after = features(overturned(END));
    assertThat(after.get(0)).as("customers").isEqualTo(before.get(0));
    assertThat(after.get(1)).as("vehicles").isEqualTo(before.get(1));
    assertThat(after.get(2)).as("components").isEqualTo(before.get(2));
    assertThat(after.get(3)).as("technicians").isEqualTo(before.get(3));
    assertThat(after.get(4)).as("states of vehicles").isEqualTo(before.get(4));
    assertThat(after.get(5)).as("states of customers").isEqualTo(before.get(5));
  }

  @Test
  void theSameNewsASecondEarlierMovesThemAll() {
    List<List<String>> after = features(overturned(END.minusSeconds(1)));
    assertThat(before).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).doesNotContainAnyElementsOf(before.get(i));
    }
  }

  /** Every row is corrected in every column, and doubled under a new key, at an instant. */
  private static History overturned(Instant knownAt) {
    History history = history();
    Timestamp news = Timestamp.from(knownAt);
    history.contracts().forEach(table -> history.replace(table, overturn(history, table, news)));
    return history;
  }

  private static Dataset<Row> overturn(History history, TableContract table, Timestamp news) {
    Dataset<Row> rows = history.table(table);
    Dataset<Row> ended =
        rows.withColumn(SUPERSEDED_AT.name(), coalesce(SUPERSEDED_AT.col(), lit(news)));
    Dataset<Row> current =
        rows.where(SUPERSEDED_AT.col().isNull()).withColumn(KNOWN_AT.name(), lit(news));
    return ended.union(corrected(table, current)).union(added(table, current));
  }

  private static Dataset<Row> corrected(TableContract table, Dataset<Row> rows) {
    return rows.select(
        table.fields().stream()
            .map(field -> (isKept(table, field) ? field.col() : other(field)).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Dataset<Row> added(TableContract table, Dataset<Row> rows) {
    Field key = table.key().get(0);
    return rows.withColumn(key.name(), concat(lit("new-"), key.col()));
  }

  private static boolean isKept(TableContract table, Field field) {
    return table.key().contains(field)
        || Set.of(KNOWN_AT.name(), SUPERSEDED_AT.name()).contains(field.name());
  }

  private static Column other(Field field) {
    DataType type = field.type();
    if (type.equals(Columns.STRING)) {
      return coalesce(concat(lit("other-"), field.col()), lit("other"));
    } else if (type.equals(Columns.BOOL)) {
      return not(coalesce(field.col(), lit(false)));
    } else if (type.equals(Columns.DATE)) {
      return coalesce(date_sub(field.col(), 100), lit(LocalDate.parse("2023-01-01")));
    } else if (type.equals(Columns.TIMESTAMP)) {
      return coalesce(
          field.col().minus(expr("INTERVAL 100 DAYS")), lit(Timestamp.from(at("2024-01-01"))));
    }
    return coalesce(field.col(), lit(0)).plus(lit(977)).cast(type);
  }

  private static List<List<String>> features(History history) {
    return Stream.of(
            history.customers(DAY),
            history.vehicles(DAY),
            history.components(DAY),
            history.technicians(DAY),
            history.vehicleStates(DAY),
            history.customerStates(DAY))
        .map(rows -> rows.collectAsList().stream().map(Row::toString).sorted().toList())
        .toList();
  }

  private static History history() {
    History history =
        new History()
            .person("f1", "v1", "Aurora")
            .person("f2", "v2", "Borea")
            .add(
                CustomerLinks.TABLE,
                "2023-01-01",
                CustomerLinks.RECORD_A,
                "f1",
                CustomerLinks.RECORD_B,
                "f2",
                CustomerLinks.RULE,
                "phone+name")
            .person("f3", "v3", "Aurora")
            .add(
                VehicleOwnerships.TABLE,
                "2024-06-01",
                VehicleOwnerships.VEHICLE_ID,
                "v4",
                VehicleOwnerships.CUSTOMER_RECORD_ID,
                "f3",
                VehicleOwnerships.PLATE_TOKEN,
                "p4")
            .add(
                Customers.TABLE,
                "2022-01-01",
                Customers.CUSTOMER_RECORD_ID,
                "fleet",
                Customers.ACCOUNT_CLASS,
                "FLEET")
            .visit("o1", "f1", "v1", "2023-03-01", 14_000)
            .line("o1", "2023-03-01", "MAINTENANCE", "OIL")
            .visit("o2", "f2", "v2", "2024-02-01", 21_000)
            .line("o2", "2024-02-01", "REPAIR", "BRAKE_PAD")
            .visit("o3", "f2", "v2", "2024-02-20", 21_500)
            .line("o3", "2024-02-20", "REPAIR", "BRAKE_PAD")
            .visit("o4", "f3", "v3", "2024-05-05", 30_000)
            .line("o4", "2024-05-05", "REPAIR", "BATTERY_12V")
            .line("o4", "2024-05-05", "REPAIR", "BRAKE_PAD", RepairOrderLines.IS_DECLINED, true)
            .visit("o5", "fleet", "v5", "2024-05-06", 90_000)
            .add(
                RepairOrders.TABLE,
                "2024-06-10",
                RepairOrders.REPAIR_ORDER_ID,
                "o6",
                RepairOrders.CUSTOMER_RECORD_ID,
                "f3",
                RepairOrders.PLATE_TOKEN,
                "p4",
                RepairOrders.RECEIVED_AT,
                at("2024-06-10"))
            .add(
                Complaints.TABLE,
                "2024-02-21",
                Complaints.COMPLAINT_ID,
                "k1",
                Complaints.REPAIR_ORDER_ID,
                "o3",
                Complaints.RECEIVED_AT,
                at("2024-02-21"))
            .add(
                Staff.TABLE,
                "2022-01-01",
                Staff.STAFF_ID,
                "t1",
                Staff.DEALER_ID,
                "D1",
                Staff.LEVEL,
                "SENIOR");
    for (String order : List.of("o2", "o4")) {
      history.add(
          Contacts.TABLE,
          "2024-05-10",
          Contacts.CONTACT_ID,
          "c" + order,
          Contacts.REPAIR_ORDER_ID,
          order,
          Contacts.MADE_AT,
          at("2024-05-10"),
          Contacts.IS_REACHED,
          true,
          Contacts.REPAIR_MARK,
          4,
          Contacts.OUTCOME,
          "PRAISE");
    }
    return history;
  }
}
