package io.servicelake.transform.feature;

import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.gold.Comebacks;
import io.servicelake.transform.silver.ResolveCustomers;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Facts as they were known at the end of as-of days: one row per day and fact. */
final class Known {
  static final String DAYS = "days";
  static final String VISITS = "known_visits";
  static final String COMEBACKS = "known_comebacks";
  static final String ANSWERS = "known_answers";
  static final String HOLDINGS = "known_holdings";
  static final String IDENTITIES = "identities_as_of";
  static final String ZONE = "zone";

  private Known() {}

  /**
   * Identities as {@link ResolveCustomers#asOf} gives them, their day named like the snapshots'.
   */
  static Dataset<Row> identities(Dataset<Row> identitiesAsOf) {
    return identitiesAsOf.withColumnRenamed(
        ResolveCustomers.AS_OF_ON.name(), AsOfDays.SNAPSHOT_ON.name());
  }

  static Dataset<Row> visits(Dataset<Row> visitVersions, Dataset<Row> days, ZoneId zone) {
    return SqlTransform.of("feature/known_visits.sql")
        .reading(VisitVersions.TABLE, visitVersions)
        .reading(DAYS, days)
        .with(ZONE, zone.getId())
        .rows();
  }

  static Dataset<Row> comebacks(Dataset<Row> visitVersions, Dataset<Row> days, ZoneId zone) {
    return SqlTransform.of("feature/known_comebacks.sql")
        .reading("comebacks", Comebacks.compute(visitVersions, zone))
        .reading(DAYS, days)
        .with(ZONE, zone.getId())
        .rows();
  }

  /** Contacts with the customer file of their order where they name none. */
  static Dataset<Row> named(Dataset<Row> contacts, Dataset<Row> visitVersions) {
    return SqlTransform.of("feature/named_contacts.sql")
        .reading(Contacts.TABLE, contacts)
        .reading(VisitVersions.TABLE, visitVersions)
        .rows();
  }

  static Dataset<Row> answers(Dataset<Row> contacts, Dataset<Row> days, ZoneId zone) {
    return SqlTransform.of("feature/known_answers.sql")
        .reading(Contacts.TABLE, contacts)
        .reading(DAYS, days)
        .with(ZONE, zone.getId())
        .rows();
  }

  static Dataset<Row> holdings(Dataset<Row> vehicleOwnerships, Dataset<Row> days) {
    return SqlTransform.of("feature/known_holdings.sql")
        .reading(VehicleOwnerships.TABLE, vehicleOwnerships)
        .reading(DAYS, days)
        .rows();
  }
}
