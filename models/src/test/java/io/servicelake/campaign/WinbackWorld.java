package io.servicelake.campaign;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.ml.campaign.CampaignDesign;
import io.servicelake.transform.decision.ContactHolds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers at risk of made-up dealers, on one day, for tests of campaigns. */
final class WinbackWorld {
  static final LocalDate DAY = LocalDate.parse("2025-06-30");
  static final Offer COUPON = offer("coupon", "PHONE", List.of("PRICE"), 10_000, 1_500, 0.1);
  static final Offer REMINDER = offer("reminder", "SMS", List.of(), 0, 10, 0.01);

  private final LocalDate day;
  private final TestRows scores = TestRows.of(ChurnScores.TABLE);
  private final TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
  private final TestRows states = TestRows.of(CustomerStates.TABLE);
  private final TestRows segments = TestRows.of(CustomerSegments.TABLE);
  private final TestRows values = TestRows.of(CustomerValues.TABLE);
  private final TestRows consents = TestRows.of(Consents.TABLE);
  private final TestRows customers = TestRows.of(Customers.TABLE);
  private final TestRows identities = TestRows.of(CustomerIdentities.TABLE);
  private final TestRows contacts = TestRows.of(CustomerContacts.TABLE);
  private final TestRows visits = TestRows.of(ServiceVisits.TABLE);
  private final TestRows staff = TestRows.of(Staff.TABLE);
  private final TestRows outcomes = TestRows.of(CallOutcomes.TABLE);
  private final Map<Offer.Version, MeasuredLift> measured = new HashMap<>();
  private final Set<String> withoutPhone = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private boolean isConsentRequired;
  private int contactsMade;

  WinbackWorld(LocalDate day) {
    this.day = day;
    staff.row(Staff.STAFF_ID, "manager", Staff.DEALER_ID, "D1", Staff.ROLE, "MANAGER");
    staff.row(Staff.STAFF_ID, "of another", Staff.DEALER_ID, "D2", Staff.ROLE, "ADVISOR");
    staff.row(Staff.STAFF_ID, "advisor", Staff.DEALER_ID, "D1", Staff.ROLE, "ADVISOR");
  }

  static Offer offer(
      String code, String channel, List<String> reasons, long discount, long contact, double lift) {
    return new Offer(
        code,
        "1",
        reasons.isEmpty() ? "REMINDER" : "COUPON",
        code,
        code,
        channel,
        channel.equals("PHONE") ? "CALLER" : "PROGRAM",
        reasons,
        List.of("CORE", "GENERAL"),
        new Offer.Terms(discount, contact, 0.2, lift),
        new Offer.Eligibility(List.of(), 0, 0, 0, 1000));
  }

  static WinbackRules rules(int calls, long budgetMinor) {
    return rules(List.of(COUPON, REMINDER), calls, budgetMinor, Map.of());
  }

  static WinbackRules rules(
      List<Offer> offers, int calls, long budgetMinor, Map<String, WinbackRules.Bounds> dealers) {
    WinbackRules.Bounds bounds = new WinbackRules.Bounds(calls, budgetMinor);
    return new WinbackRules(offers, 0.03, 0.5, bounds, dealers, 90, 0.3, 0.1);
  }

  static CampaignDesign design(LocalDate day) {
    return new CampaignDesign("winback-" + day.toString().substring(0, 7), "s", "s", 0.2, 0);
  }

  /** A person with margin at stake, hundredths; more columns of the snapshot may follow. */
  WinbackWorld customer(String id, String dealer, String reason, long marginMinor, Object... more) {
    values.row(
        CustomerValues.CUSTOMER_ID,
        id,
        CustomerValues.SCORED_ON,
        day,
        CustomerValues.MARGIN_36M_AMOUNT_MINOR,
        marginMinor);
    return unvalued(id, dealer, reason, more);
  }

  /** A person whose margin no model gives. */
  WinbackWorld unvalued(String id, String dealer, String reason, Object... more) {
    Object[] snapshot = {
      CustomerSnapshots.CUSTOMER_ID, id,
      CustomerSnapshots.HOME_DEALER_ID, dealer,
      CustomerSnapshots.LAST_VISIT_ON, day.minusDays(300)
    };
    Object[] all = new Object[snapshot.length + more.length];
    System.arraycopy(snapshot, 0, all, 0, snapshot.length);
    System.arraycopy(more, 0, all, snapshot.length, more.length);
    snapshots.row(all);
    scores.row(
        ChurnScores.CUSTOMER_ID,
        id,
        ChurnScores.SCORED_ON,
        day,
        ChurnScores.DEALER_ID,
        dealer,
        ChurnScores.CHURN_180D_PROBABILITY,
        0.8,
        ChurnScores.REASON_CODE_1,
        reason);
    return phone(id, withoutPhone.contains(id) ? null : "phone of " + id, LocalDate.EPOCH);
  }

  /** The person, added after this, has no phone on file. */
  WinbackWorld withoutPhone(String id) {
    withoutPhone.add(id);
    return this;
  }

  /** The phone that a file has from a day on. */
  WinbackWorld phone(String file, String token, LocalDate knownOn) {
    customers.row(
        Customers.CUSTOMER_RECORD_ID,
        file,
        Customers.PHONE_TOKEN,
        token,
        Versioned.KNOWN_AT,
        endOf(knownOn).minusSeconds(1));
    return this;
  }

  /** What campaigns showed of an offer's version. */
  WinbackWorld shown(String offer, String version, double difference, double standardError) {
    boolean isLoss = difference < -1.96 * standardError;
    measured.put(
        new Offer.Version(offer, version), new MeasuredLift(difference, standardError, isLoss));
    return this;
  }

  /** Where a person stands with the home dealer on a day. */
  WinbackWorld standing(String id, LocalDate on, String state) {
    states.row(
        CustomerStates.CUSTOMER_ID,
        id,
        CustomerStates.SCORED_ON,
        on,
        CustomerStates.IS_HOME,
        true,
        CustomerStates.STATE,
        state);
    return this;
  }

  WinbackWorld core(String id) {
    segments.row(
        CustomerSegments.CUSTOMER_ID,
        id,
        CustomerSegments.SCORED_ON,
        day,
        CustomerSegments.IS_CORE,
        true);
    return this;
  }

  /** From now on only who granted a channel may be contacted by it. */
  WinbackWorld consentRequired() {
    isConsentRequired = true;
    return this;
  }

  WinbackWorld granted(String id, String channel, LocalDate knownOn) {
    consents.row(
        Consents.CUSTOMER_RECORD_ID,
        "file-" + id,
        Consents.CHANNEL,
        channel,
        Consents.IS_GRANTED,
        true,
        Versioned.KNOWN_AT,
        endOf(knownOn).minusSeconds(1));
    return linked("file-" + id, id);
  }

  private static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  WinbackWorld refused(String id, String channel) {
    consents.row(
        Consents.CUSTOMER_RECORD_ID,
        "file-" + id,
        Consents.CHANNEL,
        channel,
        Consents.IS_GRANTED,
        false);
    return linked("file-" + id, id);
  }

  /** A file that belongs to a person, who has one of the same name. */
  WinbackWorld linked(String file, String person) {
    for (String one : List.of(file, person)) {
      if (files.add(one)) {
        identities.row(
            CustomerIdentities.CUSTOMER_RECORD_ID, one, CustomerIdentities.CUSTOMER_ID, person);
      }
    }
    return this;
  }

  WinbackWorld declined(String id) {
    outcomes.row(
        CallOutcomes.CAMPAIGN_ID,
        "before",
        CallOutcomes.CUSTOMER_ID,
        id,
        CallOutcomes.OUTCOME_CODE,
        "DO_NOT_CALL");
    return this;
  }

  /** What became of a call of an earlier campaign. */
  WinbackWorld called(String id, LocalDate on, String outcome) {
    outcomes.row(
        CallOutcomes.CAMPAIGN_ID,
        "before " + on,
        CallOutcomes.CUSTOMER_ID,
        id,
        CallOutcomes.CALLED_ON,
        on,
        CallOutcomes.IS_REACHED,
        !outcome.equals("NO_ANSWER") && !outcome.equals("WRONG_NUMBER"),
        CallOutcomes.OUTCOME_CODE,
        outcome);
    return this;
  }

  WinbackWorld calledOn(String id, LocalDate on) {
    outcomes.row(
        CallOutcomes.CAMPAIGN_ID,
        "before",
        CallOutcomes.CUSTOMER_ID,
        id,
        CallOutcomes.CALLED_ON,
        on);
    return this;
  }

  WinbackWorld contacted(String id, int times) {
    for (int i = 0; i < times; i++) {
      contacts.row(
          CustomerContacts.CONTACT_ID,
          "k" + ++contactsMade,
          CustomerContacts.CUSTOMER_ID,
          id,
          CustomerContacts.CONTACT_ON,
          day.minusDays(10L + i),
          CustomerContacts.IS_MADE,
          true);
    }
    return this;
  }

  WinbackWorld served(String id, String dealer, String advisor, LocalDate on) {
    visits.row(
        ServiceVisits.REPAIR_ORDER_ID,
        id + on,
        ServiceVisits.CUSTOMER_ID,
        id,
        ServiceVisits.DEALER_ID,
        dealer,
        ServiceVisits.VISIT_ON,
        on,
        ServiceVisits.ADVISOR_ID,
        advisor);
    return this;
  }

  Dataset<Row> decide(WinbackRules rules, CampaignDesign design, Dataset<Row> held) {
    return DecideWinback.compute(
        new WinbackInputs(
            scores.build(),
            snapshots.build(),
            ContactHolds.on(
                new ContactHolds.Rule(day, endOf(day), day, isConsentRequired, 4, 90),
                snapshots.build(),
                states.build(),
                consents.build(),
                customers.build(),
                identities.build(),
                contacts.build(),
                outcomes.build()),
            segments.build(),
            values.build(),
            identities.build(),
            visits.build(),
            staff.build(),
            held),
        rules,
        () -> measured,
        design,
        day);
  }

  Dataset<Row> decide(WinbackRules rules) {
    return decide(rules, design(day), TestRows.of(WinbackCandidates.TABLE).build());
  }

  /** A column of what was decided, by person. */
  static Map<String, String> by(Dataset<Row> decided, Field column) {
    return decided
        .select(WinbackCandidates.CUSTOMER_ID.col(), column.col())
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> String.valueOf(row.get(1))));
  }
}
