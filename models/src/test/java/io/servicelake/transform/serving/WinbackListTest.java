package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.decision.ContactHolds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What the list says of those drawn a month ago, some of whom were called since. */
class WinbackListTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-07-30");
  private static final LocalDate DRAWN = AS_OF.minusDays(30);

  private final TestRows candidates = TestRows.of(WinbackCandidates.TABLE);
  private final TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
  private final TestRows customers = TestRows.of(Customers.TABLE);
  private final TestRows contacts = TestRows.of(CustomerContacts.TABLE);
  private final TestRows outcomes = TestRows.of(CallOutcomes.TABLE);

  @Test
  void whatCallersHeardAfterTheDayOfTheDataCountsAtOnce() {
    drawn("refused", AS_OF.plusDays(60));
    drawn("booked", AS_OF.plusDays(60));
    drawn("not called", AS_OF.plusDays(60));
    called("refused", AS_OF.plusDays(1), "DO_NOT_CALL");
    called("booked", AS_OF.plusDays(1), "BOOKED");

    assertThat(list())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "refused", "CALLED NO_CONSENT null",
                "booked", "CALLED null null",
                "not called", "OPEN null MAKE_OFFER"));
  }

  @Test
  void nothingIsToBeDoneOnceTheNextCallWouldFallBehindTheWindow() {
    drawn("a day left", AS_OF.plusDays(1));
    drawn("last day", AS_OF);
    drawn("over", AS_OF.minusDays(1));
    drawn("angry", AS_OF);
    called("angry", AS_OF.minusDays(9), "COMPLAINT");

    assertThat(list())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a day left", "OPEN null MAKE_OFFER",
                "last day", "OPEN WINDOW_OVER null",
                "over", "OPEN WINDOW_OVER null",
                "angry", "CALL_AGAIN OPEN_COMPLAINT null"));
  }

  @Test
  void ofSeveralCallsWhatWasHeardLastCountsAndATryThatNobodyAnsweredChangesNothing() {
    for (String customer : List.of("booked", "back", "refused", "never answered")) {
      drawn(customer, AS_OF.plusDays(60));
    }
    called("booked", AS_OF.minusDays(9), "CALL_BACK");
    called("booked", AS_OF.minusDays(8), "BOOKED");
    called("booked", AS_OF.minusDays(7), "NO_ANSWER");
    called("back", AS_OF.minusDays(9), "NOT_INTERESTED");
    called("back", AS_OF.minusDays(8), "CALL_BACK");
    called("refused", AS_OF.minusDays(9), "DO_NOT_CALL");
    called("refused", AS_OF.minusDays(8), "CALL_BACK");
    called("never answered", AS_OF.minusDays(9), "NO_ANSWER");
    called("never answered", AS_OF.minusDays(8), "NO_ANSWER");

    assertThat(list())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "booked", "CALLED null null",
                "back", "CALL_AGAIN null MAKE_OFFER",
                "refused", "CALL_AGAIN NO_CONSENT null",
                "never answered", "CALL_AGAIN null MAKE_OFFER"));
  }

  @Test
  void whoWasContactedAsOftenAsTheCapAllowsIsNotCalledAgain() {
    drawn("three tries", AS_OF.plusDays(60));
    drawn("four tries", AS_OF.plusDays(60));
    drawn("two tries and two contacts", AS_OF.plusDays(60));
    for (int i = 1; i <= 4; i++) {
      called("four tries", AS_OF.minusDays(2L * i), "NO_ANSWER");
      if (i < 4) {
        called("three tries", AS_OF.minusDays(2L * i), "NO_ANSWER");
      }
      if (i < 3) {
        called("two tries and two contacts", AS_OF.minusDays(2L * i), "NO_ANSWER");
        contacts.row(
            CustomerContacts.CONTACT_ID,
            "k" + i,
            CustomerContacts.CUSTOMER_ID,
            "two tries and two contacts",
            CustomerContacts.CONTACT_ON,
            AS_OF.minusDays(40L + i),
            CustomerContacts.IS_MADE,
            true);
      }
    }

    assertThat(list())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "three tries", "CALL_AGAIN null MAKE_OFFER",
                "four tries", "CALL_AGAIN CONTACT_CAP null",
                "two tries and two contacts", "CALL_AGAIN CONTACT_CAP null"));
  }

  private void drawn(String customer, LocalDate windowUntil) {
    customers.row(Customers.CUSTOMER_RECORD_ID, customer, Customers.PHONE_TOKEN, "1");
    candidates.row(
        WinbackCandidates.CAMPAIGN_ID,
        "c",
        WinbackCandidates.CUSTOMER_ID,
        customer,
        WinbackCandidates.DEALER_ID,
        "D1",
        WinbackCandidates.ASSIGNED_ON,
        DRAWN,
        WinbackCandidates.WINDOW_UNTIL_ON,
        windowUntil,
        WinbackCandidates.CHANNEL,
        "PHONE",
        WinbackCandidates.ARM,
        "OFFER");
    snapshots.row(
        CustomerSnapshots.CUSTOMER_ID,
        customer,
        CustomerSnapshots.HOME_DEALER_ID,
        "D1",
        CustomerSnapshots.LAST_VISIT_ON,
        DRAWN.minusDays(300));
  }

  private void called(String customer, LocalDate on, String outcome) {
    outcomes.row(
        CallOutcomes.CAMPAIGN_ID,
        "c",
        CallOutcomes.CUSTOMER_ID,
        customer,
        CallOutcomes.CALLED_ON,
        on,
        CallOutcomes.IS_REACHED,
        !outcome.equals("NO_ANSWER") && !outcome.equals("WRONG_NUMBER"),
        CallOutcomes.OUTCOME_CODE,
        outcome);
  }

  /** State, reason to hold back and task, by customer. */
  private Map<String, String> list() {
    Dataset<Row> identities = TestRows.of(CustomerIdentities.TABLE).build();
    return ServeWinback.list(
            candidates.build(),
            outcomes.build(),
            snapshots.build(),
            ContactHolds.on(
                new ContactHolds.Rule(
                    AS_OF,
                    Instant.parse("2025-07-31T00:00:00Z"),
                    ContactHolds.ALL_HEARD,
                    false,
                    4,
                    90),
                snapshots.build(),
                TestRows.of(CustomerStates.TABLE).build(),
                TestRows.of(Consents.TABLE).build(),
                customers.build(),
                identities,
                contacts.build(),
                outcomes.build()),
            identities,
            TestRows.of(Dealers.TABLE).row(Dealers.DEALER_ID, "D1").build(),
            TestRows.of(Staff.TABLE).build(),
            AS_OF)
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs(WinbackList.CUSTOMER_ID.name()),
                row ->
                    "%s %s %s"
                        .formatted(
                            row.getAs(WinbackList.STATE.name()),
                            row.getAs(WinbackList.HOLD_REASON.name()),
                            row.getAs(WinbackList.TASK.name()))));
  }
}
