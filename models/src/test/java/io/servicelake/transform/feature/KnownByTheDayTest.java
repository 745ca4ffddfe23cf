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
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.VehicleStates;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes known after a day moves no feature of the day, whatever it is about. */
class KnownByTheDayTest {
  private static final String DAY = "2024-06-30";

  /** 16:00 UTC on 30 June is midnight in the zone: the first instant after the day. */
  private static final Instant END = Instant.parse("2024-06-30T16:00:00Z");

  private static final List<TableContract> TABLES =
      List.of(
          CustomerSnapshots.TABLE,
          VehicleSnapshots.TABLE,
          ComponentSnapshots.TABLE,
          TechnicianSnapshots.TABLE,
          VehicleStates.TABLE,
          CustomerStates.TABLE);

  /**
   * Columns this history does not move, each told by one it does: at home or not by the home dealer
   * of the customer's snapshot.
   */
  private static final Map<String, Set<String>> EXCEPTIONS =
      Map.of(CustomerStates.TABLE.name(), Set.of(CustomerStates.IS_HOME.name()));

  /** Rows of each table by their key. */
  private static Map<TableContract, Map<List<Object>, Row>> before;

  @BeforeAll
  static void computeTheDay() {
    before = features(history());
  }

  @ParameterizedTest
  @EnumSource
  void nothingKnownAfterTheDayMovesAFeatureOfTheDay(News news) {
    Map<TableContract, Map<List<Object>, Row>> after = features(overturned(news, END));
    for (TableContract table : TABLES) {
      assertThat(after.get(table)).as(table.name()).isEqualTo(before.get(table));
    }
  }

  @Test
  void theSameNewsASecondEarlierMovesEveryColumn() {
    Map<String, Set<String>> unmoved = new TreeMap<>();
    for (TableContract table : TABLES) {
      unmoved.put(table.name(), new TreeSet<>());
      table.fields().stream()
          .filter(field -> !table.key().contains(field))
          .forEach(field -> unmoved.get(table.name()).add(field.name()));
    }
    for (News news : News.values()) {
      Map<TableContract, Map<List<Object>, Row>> after =
          features(overturned(news, END.minusSeconds(1)));
      for (TableContract table : TABLES) {
        unmoved.get(table.name()).removeAll(moved(before.get(table), after.get(table)));
      }
    }
    unmoved.values().removeIf(Set::isEmpty);
    assertThat(unmoved).isEqualTo(EXCEPTIONS);
  }

  /** Columns that differ in a row that is there both times. */
  private static Set<String> moved(Map<List<Object>, Row> before, Map<List<Object>, Row> after) {
    Set<String> moved = new TreeSet<>();
    before.forEach(
        (key, row) -> {
          Row now = after.get(key);
          for (String column : row.schema().fieldNames()) {
            if (now != null && !Objects.equals(row.getAs(column), now.getAs(column))) {
              moved.add(column);
            }
          }
        });
    return moved;
  }

  /** What becomes known of every row. */
  private enum News {
    /** All is corrected but the key: most rows come to belong to others. */
    ALL {
      @Override
      boolean corrects(Field field) {
        return true;
      }
    },
    /** Corrected is what names no other row and decides on no row's kind. */
    CONTENT {
      @Override
      boolean corrects(Field field) {
        return isContent(field);
      }
    },
    /** It stays, and another one of other content is added, at another dealer. */
    ANOTHER {
      @Override
      boolean corrects(Field field) {
        return isContent(field) || DEALERS.corrects(field);
      }
    },
    /** Corrected is at which dealer it was. */
    DEALERS {
      @Override
      boolean corrects(Field field) {
        return field.name().equals(RepairOrders.DEALER_ID.name());
      }
    },
    /** Corrected is whose it is. */
    HOLDERS {
      @Override
      boolean corrects(Field field) {
        return field.name().equals(RepairOrders.CUSTOMER_RECORD_ID.name());
      }
    };

    private static final Set<Field> KINDS =
        Set.of(RepairOrders.STATUS, Customers.ACCOUNT_CLASS, RepairOrderLines.JOB_TYPE);

    abstract boolean corrects(Field field);

    private static boolean isContent(Field field) {
      return !field.name().endsWith("_id")
          && !field.name().endsWith("_token")
          && !KINDS.contains(field);
    }
  }

  /** The news become known at an instant. */
  private static History overturned(News news, Instant knownAt) {
    History history = history();
    Timestamp known = Timestamp.from(knownAt);
    history
        .contracts()
        .forEach(table -> history.replace(table, overturn(history, table, news, known)));
    return history;
  }

  private static Dataset<Row> overturn(
      History history, TableContract table, News news, Timestamp known) {
    Dataset<Row> rows = history.table(table);
    Dataset<Row> ended =
        rows.withColumn(SUPERSEDED_AT.name(), coalesce(SUPERSEDED_AT.col(), lit(known)));
    Dataset<Row> current =
        rows.where(SUPERSEDED_AT.col().isNull()).withColumn(KNOWN_AT.name(), lit(known));
    Dataset<Row> corrected =
        current.select(
            table.fields().stream()
                .map(
                    field ->
                        (isKept(table, field) || !news.corrects(field) ? field.col() : other(field))
                            .as(field.name()))
                .toArray(Column[]::new));
    Field key = table.key().get(0);
    return news == News.ANOTHER
        ? rows.union(corrected.withColumn(key.name(), concat(lit("new-"), key.col())))
        : ended.union(corrected);
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

  private static Map<TableContract, Map<List<Object>, Row>> features(History history) {
    List<Dataset<Row>> computed =
        List.of(
            history.customers(DAY),
            history.vehicles(DAY),
            history.components(DAY),
            history.technicians(DAY),
            history.vehicleStates(DAY),
            history.customerStates(DAY));
    Map<TableContract, Map<List<Object>, Row>> features = new LinkedHashMap<>();
    for (int i = 0; i < TABLES.size(); i++) {
      TableContract table = TABLES.get(i);
      Map<List<Object>, Row> rows = new LinkedHashMap<>();
      for (Row row : computed.get(i).collectAsList()) {
        rows.put(table.key().stream().<Object>map(field -> row.getAs(field.name())).toList(), row);
      }
      features.put(table, rows);
    }
    return features;
  }

  private static History history() {
    History history =
        new History()
            .person(
                "f1",
                "v1",
                "Aurora",
                VehicleOwnerships.OWNED_UNTIL_ON,
                LocalDate.parse("2024-06-20"),
                VehicleOwnerships.END_REASON,
                "SOLD")
            .person(
                "f4",
                "v6",
                "Aurora",
                VehicleOwnerships.OWNED_UNTIL_ON,
                LocalDate.parse("2024-06-20"),
                VehicleOwnerships.END_REASON,
                "SOLD")
            .visit("o8", "f4", "v6", "2024-04-15", 4_000)
            .visit("o7", "f1", "v1", "2023-12-01", 21_000)
            .line("o7", "2023-12-01", "MAINTENANCE", "OIL")
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
            .person("f5", "v7", "Aurora")
            .visit("o9", "f5", "v7", "2023-03-01", 5_000)
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
            .visit(
                "o2",
                "f2",
                "v2",
                "2024-02-01",
                21_000,
                RepairOrders.APPOINTMENT_AT,
                at("2024-02-01"),
                RepairOrders.PROMISED_AT,
                at("2024-02-01").plusSeconds(3600))
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
          Contacts.ATTITUDE_MARK,
          5,
          Contacts.PRICE_MARK,
          3,
          Contacts.OUTCOME,
          "PRAISE");
    }
    return history;
  }
}
