package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Pairs customer files that agree on all evidence of a rule, with the time from which both sides
 * were known to agree and the time a correction ended it. Evidence carried by more files than
 * {@code maxGroup} at a time links nobody at that time (a switchboard's phone number). A file
 * paired with itself under {@link #MANY_VEHICLES} held more vehicles than a person would.
 */
public final class LinkCustomers {
  /** Rule of a file that holds more vehicles at a time than the limit: a fleet. */
  public static final String MANY_VEHICLES = "many-vehicles";

  private static final Timestamp NEVER = Timestamp.valueOf("9999-12-31 00:00:00");

  /** What two files may agree on, and where it stands. */
  public enum Evidence {
    NAME(Customers.NAME_TOKEN),
    PHONE(Customers.PHONE_TOKEN),
    EMAIL(Customers.EMAIL_TOKEN),
    ADDRESS(Customers.ADDRESS_TOKEN),
    VEHICLE(VehicleOwnerships.VEHICLE_ID),
    PLATE(VehicleOwnerships.PLATE_TOKEN);

    private final Field field;

    Evidence(Field field) {
      this.field = field;
    }

    boolean isOfOwnership() {
      return this == VEHICLE || this == PLATE;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What makes two files one person.
   *
   * @param rules each a list of evidence that has to agree together
   * @param maxGroup files that may share one evidence before it stops counting
   * @param maxVehicles vehicles one person may hold at a time
   */
  public record Rules(List<List<Evidence>> rules, int maxGroup, int maxVehicles) {
    /** Phone and name, phone and vehicle, or name and vehicle; 6 files; 5 vehicles. */
    public static final Rules DEFAULT =
        new Rules(
            List.of(
                List.of(Evidence.PHONE, Evidence.NAME),
                List.of(Evidence.PHONE, Evidence.VEHICLE),
                List.of(Evidence.NAME, Evidence.VEHICLE)),
            6,
            5);
  }

  private static final Field RULE_KEY = field("rule_key");
  private static final Field RULE = field("rule");
  private static final Field RECORD = field("record");
  private static final Field FROM_AT = time("from_at");
  private static final Field UNTIL_AT = time("until_at");

  private LinkCustomers() {}

  /**
   * Rows of silver.customer_links.
   *
   * @param customers all versions
   * @param ownerships all versions
   */
  public static Dataset<Row> compute(Dataset<Row> customers, Dataset<Row> ownerships, Rules rules) {
    Dataset<Row> links = fleets(ownerships, rules.maxVehicles());
    for (List<Evidence> rule : rules.rules()) {
      links = links.unionByName(pairs(evidence(customers, ownerships, rule), rules.maxGroup()));
    }
    return links.select(cols(CustomerLinks.TABLE.fields()));
  }

  private static Dataset<Row> evidence(
      Dataset<Row> customers, Dataset<Row> ownerships, List<Evidence> rule) {
    String name = String.join("+", rule.stream().map(Evidence::id).toList());
    Dataset<Row> files =
        customers.select(
            concat(
                List.of(
                    Customers.CUSTOMER_RECORD_ID.col().as(RECORD.name()),
                    Versioned.KNOWN_AT.col().as(FROM_AT.name()),
                    end().as(UNTIL_AT.name())),
                rule,
                false));
    boolean usesVehicles = rule.stream().anyMatch(Evidence::isOfOwnership);
    if (usesVehicles) {
      Dataset<Row> held =
          ownerships.select(
              concat(
                  List.of(
                      Customers.CUSTOMER_RECORD_ID.col().as(RECORD.name()),
                      Versioned.KNOWN_AT.col().as("held_from"),
                      end().as("held_until")),
                  rule,
                  true));
      files =
          files
              .join(held, RECORD.name())
              .withColumn(FROM_AT.name(), greatest(FROM_AT.col(), col("held_from")))
              .withColumn(UNTIL_AT.name(), least(UNTIL_AT.col(), col("held_until")));
    }
    Column[] tokens = rule.stream().map(e -> col(e.id())).toArray(Column[]::new);
    for (Column token : tokens) {
      files = files.where(token.isNotNull());
    }
    return files
        .where(FROM_AT.col().lt(UNTIL_AT.col()))
        .select(
            concat_ws("|", lit(name), concat_ws("|", tokens)).as(RULE_KEY.name()),
            lit(name).as(RULE.name()),
            RECORD.col(),
            FROM_AT.col(),
            UNTIL_AT.col());
  }

  private static Dataset<Row> pairs(Dataset<Row> evidence, int maxGroup) {
    return evidence
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>)
                (key, rows) -> pairsOfOneEvidence(rows, maxGroup),
            Encoders.row(CustomerLinks.TABLE.schema()));
  }

  /** Sweeps over the times at which files gain or lose the evidence. */
  private static Iterator<Row> pairsOfOneEvidence(Iterator<Row> rows, int maxGroup) {
    TreeMap<Timestamp, Map<String, Integer>> changes = new TreeMap<>();
    String rule = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      rule = row.getString(1);
      add(changes, row.getTimestamp(3), row.getString(2), 1);
      add(changes, row.getTimestamp(4), row.getString(2), -1);
    }
    TreeMap<String, Integer> holders = new TreeMap<>();
    Map<Pair, Timestamp> open = new HashMap<>();
    List<Row> links = new ArrayList<>();
    for (Map.Entry<Timestamp, Map<String, Integer>> change : changes.entrySet()) {
      change.getValue().forEach((record, by) -> holders.merge(record, by, Integer::sum));
      holders.values().removeIf(count -> count == 0);
      TreeSet<Pair> pairs = pairsOf(holders, maxGroup);
      for (Pair pair : pairs) {
        open.putIfAbsent(pair, change.getKey());
      }
      String ruleOfGroup = rule;
      open.entrySet()
          .removeIf(
              entry -> {
                boolean isOver = !pairs.contains(entry.getKey());
                if (isOver) {
                  links.add(link(entry.getKey(), ruleOfGroup, entry.getValue(), change.getKey()));
                }
                return isOver;
              });
    }
    return links.iterator();
  }

  private static TreeSet<Pair> pairsOf(TreeMap<String, Integer> holders, int maxGroup) {
    TreeSet<Pair> pairs = new TreeSet<>();
    if (holders.size() <= maxGroup) {
      for (String a : holders.keySet()) {
        for (String b : holders.tailMap(a, false).keySet()) {
          pairs.add(new Pair(a, b));
        }
      }
    }
    return pairs;
  }

  private static Dataset<Row> fleets(Dataset<Row> ownerships, int maxVehicles) {
    return ownerships
        .where(VehicleOwnerships.OWNED_UNTIL_ON.col().isNull())
        .select(
            VehicleOwnerships.CUSTOMER_RECORD_ID.col(), Versioned.KNOWN_AT.col(), end().as("until"))
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>)
                (record, rows) -> timesAbove(record, rows, maxVehicles),
            Encoders.row(CustomerLinks.TABLE.schema()));
  }

  private static Iterator<Row> timesAbove(String record, Iterator<Row> rows, int maxVehicles) {
    TreeMap<Timestamp, Integer> changes = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      changes.merge(row.getTimestamp(1), 1, Integer::sum);
      changes.merge(row.getTimestamp(2), -1, Integer::sum);
    }
    List<Row> links = new ArrayList<>();
    Timestamp since = null;
    int held = 0;
    for (Map.Entry<Timestamp, Integer> change : changes.entrySet()) {
      held += change.getValue();
      if (held > maxVehicles && since == null) {
        since = change.getKey();
      } else if (held <= maxVehicles && since != null) {
        links.add(link(new Pair(record, record), MANY_VEHICLES, since, change.getKey()));
        since = null;
      }
    }
    return links.iterator();
  }

  private static void add(
      TreeMap<Timestamp, Map<String, Integer>> changes, Timestamp at, String record, int by) {
    changes.computeIfAbsent(at, t -> new HashMap<>()).merge(record, by, Integer::sum);
  }

  private static Row link(Pair pair, String rule, Timestamp from, Timestamp until) {
    return RowFactory.create(pair.a(), pair.b(), rule, from, until.equals(NEVER) ? null : until);
  }

  private static Column end() {
    return coalesce(Versioned.SUPERSEDED_AT.col(), lit(NEVER));
  }

  private static Column[] concat(List<Column> first, List<Evidence> rule, boolean ofOwnership) {
    List<Column> columns = new ArrayList<>(first);
    rule.stream()
        .filter(evidence -> evidence.isOfOwnership() == ofOwnership)
        .forEach(evidence -> columns.add(evidence.field.col().as(evidence.id())));
    return columns.toArray(Column[]::new);
  }

  private static Column[] cols(List<Field> fields) {
    return fields.stream().map(Field::col).toArray(Column[]::new);
  }

  private static Field field(String name) {
    return new Field(name, Columns.STRING, false, name, name, "Within this transform only.");
  }

  private static Field time(String name) {
    return new Field(name, Columns.TIMESTAMP, false, name, name, "Within this transform only.");
  }

  private record Pair(String a, String b) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::a).thenComparing(Pair::b);

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }
}
