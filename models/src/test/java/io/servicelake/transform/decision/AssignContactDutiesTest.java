package io.servicelake.transform.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.CustomerSegments;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AssignContactDutiesTest {
  private static final List<Touch> TOUCHES =
      List.of(
          new Touch("c", 1, "PHONE", 3, 7, List.of(Touch.Audience.ALL)),
          new Touch(
              "c",
              2,
              "PHONE",
              30,
              33,
              List.of(Touch.Audience.CORE, Touch.Audience.COMPLEX, Touch.Audience.HIGH_VALUE)));

  private final TestRows visits = TestRows.of(ServiceVisits.TABLE);
  private final TestRows assigned = TestRows.of(ContactDuties.TABLE);

  @Test
  void aDeliveredVisitIsOwedTheTouchesOfItsProfile() {
    visit("o1", "PERSON", "2024-05-01");
    assertThat(duties(ContactDuties.DUTY_ID, ContactDuties.DUE_FROM_ON, ContactDuties.DUE_ON))
        .containsExactly("o1:c:1|2024-05-04|2024-05-08");
  }

  @Test
  void aTouchForSomeIsOwedToCoreCustomersComplexWorkAndHighValue() {
    visit("core", "PERSON", "2024-05-01", ServiceVisits.CUSTOMER_ID, "c9");
    visit("complex", "FLEET", "2024-05-01", ServiceVisits.IS_REPAIR, true);
    visit("dear", "PERSON", "2024-05-01", ServiceVisits.NET_AMOUNT_MINOR, 100_000L);
    visit("plain", "PERSON", "2024-05-01", ServiceVisits.NET_AMOUNT_MINOR, 99_999L);
    assertThat(duties(ContactDuties.DUTY_ID))
        .containsExactly(
            "complex:c:1",
            "complex:c:2",
            "core:c:1",
            "core:c:2",
            "dear:c:1",
            "dear:c:2",
            "plain:c:1");
  }

  @Test
  void openVisitsOtherAccountsAndVisitsWithoutCustomerAreOwedNothing() {
    visit("open", "PERSON", null);
    visit("insurer", "INSURER", "2024-05-01");
    visit("own", "DEALER_INTERNAL", "2024-05-01");
    visit("nobody", "PERSON", "2024-05-01", ServiceVisits.CUSTOMER_ID, null);
    visit("later", "PERSON", "2024-06-01");
    assertThat(duties(ContactDuties.DUTY_ID)).isEmpty();
  }

  @Test
  void touchesDueFromBeforeTheStartAreNotAssigned() {
    visit("o1", "PERSON", "2024-03-29");
    visit("o2", "PERSON", "2024-03-28");
    assertThat(duties(ContactDuties.DUTY_ID)).containsExactly("o1:c:1");
  }

  @Test
  void dutiesOfOtherDaysAreFrozenAndThoseOfTheDayAreDecidedAnew() {
    assigned
        .row(ContactDuties.DUTY_ID, "old:c:1", ContactDuties.ASSIGNED_ON, day("2024-05-30"))
        .row(ContactDuties.DUTY_ID, "same:c:1", ContactDuties.ASSIGNED_ON, day("2024-05-31"));
    visit("old", "PERSON", "2024-05-01");
    visit("same", "PERSON", "2024-05-02");
    assertThat(duties(ContactDuties.DUTY_ID)).containsExactly("same:c:1");
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  private List<String> duties(Field... fields) {
    Dataset<Row> core =
        TestRows.of(CustomerSegments.TABLE).row(CustomerSegments.CUSTOMER_ID, "c9").build();
    return AssignContactDuties.compute(
            visits.build(),
            core.select(CustomerSegments.CUSTOMER_ID.col()),
            assigned.build(),
            TOUCHES,
            100_000L,
            LocalDate.parse("2024-04-01"),
            LocalDate.parse("2024-05-31"))
        .select(Stream.of(fields).map(Field::col).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }

  private void visit(String id, String accountClass, String deliveredOn) {
    visit(id, accountClass, deliveredOn, ServiceVisits.CUSTOMER_ID, "c1");
  }

  private void visit(String id, String accountClass, String day, Field field, Object value) {
    visits.row(
        ServiceVisits.REPAIR_ORDER_ID,
        id,
        ServiceVisits.CUSTOMER_ID,
        "c1",
        ServiceVisits.ACCOUNT_CLASS,
        accountClass,
        ServiceVisits.DELIVERED_ON,
        day == null ? null : LocalDate.parse(day),
        field,
        value);
  }
}
