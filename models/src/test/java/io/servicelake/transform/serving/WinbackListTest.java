package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.serving.WinbackList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Whom the list names on the day of a drawing, and what it says of them once they were called. */
class WinbackListTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-07-30");

  private final WinbackListRows rows = new WinbackListRows(AS_OF);

  @Test
  void theWinbackListNamesWhomToContactFirstThenWhoIsHeldBackAndNobodyHeldOut() {
    LocalDate since = AS_OF.minusDays(3);
    List<Row> list =
        rows.customer("rich", 400_000, 0)
            .candidate("rich", "OFFER", null, 900L)
            .called("c", "rich", AS_OF, false, null)
            .customer("poor", 10_000, 0)
            .candidate("poor", "RANDOM_CONTACT", "CAPACITY", 100L)
            .called("c", "poor", AS_OF, true, null)
            .customer("refused", 200_000, 0)
            .candidate("refused", "OFFER", null, 500L)
            .linked("refused", "refused")
            .linked("r1", "refused")
            .refused("r1")
            .customer("angry", 100_000, 1)
            .candidate("angry", "OFFER", null, 400L)
            .customer("sold", 100_000, 0)
            .candidate("sold", "OFFER", null, 350L)
            .exited("sold")
            .customer("angry before", 300_000, 1)
            .candidate("angry before", null, "OPEN_COMPLAINT", null)
            .customer("settled", 300_000, 0)
            .candidate("settled", null, "OPEN_COMPLAINT", null)
            .customer("complained", 150_000, 0)
            .candidate("complained", "OFFER", null, 450L)
            .called("c", "complained", AS_OF, true, "COMPLAINT")
            .customer("control", 100_000, 0)
            .candidate("control", "HOLD_OUT", null, 800L)
            .customer("late", 900_000, 0)
            .candidate("late", null, "BUDGET", 700L)
            .customer("before", 1_000, 0)
            .earlier("before", "OFFER", AS_OF.plusDays(1))
            .called("b", "before", AS_OF, false, "NO_ANSWER")
            .candidate("before", null, "IN_CAMPAIGN", 300L)
            .customer("over", 1_000, 0)
            .earlier("over", "OFFER", AS_OF.minusDays(1))
            .customer("came since", 0, 0, CustomerSnapshots.LAST_VISIT_ON, since)
            .earlier("came since", "OFFER", AS_OF)
            .customer("back and angry", 0, 1, CustomerSnapshots.LAST_VISIT_ON, since)
            .earlier("back and angry", "OFFER", AS_OF)
            .candidate("back and angry", null, "OPEN_COMPLAINT", null)
            .customer("held out before", 1_000, 0)
            .earlier("held out before", "HOLD_OUT", AS_OF)
            .candidate("held out before", null, "IN_CAMPAIGN", 300L)
            .customer("left out before", 1_000, 0)
            .earlier("left out before", null, AS_OF)
            .list()
            .orderBy(WinbackList.RANK_NO.col())
            .collectAsList();

    // Whom to offer, whose complaint the manager is to settle, who is held back.
    assertThat(list)
        .extracting(
            row ->
                "%s %s %s %s %s"
                    .formatted(
                        row.getAs(WinbackList.CUSTOMER_ID.name()),
                        row.getAs(WinbackList.HOLD_REASON.name()),
                        row.getAs(WinbackList.STATE.name()),
                        row.getAs(WinbackList.TASK.name()),
                        row.getAs(WinbackList.CHANNEL.name())))
        .containsExactly(
            "rich null CALL_AGAIN MAKE_OFFER PHONE",
            "before null CALL_AGAIN MAKE_OFFER PHONE",
            "complained OPEN_COMPLAINT CALL_AGAIN SETTLE_COMPLAINT null",
            "angry OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "angry before OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "back and angry OPEN_COMPLAINT OPEN SETTLE_COMPLAINT null",
            "poor null CALLED null PHONE",
            "late BUDGET null null PHONE",
            "refused NO_CONSENT OPEN null PHONE",
            "sold EXITED OPEN null PHONE",
            "settled OPEN_COMPLAINT OPEN null null");
    assertThat(list.get(4).<String>getAs(WinbackList.CALLER_ID.name())).isEqualTo("manager");
    assertThat(list.get(0).<BigDecimal>getAs(WinbackList.EXPECTED_MARGIN_AMOUNT.name()))
        .isEqualByComparingTo("1234.56");
    assertThat(list.get(0).<String>getAs(WinbackList.MARGIN_BASIS.name())).isEqualTo("MODEL");
    // What was known on the day of the drawing stands.
    assertThat(list.get(0).<String>getAs(WinbackList.EVIDENCE_EN.name())).isEqualTo("of rich");
    assertThat(list.get(1).<String>getAs(WinbackList.EVIDENCE_ZH.name())).isEqualTo("无明细记录");
  }

  @Test
  void whoIsLinkedToAnotherSinceTheDrawingStandsOnceAndHoldingOutWins() {
    rows.customer("a", 400_000, 0)
        .linked("a", "a")
        .linked("a2", "a")
        .candidate("a2", "OFFER", null, 900L)
        .customer("b", 400_000, 0)
        .linked("b", "b")
        .candidate("b", "OFFER", null, 800L)
        .linked("b2", "b")
        .candidate("b2", "HOLD_OUT", null, 700L)
        .customer("c", 400_000, 0)
        .candidate("c", null, "BUDGET", 600L)
        .linked("c2", "c")
        .candidate("c2", "OFFER", null, 500L)
        // The file of d has no visit yet: e is known by its own snapshot still.
        .customer("e", 400_000, 0)
        .linked("e", "d")
        .candidate("e", "OFFER", null, 400L);

    assertThat(rows.list().orderBy(WinbackList.RANK_NO.col()).collectAsList())
        .extracting(row -> row.getAs(WinbackList.CUSTOMER_ID.name()))
        .containsExactly("a2", "c2", "e");
  }

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
        rows.contacted("two tries and two contacts", AS_OF.minusDays(40L + i));
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
    rows.customer(customer, 0, 0).earlier(customer, "OFFER", windowUntil);
  }

  private void called(String customer, LocalDate on, String outcome) {
    rows.called("b", customer, on, !outcome.equals("NO_ANSWER"), outcome);
  }

  /** State, reason to hold back and task, by customer. */
  private Map<String, String> list() {
    return rows.list().collectAsList().stream()
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
