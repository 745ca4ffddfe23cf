package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.Snapshots;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What became of the persons of a snapshot. A snapshot's {@code customer_id} is the person as known
 * on the day, named by its earliest file; the outcome looks at all visits of the person that file
 * belongs to now, so that a file opened later at another dealer counts as coming back.
 */
public final class ChurnLabels {
  public static final Field NEXT_VISIT_ON =
      new Field(
          "next_visit_on",
          Columns.DATE,
          true,
          "Next visit",
          "下次进厂",
          "First visit day in the group after the snapshot; null if none is known.");
  public static final Field NEXT_DEALER_VISIT_ON =
      new Field(
          "next_dealer_visit_on",
          Columns.DATE,
          true,
          "Next visit at the home dealer",
          "下次主店进厂",
          "First visit day at the home dealer after the snapshot; null if none is known.");

  private static final Field PERSON_NOW =
      new Field("person_now", Columns.STRING, true, "Person now", "现客户", "By today's identities.");

  private ChurnLabels() {}

  /**
   * Adds the next visit days to snapshot rows.
   *
   * @param snapshots customer, snapshot day and home dealer at least
   * @param identities silver.customer_identities: the person of each file as known now
   * @param visits gold.service_visits
   * @param until last day of visits that count
   */
  public static Dataset<Row> add(
      Dataset<Row> snapshots, Dataset<Row> identities, Dataset<Row> visits, LocalDate until) {
    Dataset<Row> persons =
        identities.select(
            CustomerIdentities.CUSTOMER_RECORD_ID.col().as(CustomerSnapshots.CUSTOMER_ID.name()),
            CustomerIdentities.CUSTOMER_ID.col().as(PERSON_NOW.name()));
    Dataset<Row> keys =
        snapshots
            .select(
                CustomerSnapshots.CUSTOMER_ID.col(),
                CustomerSnapshots.SNAPSHOT_ON.col(),
                CustomerSnapshots.HOME_DEALER_ID.col())
            .join(persons, new String[] {CustomerSnapshots.CUSTOMER_ID.name()}, "left")
            .withColumn(
                PERSON_NOW.name(),
                functions.coalesce(PERSON_NOW.col(), CustomerSnapshots.CUSTOMER_ID.col()));
    Dataset<Row> days =
        visits
            .where(
                ServiceVisits.CUSTOMER_ID
                    .col()
                    .isNotNull()
                    .and(ServiceVisits.VISIT_ON.col().leq(Snapshots.date(until))))
            .select(
                ServiceVisits.CUSTOMER_ID.col().as(PERSON_NOW.name()),
                ServiceVisits.DEALER_ID.col(),
                ServiceVisits.VISIT_ON.col())
            .distinct();
    Dataset<Row> next =
        keys.join(days, new String[] {PERSON_NOW.name()})
            .where(ServiceVisits.VISIT_ON.col().gt(CustomerSnapshots.SNAPSHOT_ON.col()))
            .groupBy(CustomerSnapshots.CUSTOMER_ID.col(), CustomerSnapshots.SNAPSHOT_ON.col())
            .agg(
                functions.min(ServiceVisits.VISIT_ON.col()).as(NEXT_VISIT_ON.name()),
                functions
                    .min(
                        functions.when(
                            ServiceVisits.DEALER_ID
                                .col()
                                .equalTo(CustomerSnapshots.HOME_DEALER_ID.col()),
                            ServiceVisits.VISIT_ON.col()))
                    .as(NEXT_DEALER_VISIT_ON.name()));
    return snapshots.join(
        next,
        new String[] {CustomerSnapshots.CUSTOMER_ID.name(), CustomerSnapshots.SNAPSHOT_ON.name()},
        "left");
  }

  /** True if the next visit is missing or later than the horizon. */
  public static Column isLost(Field nextVisitOn, int horizonDays) {
    return nextVisitOn
        .col()
        .isNull()
        .or(
            functions
                .datediff(nextVisitOn.col(), CustomerSnapshots.SNAPSHOT_ON.col())
                .gt(horizonDays));
  }
}
