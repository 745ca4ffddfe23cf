package io.servicelake.transform.gold;

import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeComplaintStepsTest {
  private final Dataset<Row> staff =
      TestRows.of(Staff.TABLE)
          .row(Staff.STAFF_ID, "desk", Staff.ROLE, "SYSTEM")
          .row(Staff.STAFF_ID, "ann", Staff.ROLE, "OTHER")
          .build();

  private final TestRows complaints = TestRows.of(Complaints.TABLE);

  @Test
  void aStepEndsWhenOwnerOrStatusChangesAndNotWithEveryVersion() {
    version("ann", "new", "2024-05-01", "2024-05-02");
    version("ann", "new", "2024-05-02", "2024-05-03");
    version("ann", "done", "2024-05-03", null);

    assertThat(
            GoldRows.of(
                ComputeComplaintSteps.compute(complaints.build(), staff),
                ComplaintSteps.STEP_NO,
                ComplaintSteps.OWNER_ID,
                ComplaintSteps.STATUS,
                ComplaintSteps.STEP_HOURS,
                ComplaintSteps.IS_HAND_OVER))
        .containsExactly("1|ann|new|48.0|false", "2|ann|done|null|false");
  }

  @Test
  void whatAProgramHoldsIsAHandOverButNotBetweenPersons() {
    version(null, "new", "2024-05-01", "2024-05-02");
    version("ann", "new", "2024-05-02", "2024-05-03");
    version("desk", "new", "2024-05-03", "2024-05-04");
    version("ann", "new", "2024-05-04", "2024-05-05");
    version("desk", "new", "2024-05-05", "2024-05-06");
    version("bob", "new", "2024-05-06", null);

    assertThat(
            GoldRows.of(
                ComputeComplaintSteps.compute(complaints.build(), staff),
                ComplaintSteps.STEP_NO,
                ComplaintSteps.OWNER_ID,
                ComplaintSteps.IS_SYSTEM,
                ComplaintSteps.IS_HAND_OVER,
                ComplaintSteps.IS_PERSON_HAND_OVER))
        .containsExactly(
            "1|null|false|false|false",
            "2|ann|false|false|false",
            "3|desk|true|true|false",
            "4|ann|false|true|false",
            "5|desk|true|true|false",
            "6|bob|false|true|true");
  }

  @Test
  void aCaseWithoutATimeOfReceptionWasReceivedWithItsFirstStep() {
    version("ann", "new", "2024-05-01", "2024-05-03");
    version("bob", "new", "2024-05-03", null);
    Dataset<Row> versions = complaints.build();

    assertThat(
            GoldRows.of(
                ComputeComplaintCases.compute(
                    Versioned.current(versions),
                    ComputeComplaintSteps.compute(versions, staff),
                    TestRows.of(RepairOrders.TABLE).build(),
                    TestRows.of(CustomerIdentities.TABLE).build(),
                    new ComplaintClock(0.25, 24, 48, 48, 120),
                    GoldRows.ZONE),
                ComplaintCases.RECEIVED_AT,
                ComplaintCases.CHANGED_HOURS,
                ComplaintCases.HAND_OVERS_COUNT,
                ComplaintCases.PERSON_HAND_OVERS_COUNT))
        .containsExactly("2024-05-01 02:00:00.0|48.0|1|1");
  }

  private void version(String owner, String status, String from, String until) {
    Instant end = until == null ? null : at(until);
    complaints.row(
        Complaints.COMPLAINT_ID, "c1",
        Complaints.OWNER_ID, owner,
        Complaints.STATUS, status,
        Versioned.KNOWN_AT, at(from),
        Versioned.SUPERSEDED_AT, end);
  }
}
