package io.servicelake.transform.gold;

import static io.servicelake.transform.gold.GoldRows.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.Vehicles;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ComputeVisitJobsTest {
  private final TestRows versions = TestRows.of(VisitVersions.TABLE);
  private final TestRows lines = TestRows.of(RepairOrderLines.TABLE);

  @Test
  void aReturnOnDay30ForTheSameComponentIsAComeback() {
    repair("o1", "v1", "2024-05-01", null, "BRAKE");
    repair("o2", "v1", "2024-05-31", null, "BRAKE", "WIPER");
    assertThat(outcomes())
        .containsExactly("o1|BRAKE|true|o2", "o2|BRAKE|false|null", "o2|WIPER|false|null");
  }

  @Test
  void aReturnOnDay31IsNone() {
    repair("o1", "v1", "2024-05-01", null, "BRAKE");
    repair("o2", "v1", "2024-06-01", null, "BRAKE");
    assertThat(outcomes()).containsExactly("o1|BRAKE|false|null", "o2|BRAKE|false|null");
  }

  @Test
  void aReturnWithTheSameConcernIsAComebackWhateverWasRepaired() {
    repair("o1", "v1", "2024-05-01", "NOISE", "BRAKE");
    repair("o2", "v1", "2024-05-10", "NOISE", "BEARING");
    assertThat(outcomes()).containsExactly("o1|BRAKE|true|o2", "o2|BEARING|false|null");
  }

  @Test
  void otherVehiclesAndOtherComponentsAreNoComebacks() {
    repair("o1", "v1", "2024-05-01", "NOISE", "BRAKE");
    repair("o2", "v2", "2024-05-10", "NOISE", "BRAKE");
    repair("o3", "v1", "2024-05-10", "LEAK", "WIPER");
    assertThat(outcomes())
        .containsExactly("o1|BRAKE|false|null", "o2|BRAKE|false|null", "o3|WIPER|false|null");
  }

  @Test
  void theOutcomeOfAJobMaturesThirtyDaysAfterDelivery() {
    repair("o1", "v1", "2024-05-01", null, "BRAKE");
    assertThat(GoldRows.of(compute(), VisitJobs.DELIVERED_ON, VisitJobs.MATURES_ON))
        .containsExactly("2024-05-01|2024-05-31");
  }

  @Test
  void linesWithoutComponentStandUnderTheConcern() {
    repair("o1", "v1", "2024-05-01", "NOISE");
    line("o1", null, "t1", 1.0);
    assertThat(GoldRows.of(compute(), VisitJobs.COMPONENT_CODE)).containsExactly("NOISE");
  }

  @Test
  void theJobIsTheTechniciansWithMostClockedHoursAndTiesGoToTheSmallerId() {
    repair("o1", "v1", "2024-05-01", null, "BRAKE", "WIPER");
    line("o1", "BRAKE", "t1", 1.0);
    line("o1", "BRAKE", "t2", 2.0);
    line("o1", "WIPER", "t4", 1.0);
    line("o1", "WIPER", "t3", 1.0);
    assertThat(
            GoldRows.of(
                compute(),
                VisitJobs.COMPONENT_CODE,
                VisitJobs.TECHNICIAN_ID,
                VisitJobs.CLOCKED_HOURS))
        .containsExactly("BRAKE|t2|3.0000", "WIPER|t3|2.0000");
  }

  private List<String> outcomes() {
    return GoldRows.of(
        compute(),
        VisitJobs.REPAIR_ORDER_ID,
        VisitJobs.COMPONENT_CODE,
        VisitJobs.IS_COMEBACK,
        VisitJobs.COMEBACK_REPAIR_ORDER_ID);
  }

  private Dataset<Row> compute() {
    return ComputeVisitJobs.compute(
        versions.build(), lines.build(), TestRows.of(Vehicles.TABLE).build(), GoldRows.ZONE);
  }

  private void repair(String id, String vehicle, String day, String concern, String... components) {
    versions.row(
        VisitVersions.REPAIR_ORDER_ID,
        id,
        VisitVersions.VEHICLE_ID,
        vehicle,
        VisitVersions.VISIT_ON,
        LocalDate.parse(day),
        VisitVersions.RECEIVED_AT,
        at(day),
        VisitVersions.DELIVERED_AT,
        at(day).plusSeconds(3600),
        VisitVersions.CONCERN_CODE,
        concern,
        VisitVersions.IS_REPAIR,
        true,
        VisitVersions.COMPONENTS,
        List.of(components));
    for (String component : components) {
      line(id, component, null, 0.0);
    }
  }

  private void line(String order, String component, String technician, double clocked) {
    lines.row(
        RepairOrderLines.REPAIR_ORDER_ID, order,
        RepairOrderLines.JOB_TYPE, "REPAIR",
        RepairOrderLines.COMPONENT_CODE, component,
        RepairOrderLines.TECHNICIAN_ID, technician,
        RepairOrderLines.CLOCKED_HOURS, clocked);
  }
}
