package io.servicelake.transform.feature;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Customers;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was known of persons at the end of as-of days. Orders of one day are one visit day; months
 * count back from the day; fleets, insurers and the dealers' own accounts are left out.
 */
public final class SnapshotCustomers {
  private static final String PERSON_ORDERS = "person_orders";
  private static final String PERSON_HISTORIES = "person_histories";
  private static final String PERSON_VISITS = "person_visits";
  private static final String PERSON_FILES = "person_files";
  private static final String PERSON_HOLDINGS = "person_holdings";
  private static final String PERSON_COMPLAINTS = "person_complaints";
  private static final String PERSON_ANSWERS = "person_answers";

  private SnapshotCustomers() {}

  /**
   * Every row of feature.customer_snapshots: each day, each person with a visit known by then.
   *
   * @param days as-of days, from {@link io.servicelake.transform.AsOfDays}
   * @param identitiesAsOf rows of {@link io.servicelake.transform.silver.ResolveCustomers#asOf} for
   *     the same days
   * @param vehicleSnapshots rows of {@link SnapshotVehicles#compute}, or of {@link
   *     SnapshotsAsOf#onDays}, for the same days
   * @param complaints all versions, as of contacts, vehicleOwnerships and customers
   */
  public static Dataset<Row> compute(
      Dataset<Row> days,
      Dataset<Row> identitiesAsOf,
      Dataset<Row> vehicleSnapshots,
      Dataset<Row> visitVersions,
      Dataset<Row> complaints,
      Dataset<Row> contacts,
      Dataset<Row> vehicleOwnerships,
      Dataset<Row> customers,
      ZoneId zone) {
    Dataset<Row> personOrders =
        person(PERSON_ORDERS, identitiesAsOf)
            .reading(Known.VISITS, Known.visits(visitVersions, days, zone))
            .reading(Known.COMEBACKS, Known.comebacks(visitVersions, days, zone))
            .rows();
    Dataset<Row> personVisits = ofOrders(PERSON_VISITS, personOrders);
    Dataset<Row> personHistories = ofOrders(PERSON_HISTORIES, personOrders);
    Dataset<Row> personFiles =
        person(PERSON_FILES, identitiesAsOf)
            .reading(Customers.TABLE, customers)
            .reading(Known.DAYS, days)
            .rows();
    Dataset<Row> personHoldings =
        person(PERSON_HOLDINGS, identitiesAsOf)
            .reading(Known.HOLDINGS, Known.holdings(vehicleOwnerships, days))
            .rows();
    Dataset<Row> personComplaints =
        person(PERSON_COMPLAINTS, identitiesAsOf)
            .reading(Complaints.TABLE, complaints)
            .reading(VisitVersions.TABLE, visitVersions)
            .reading(Known.DAYS, days)
            .with(Known.ZONE, zone.getId())
            .rows();
    Dataset<Row> personAnswers =
        person(PERSON_ANSWERS, identitiesAsOf)
            .reading(Known.ANSWERS, Known.answers(Known.named(contacts, visitVersions), days, zone))
            .rows();
    return SqlTransform.of("feature/customer_snapshots.sql")
        .reading(PERSON_VISITS, personVisits)
        .reading(PERSON_HISTORIES, personHistories)
        .reading(PERSON_FILES, personFiles)
        .reading(PERSON_HOLDINGS, personHoldings)
        .reading(PERSON_COMPLAINTS, personComplaints)
        .reading(PERSON_ANSWERS, personAnswers)
        .reading(VehicleSnapshots.TABLE, vehicleSnapshots)
        .to(CustomerSnapshots.TABLE);
  }

  private static Dataset<Row> ofOrders(String statement, Dataset<Row> personOrders) {
    return SqlTransform.of("feature/" + statement + ".sql")
        .reading(PERSON_ORDERS, personOrders)
        .rows();
  }

  private static SqlTransform person(String statement, Dataset<Row> identitiesAsOf) {
    return SqlTransform.of("feature/" + statement + ".sql")
        .reading(Known.IDENTITIES, Known.identities(identitiesAsOf));
  }
}
