package io.servicelake.transform.decision;

import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.transform.SqlTransform;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What stands against contacting persons on a day: they left, refused, or wait for an answer. */
public final class ContactHolds {
  /** Name that statements read the rows under. */
  public static final String NAME = "contact_holds";

  /** For what is shown today: all that callers gave back counts, whatever day the data is of. */
  public static final LocalDate ALL_HEARD = LocalDate.of(9999, 12, 31);

  private static final List<String> CHANNELS = List.of("PHONE", "SMS", "APP", "LETTER");

  private ContactHolds() {}

  /**
   * The day and what is asked of consents.
   *
   * @param end first instant after the day
   * @param heardUntil last day of calls whose outcome counts
   * @param isConsentRequired a channel may be used only if it, or ALL, was granted by then; else
   *     unless it was refused
   * @param contactCap contacts within the days up to the day, or made since, from which a person
   *     gets no further one
   */
  public record Rule(
      LocalDate day,
      Instant end,
      LocalDate heardUntil,
      boolean isConsentRequired,
      int contactCap,
      int contactCapDays) {}

  /**
   * One row per person: customer_id, refused_channels, has_no_phone, may_phone, hold_reason.
   *
   * @param snapshots latest row per person of feature.customer_snapshots
   * @param states score.customer_states
   * @param consents all versions of silver.consents
   * @param customers all versions of silver.customers
   */
  public static Dataset<Row> on(
      Rule rule,
      Dataset<Row> snapshots,
      Dataset<Row> states,
      Dataset<Row> consents,
      Dataset<Row> customers,
      Dataset<Row> identities,
      Dataset<Row> contacts,
      Dataset<Row> callOutcomes) {
    Dataset<Row> refusals =
        SqlTransform.of("decision/refusals.sql")
            .reading(Consents.TABLE, consents)
            .reading(CustomerIdentities.TABLE, identities)
            .reading(CallOutcomes.TABLE, callOutcomes)
            .with("heard_until", rule.heardUntil())
            .with("day_end", Timestamp.from(rule.end()))
            .rows();
    Dataset<Row> phones =
        SqlTransform.of("decision/phones.sql")
            .reading(Customers.TABLE, customers)
            .reading(CustomerIdentities.TABLE, identities)
            .with("day_end", Timestamp.from(rule.end()))
            .rows();
    return SqlTransform.of("decision/contact_holds.sql")
        .reading(CustomerSnapshots.TABLE, snapshots)
        .reading(CustomerStates.TABLE, states)
        .reading(CustomerIdentities.TABLE, identities)
        .reading(CustomerContacts.TABLE, contacts)
        .reading(CallOutcomes.TABLE, callOutcomes)
        .reading("refusals", refusals)
        .reading("phones", phones)
        .with("day", rule.day())
        .with("day_end", Timestamp.from(rule.end()))
        .with("heard_until", rule.heardUntil())
        .with("is_consent_required", rule.isConsentRequired())
        .with("contact_cap", rule.contactCap())
        .with("contact_cap_days", rule.contactCapDays())
        .with("channels", CHANNELS.toArray(String[]::new))
        .rows();
  }
}
