package io.servicelake.transform.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.silver.RepairOrderLines;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TechnicianSnapshotsTest {
  @Test
  void aTechnicianIsHeldAgainstTheGroupsRateForTheComponents() {
    History history = new History().person("served", "of served", "Aurora");
    repair(history, "t1", "2024-01-01", "first");
    repair(history, "t2", "2024-01-20", "second");
    history.praise("t1", "2024-01-05");

    List<Row> technicians = history.technicians("2024-01-30", "2024-06-30").collectAsList();

    assertThat(technician(technicians, "first", "2024-01-30")).containsExactly("1|0|0|0.0|1|1.5");
    assertThat(technician(technicians, "first", "2024-06-30")).containsExactly("1|1|1|0.5|1|1.5");
    assertThat(technician(technicians, "second", "2024-06-30")).containsExactly("1|1|0|0.5|0|1.5");
  }

  private static void repair(History history, String order, String day, String technician) {
    history.visit(order, "served", "of served", day, null);
    history.line(order, day, "REPAIR", "HORN", RepairOrderLines.TECHNICIAN_ID, technician);
  }

  private static List<String> technician(List<Row> technicians, String id, String day) {
    return RowTexts.of(
        technicians,
        TechnicianSnapshots.STAFF_ID,
        id,
        TechnicianSnapshots.SNAPSHOT_ON,
        day,
        TechnicianSnapshots.JOBS_12M_COUNT,
        TechnicianSnapshots.MATURED_JOBS_12M_COUNT,
        TechnicianSnapshots.COMEBACKS_12M_COUNT,
        TechnicianSnapshots.EXPECTED_COMEBACKS_12M_COUNT,
        TechnicianSnapshots.PRAISES_12M_COUNT,
        TechnicianSnapshots.EXPECTED_CLOCKED_12M_HOURS);
  }
}
