package io.servicelake.transform.gold;

import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrders;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeComplaintCasesTest {
  private final Dataset<Row> orders =
      TestRows.of(RepairOrders.TABLE)
          .row(
              RepairOrders.REPAIR_ORDER_ID, "o1",
              RepairOrders.CUSTOMER_RECORD_ID, "f1",
              RepairOrders.VEHICLE_ID, "v1")
          .build();
  private final Dataset<Row> identities =
      TestRows.of(CustomerIdentities.TABLE)
          .row(CustomerIdentities.CUSTOMER_RECORD_ID, "f1", CustomerIdentities.CUSTOMER_ID, "c1")
          .build();

  @Test
  void theClockRunsDayAndNightAndMajorComplaintsHaveLimitsOfTheirOwn() {
    Dataset<Row> complaints =
        TestRows.of(Complaints.TABLE)
            .row(
                Complaints.COMPLAINT_ID, "ordinary",
                Complaints.REPAIR_ORDER_ID, "o1",
                Complaints.SEVERITY, "ORDINARY",
                Complaints.RECEIVED_AT, at("2024-05-01"),
                Complaints.ACKNOWLEDGED_AT, at("2024-05-01").plusSeconds(900))
            .row(
                Complaints.COMPLAINT_ID, "severe",
                Complaints.SEVERITY, "MAJOR",
                Complaints.RECEIVED_AT, at("2024-05-01"))
            .build();
    Dataset<Row> cases =
        ComputeComplaintCases.compute(
            complaints,
            TestRows.of(ComplaintSteps.TABLE).build(),
            orders,
            identities,
            new ComplaintClock(0.25, 24, 48, 48, 120),
            GoldRows.ZONE);
    assertThat(
            GoldRows.of(
                cases,
                ComplaintCases.COMPLAINT_ID,
                ComplaintCases.CUSTOMER_ID,
                ComplaintCases.VEHICLE_ID,
                ComplaintCases.ACKNOWLEDGE_HOURS,
                ComplaintCases.ACKNOWLEDGE_DUE_AT,
                ComplaintCases.PLAN_DUE_AT,
                ComplaintCases.CLOSE_DUE_AT))
        .containsExactly(
            "ordinary|c1|v1|0.25|2024-05-01 02:15:00.0|2024-05-02 02:00:00.0|2024-05-03 02:00:00.0",
            "severe|null|null|null|2024-05-01 02:15:00.0|2024-05-03 02:00:00.0|2024-05-06 02:00:00.0");
  }

  @Test
  void aContactIsThePersonsOnItsOrderAndFallsOnTheDayItWasMade() {
    Dataset<Row> contacts =
        TestRows.of(Contacts.TABLE)
            .row(
                Contacts.CONTACT_ID,
                "made",
                Contacts.REPAIR_ORDER_ID,
                "o1",
                Contacts.DUE_AT,
                at("2024-05-01"),
                Contacts.MADE_AT,
                Instant.parse("2024-05-01T17:00:00Z"))
            .row(Contacts.CONTACT_ID, "planned", Contacts.DUE_AT, at("2024-05-01"))
            .build();
    assertThat(
            GoldRows.of(
                ComputeCustomerContacts.compute(contacts, orders, identities, GoldRows.ZONE),
                CustomerContacts.CONTACT_ID,
                CustomerContacts.CUSTOMER_ID,
                CustomerContacts.CONTACT_ON,
                CustomerContacts.IS_MADE))
        .containsExactly("made|c1|2024-05-02|true", "planned|null|2024-05-01|false");
  }
}
