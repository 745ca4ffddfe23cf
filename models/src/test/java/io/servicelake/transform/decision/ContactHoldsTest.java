package io.servicelake.transform.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactHoldsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-06-30");
  private static final Instant END = Instant.parse("2025-07-01T00:00:00Z");

  private static final List<String> PERSONS =
      List.of(
          "calm",
          "granted",
          "complained",
          "complained, no calls",
          "complained, no contact",
          "refused since",
          "took it back");

  @Test
  void aComplaintIsAnsweredWithoutConsentToOffersUnlessThePersonRefused() {
    assertThat(holds(true))
        .containsExactly(
            "calm NO_CONSENT true",
            "complained OPEN_COMPLAINT true",
            "complained, no calls OPEN_COMPLAINT false",
            "complained, no contact NO_CONSENT false",
            "granted null true");
  }

  @Test
  void whereConsentIsNotRequiredWhoSaidNothingMayBeOffered() {
    assertThat(holds(false)).contains("calm null true", "complained, no contact NO_CONSENT false");
  }

  @Test
  void aRefusalCountsUntilItIsTakenBack() {
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    for (String person : List.of("refused since", "took it back")) {
      snapshots.row(CustomerSnapshots.CUSTOMER_ID, person);
    }
    Object[] takenBack = Arrays.copyOf(consent("took it back", "ALL", false), 10);
    takenBack[8] = Versioned.SUPERSEDED_AT;
    takenBack[9] = Instant.parse("2025-02-01T00:00:00Z");
    Object[] since = consent("refused since", "ALL", false);
    since[7] = END.plusSeconds(9);

    assertThat(
            holds(
                false,
                snapshots,
                TestRows.of(Consents.TABLE)
                    .row(takenBack)
                    .row(consent("took it back", "ALL", true))
                    .row(since),
                TestRows.of(CustomerIdentities.TABLE)))
        .containsExactly("refused since NO_CONSENT false", "took it back null true");
  }

  private static List<String> holds(boolean isConsentRequired) {
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    for (String person : PERSONS.subList(0, 5)) {
      snapshots.row(
          CustomerSnapshots.CUSTOMER_ID,
          person,
          CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
          person.startsWith("complained") ? 1 : 0);
    }
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    for (String person : List.of("granted", "complained, no calls", "complained, no contact")) {
      identities.row(
          CustomerIdentities.CUSTOMER_RECORD_ID, person, CustomerIdentities.CUSTOMER_ID, person);
    }
    return holds(
        isConsentRequired,
        snapshots,
        TestRows.of(Consents.TABLE)
            .row(consent("granted", "PHONE", true))
            .row(consent("complained, no calls", "PHONE", false))
            .row(consent("complained, no contact", "ALL", false)),
        identities);
  }

  private static List<String> holds(
      boolean isConsentRequired, TestRows snapshots, TestRows consents, TestRows identities) {
    TestRows customers = TestRows.of(Customers.TABLE);
    for (String person : PERSONS) {
      customers.row(Customers.CUSTOMER_RECORD_ID, person, Customers.PHONE_TOKEN, person);
    }
    return ContactHolds.on(
            new ContactHolds.Rule(DAY, END, DAY, isConsentRequired, 4, 90),
            snapshots.build(),
            TestRows.of(CustomerStates.TABLE).build(),
            consents.build(),
            customers.build(),
            identities.build(),
            TestRows.of(CustomerContacts.TABLE).build(),
            TestRows.of(CallOutcomes.TABLE).build())
        .orderBy("customer_id")
        .select("customer_id", "hold_reason", "may_phone")
        .collectAsList()
        .stream()
        .map(row -> "%s %s %s".formatted(row.get(0), row.get(1), row.get(2)))
        .toList();
  }

  private static Object[] consent(String file, String channel, boolean isGranted) {
    return new Object[] {
      Consents.CUSTOMER_RECORD_ID, file,
      Consents.CHANNEL, channel,
      Consents.IS_GRANTED, isGranted,
      Versioned.KNOWN_AT, Instant.parse("2025-01-01T00:00:00Z")
    };
  }
}
