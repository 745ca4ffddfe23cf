package io.servicelake.jobs.winback;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A column of a call list: its Chinese label is the header, its name is understood as well. */
record CallListColumn(Field field, boolean isPersonal, boolean isBlank) {
  static final Field REMARK =
      new Field("remark", Columns.STRING, true, "Remark", "备注", "The dealer's own.");

  /** In the order of the file. */
  static final List<CallListColumn> ALL =
      Stream.of(
              given(
                  WinbackList.CAMPAIGN_ID,
                  WinbackList.DEALER_ID,
                  WinbackList.CUSTOMER_ID,
                  WinbackList.RANK_NO),
              personal(WinbackContacts.CUSTOMER_NAME, WinbackContacts.PHONE),
              given(
                  WinbackList.TASK,
                  WinbackList.OFFER_LABEL_ZH,
                  WinbackList.OFFER_CODE,
                  WinbackList.DISCOUNT_AMOUNT,
                  WinbackList.EVIDENCE_ZH,
                  WinbackList.LAST_VISIT_ON,
                  WinbackList.CHANNEL,
                  WinbackList.CALLER_ROLE,
                  WinbackList.CALLER_ID),
              personal(WinbackContacts.CALLER_NAME),
              given(WinbackList.WINDOW_UNTIL_ON),
              blank(
                  CallOutcomes.CALLED_ON,
                  CallOutcomes.IS_REACHED,
                  CallOutcomes.OUTCOME_CODE,
                  REMARK))
          .flatMap(List::stream)
          .toList();

  /** What comes back. */
  static final List<Field> READ =
      List.of(
          CallOutcomes.CAMPAIGN_ID,
          CallOutcomes.DEALER_ID,
          CallOutcomes.CUSTOMER_ID,
          CallOutcomes.CALLED_ON,
          CallOutcomes.IS_REACHED,
          CallOutcomes.OUTCOME_CODE);

  /** The columns of a file, with or without those that tell who it is. */
  static List<CallListColumn> of(boolean withContacts) {
    return ALL.stream().filter(column -> withContacts || !column.isPersonal).toList();
  }

  /** The field that a header of a file means. */
  static Optional<Field> meant(String header) {
    return READ.stream()
        .filter(field -> header.equals(field.labelZh()) || header.equals(field.name()))
        .findFirst();
  }

  private static List<CallListColumn> given(Field... fields) {
    return Stream.of(fields).map(field -> new CallListColumn(field, false, false)).toList();
  }

  private static List<CallListColumn> personal(Field... fields) {
    return Stream.of(fields).map(field -> new CallListColumn(field, true, false)).toList();
  }

  private static List<CallListColumn> blank(Field... fields) {
    return Stream.of(fields).map(field -> new CallListColumn(field, false, true)).toList();
  }
}
