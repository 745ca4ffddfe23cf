package io.servicelake.transform.serving;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.decision.ContactHolds;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers of dealer D1 in its campaigns, and the win-back list of a day that follows. */
final class WinbackListRows {
  private final LocalDate day;
  private final TestRows candidates = TestRows.of(WinbackCandidates.TABLE);
  private final TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
  private final TestRows customers = TestRows.of(Customers.TABLE);
  private final TestRows identities = TestRows.of(CustomerIdentities.TABLE);
  private final TestRows consents = TestRows.of(Consents.TABLE);
  private final TestRows states = TestRows.of(CustomerStates.TABLE);
  private final TestRows contacts = TestRows.of(CustomerContacts.TABLE);
  private final TestRows outcomes = TestRows.of(CallOutcomes.TABLE);

  WinbackListRows(LocalDate day) {
    this.day = day;
  }

  /** A person with a phone on file; more columns of the snapshot may follow. */
  WinbackListRows customer(String id, long ownPayMinor, int openComplaints, Object... more) {
    Object[] snapshot = {
      CustomerSnapshots.CUSTOMER_ID,
      id,
      CustomerSnapshots.HOME_DEALER_ID,
      "D1",
      CustomerSnapshots.LAST_VISIT_ON,
      day.minusDays(330),
      CustomerSnapshots.CUSTOMER_PAY_24M_AMOUNT_MINOR,
      ownPayMinor,
      CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
      openComplaints
    };
    snapshots.row(Stream.concat(Arrays.stream(snapshot), Arrays.stream(more)).toArray());
    customers.row(Customers.CUSTOMER_RECORD_ID, id, Customers.PHONE_TOKEN, "1");
    return this;
  }

  /** Of campaign c, drawn on the day. */
  WinbackListRows candidate(String id, String arm, String holdReason, Long gainMinor) {
    candidates.row(
        WinbackCandidates.CAMPAIGN_ID,
        "c",
        WinbackCandidates.CUSTOMER_ID,
        id,
        WinbackCandidates.DEALER_ID,
        "D1",
        WinbackCandidates.ASSIGNED_ON,
        day,
        WinbackCandidates.WINDOW_UNTIL_ON,
        day.plusDays(90),
        WinbackCandidates.CHANNEL,
        "PHONE",
        WinbackCandidates.ARM,
        arm,
        WinbackCandidates.HOLD_REASON,
        holdReason,
        WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR,
        gainMinor,
        WinbackCandidates.EVIDENCE_EN,
        "of " + id,
        WinbackCandidates.MARGIN_AMOUNT_MINOR,
        123_456L,
        WinbackCandidates.MARGIN_BASIS,
        "MODEL");
    return this;
  }

  /** Of campaign b, drawn a month before the day; nothing is recorded of the reasons. */
  WinbackListRows earlier(String id, String arm, LocalDate windowUntil) {
    candidates.row(
        WinbackCandidates.CAMPAIGN_ID,
        "b",
        WinbackCandidates.CUSTOMER_ID,
        id,
        WinbackCandidates.DEALER_ID,
        "D1",
        WinbackCandidates.ASSIGNED_ON,
        day.minusDays(30),
        WinbackCandidates.WINDOW_UNTIL_ON,
        windowUntil,
        WinbackCandidates.CHANNEL,
        "PHONE",
        WinbackCandidates.ARM,
        arm,
        WinbackCandidates.EXPECTED_GAIN_AMOUNT_MINOR,
        300L);
    return this;
  }

  WinbackListRows called(
      String campaign, String id, LocalDate on, boolean isReached, String outcome) {
    outcomes.row(
        CallOutcomes.CAMPAIGN_ID,
        campaign,
        CallOutcomes.CUSTOMER_ID,
        id,
        CallOutcomes.CALLED_ON,
        on,
        CallOutcomes.IS_REACHED,
        isReached,
        CallOutcomes.OUTCOME_CODE,
        outcome);
    return this;
  }

  WinbackListRows contacted(String id, LocalDate on) {
    contacts.row(
        CustomerContacts.CONTACT_ID,
        id + on,
        CustomerContacts.CUSTOMER_ID,
        id,
        CustomerContacts.CONTACT_ON,
        on,
        CustomerContacts.IS_MADE,
        true);
    return this;
  }

  /** Under this file calls were refused. */
  WinbackListRows refused(String file) {
    consents.row(
        Consents.CUSTOMER_RECORD_ID, file, Consents.CHANNEL, "PHONE", Consents.IS_GRANTED, false);
    return this;
  }

  /** The file belongs to the person. */
  WinbackListRows linked(String file, String person) {
    identities.row(
        CustomerIdentities.CUSTOMER_RECORD_ID, file, CustomerIdentities.CUSTOMER_ID, person);
    return this;
  }

  /** The person left the home dealer. */
  WinbackListRows exited(String id) {
    states.row(
        CustomerStates.CUSTOMER_ID,
        id,
        CustomerStates.SCORED_ON,
        day,
        CustomerStates.IS_HOME,
        true,
        CustomerStates.STATE,
        "EXITED");
    return this;
  }

  /** The list, where four contacts within 90 days are the cap. */
  Dataset<Row> list() {
    return ServeWinback.list(
        candidates.build(),
        outcomes.build(),
        snapshots.build(),
        ContactHolds.on(
            new ContactHolds.Rule(
                day,
                day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                ContactHolds.ALL_HEARD,
                false,
                4,
                90),
            snapshots.build(),
            states.build(),
            consents.build(),
            customers.build(),
            identities.build(),
            contacts.build(),
            outcomes.build()),
        identities.build(),
        TestRows.of(Dealers.TABLE)
            .row(Dealers.DEALER_ID, "D1")
            .row(Dealers.DEALER_ID, "D2")
            .build(),
        TestRows.of(Staff.TABLE)
            .row(Staff.STAFF_ID, "manager", Staff.DEALER_ID, "D1", Staff.ROLE, "MANAGER")
            .build(),
        day);
  }
}
