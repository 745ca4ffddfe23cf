package io.servicelake.transform.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The person behind each customer file, as known at an instant: files linked by evidence known by
 * then, directly or through others, are one person, named after its earliest known file (ties: the
 * smaller id). A person with one file that is no PERSON account is none either; the class is then
 * DEALER_INTERNAL before INSURER before FLEET.
 */
public final class ResolveCustomers {
  /** Day of {@link #asOf}: the {@code snapshot_on} it was asked for. */
  public static final Field AS_OF_ON =
      new Field(
          "as_of_on",
          Columns.DATE,
          false,
          "As of",
          "截至日",
          "Day by whose end the identity was known.");

  /** First instant after the as-of day. */
  public static final Field END_AT =
      new Field(
          "end_at", Columns.TIMESTAMP, false, "End", "结束时间", "First instant after the as-of day.");

  private static final List<String> CLASSES =
      List.of("PERSON", "FLEET", "INSURER", "DEALER_INTERNAL");
  private static final String COMPONENT = "component";
  private static final String LABEL = "label";
  private static final String PREVIOUS = "previous";
  private static final String RECORD = "record";
  private static final String NEIGHBOUR = "neighbour";
  private static final Timestamp NEVER = Timestamp.valueOf("9999-12-31 00:00:00");
  private static final StructType INTERVALS =
      new StructType()
          .add(CustomerIdentities.CUSTOMER_RECORD_ID.toStructField())
          .add(CustomerIdentities.CUSTOMER_ID.toStructField())
          .add(CustomerIdentities.ACCOUNT_CLASS.toStructField())
          .add(CustomerIdentities.DEALER_ID.toStructField())
          .add(Versioned.KNOWN_AT.toStructField())
          .add(Versioned.SUPERSEDED_AT.toStructField());

  private ResolveCustomers() {}

  /**
   * One row per as-of day and customer file known by then: {@code as_of_on, customer_record_id,
   * customer_id, account_class, dealer_id}.
   *
   * @param customers all versions of silver.customers
   * @param links all rows of silver.customer_links
   * @param days {@code snapshot_on} DATE and {@code end_at} TIMESTAMP, the first instant after it
   */
  public static Dataset<Row> asOf(Dataset<Row> customers, Dataset<Row> links, Dataset<Row> days) {
    return intervals(customers, links)
        .join(broadcast(days), Versioned.isKnownBefore(END_AT.col()))
        .select(
            CustomerSnapshots.SNAPSHOT_ON.col().as(AS_OF_ON.name()),
            CustomerIdentities.CUSTOMER_RECORD_ID.col(),
            CustomerIdentities.CUSTOMER_ID.col(),
            CustomerIdentities.ACCOUNT_CLASS.col(),
            CustomerIdentities.DEALER_ID.col());
  }

  /** Rows of silver.customer_identities: the identities known now. */
  public static Dataset<Row> current(Dataset<Row> customers, Dataset<Row> links) {
    return Versioned.current(intervals(customers, links))
        .select(CustomerIdentities.TABLE.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  /**
   * Every identity a customer file ever had: {@code customer_record_id, customer_id, account_class,
   * dealer_id, known_at, superseded_at}; superseded_at is null for the current one.
   */
  public static Dataset<Row> intervals(Dataset<Row> customers, Dataset<Row> links) {
    Dataset<Row> files =
        customers.select(
            Customers.CUSTOMER_RECORD_ID.col(),
            Customers.ACCOUNT_CLASS.col(),
            Customers.DEALER_ID.col(),
            Versioned.KNOWN_AT.col(),
            Versioned.SUPERSEDED_AT.col());
    Dataset<Row> labels = components(links).withColumnRenamed(RECORD, "labelled");
    Dataset<Row> labelled =
        files.join(labels, Customers.CUSTOMER_RECORD_ID.col().equalTo(col("labelled")), "left");
    Dataset<Row> alone =
        labelled
            .where(col(LABEL).isNull())
            .select(
                Customers.CUSTOMER_RECORD_ID.col(),
                Customers.CUSTOMER_RECORD_ID.col().as(CustomerIdentities.CUSTOMER_ID.name()),
                Customers.ACCOUNT_CLASS.col(),
                Customers.DEALER_ID.col(),
                Versioned.KNOWN_AT.col(),
                Versioned.SUPERSEDED_AT.col());
    return alone.unionByName(together(labelled.where(col(LABEL).isNotNull()), links, labels));
  }

  /** Files that were linked at any time, with the smallest id they can be reached from. */
  private static Dataset<Row> components(Dataset<Row> links) {
    Dataset<Row> pairs =
        links
            .select(
                CustomerLinks.RECORD_A.col().as(RECORD), CustomerLinks.RECORD_B.col().as(NEIGHBOUR))
            .distinct();
    Dataset<Row> edges =
        pairs
            .union(pairs.select(col(NEIGHBOUR), col(RECORD)))
            .union(pairs.select(col(RECORD), col(RECORD)))
            .union(pairs.select(col(NEIGHBOUR), col(NEIGHBOUR)))
            .distinct()
            .localCheckpoint();
    Dataset<Row> labels = edges.groupBy(col(RECORD)).agg(min(col(NEIGHBOUR)).as(LABEL));
    boolean isStable = false;
    while (!isStable) {
      Dataset<Row> next =
          edges
              .join(labels.withColumnRenamed(RECORD, "of"), col(NEIGHBOUR).equalTo(col("of")))
              .groupBy(col(RECORD))
              .agg(
                  min(col(LABEL)).as(LABEL),
                  min(when(col(RECORD).equalTo(col(NEIGHBOUR)), col(LABEL))).as(PREVIOUS))
              .localCheckpoint();
      isStable = next.where(col(LABEL).lt(col(PREVIOUS))).isEmpty();
      labels = next.select(col(RECORD), col(LABEL));
    }
    return labels;
  }

  private static Dataset<Row> together(
      Dataset<Row> labelledFiles, Dataset<Row> links, Dataset<Row> labels) {
    Dataset<Row> files =
        labelledFiles.select(
            col(LABEL).as(COMPONENT),
            Customers.CUSTOMER_RECORD_ID.col().as(RECORD),
            lit(null).cast(Columns.STRING).as(NEIGHBOUR),
            Customers.ACCOUNT_CLASS.col(),
            Customers.DEALER_ID.col(),
            Versioned.KNOWN_AT.col(),
            coalesce(Versioned.SUPERSEDED_AT.col(), lit(NEVER)).as(PREVIOUS));
    Dataset<Row> evidence =
        links
            .join(labels, CustomerLinks.RECORD_A.col().equalTo(col("labelled")))
            .select(
                col(LABEL).as(COMPONENT),
                CustomerLinks.RECORD_A.col().as(RECORD),
                CustomerLinks.RECORD_B.col().as(NEIGHBOUR),
                lit(null).cast(Columns.STRING),
                lit(null).cast(Columns.STRING),
                Versioned.KNOWN_AT.col(),
                coalesce(Versioned.SUPERSEDED_AT.col(), lit(NEVER)));
    return files
        .union(evidence)
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) (component, rows) -> resolve(rows),
            Encoders.row(INTERVALS));
  }

  private static Iterator<Row> resolve(Iterator<Row> rows) {
    List<Version> versions = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    TreeSet<Timestamp> times = new TreeSet<>();
    Map<String, Timestamp> firstKnown = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      Timestamp from = row.getTimestamp(5);
      Timestamp until = row.getTimestamp(6);
      times.add(from);
      times.add(until);
      if (row.isNullAt(2)) {
        versions.add(
            new Version(row.getString(1), row.getString(3), row.getString(4), from, until));
        firstKnown.merge(row.getString(1), from, (a, b) -> a.before(b) ? a : b);
      } else {
        links.add(new Link(row.getString(1), row.getString(2), from, until));
      }
    }
    Comparator<String> bySeniority =
        Comparator.comparing((String record) -> firstKnown.getOrDefault(record, NEVER))
            .thenComparing(Comparator.naturalOrder());
    Map<String, Identity> open = new LinkedHashMap<>();
    List<Row> intervals = new ArrayList<>();
    for (Timestamp at : times) {
      Map<String, Identity> now = identitiesAt(at, versions, links, bySeniority);
      for (Map.Entry<String, Identity> entry : now.entrySet()) {
        Identity before = open.get(entry.getKey());
        if (before != null && before.saysTheSameAs(entry.getValue())) {
          entry.setValue(before);
        } else if (before != null) {
          intervals.add(before.row(entry.getKey(), at));
        }
      }
      open.forEach(
          (record, identity) -> {
            if (!now.containsKey(record)) {
              intervals.add(identity.row(record, at.equals(NEVER) ? null : at));
            }
          });
      open = now;
    }
    return intervals.iterator();
  }

  private static Map<String, Identity> identitiesAt(
      Timestamp at, List<Version> versions, List<Link> links, Comparator<String> bySeniority) {
    Map<String, String> parents = new HashMap<>();
    Map<String, Integer> classes = new HashMap<>();
    for (Link link : links) {
      if (isDuring(at, link.from(), link.until())) {
        if (link.a().equals(link.b())) {
          classes.put(link.a(), CLASSES.indexOf("FLEET"));
        } else {
          String a = root(parents, link.a());
          String b = root(parents, link.b());
          boolean isFirst = bySeniority.compare(a, b) <= 0;
          parents.put(isFirst ? b : a, isFirst ? a : b);
        }
      }
    }
    Map<String, Integer> classOfPerson = new HashMap<>();
    for (Version version : versions) {
      if (isDuring(at, version.from(), version.until())) {
        classOfPerson.merge(
            root(parents, version.record()),
            Math.max(
                CLASSES.indexOf(version.accountClass()), classes.getOrDefault(version.record(), 0)),
            Math::max);
      }
    }
    Map<String, Identity> identities = new LinkedHashMap<>();
    for (Version version : versions) {
      if (isDuring(at, version.from(), version.until())) {
        String person = root(parents, version.record());
        String accountClass = CLASSES.get(Math.max(0, classOfPerson.get(person)));
        identities.put(
            version.record(), new Identity(person, accountClass, version.dealerId(), at));
      }
    }
    return identities;
  }

  private static String root(Map<String, String> parents, String record) {
    String root = record;
    while (parents.containsKey(root) && !parents.get(root).equals(root)) {
      root = parents.get(root);
    }
    return root;
  }

  private static boolean isDuring(Timestamp at, Timestamp from, Timestamp until) {
    return !at.before(from) && at.before(until);
  }

  private record Version(
      String record, String accountClass, String dealerId, Timestamp from, Timestamp until) {}

  private record Link(String a, String b, Timestamp from, Timestamp until) {}

  private record Identity(String person, String accountClass, String dealerId, Timestamp since) {
    boolean saysTheSameAs(Identity other) {
      return person.equals(other.person)
          && accountClass.equals(other.accountClass)
          && dealerId.equals(other.dealerId);
    }

    Row row(String record, Timestamp until) {
      return RowFactory.create(record, person, accountClass, dealerId, since, until);
    }
  }
}
