package io.servicelake.transform.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.Field;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.VehicleOwnerships;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComponentSnapshotsTest {
  private static final Integer NOT_READ = null;

  private static List<Row> components;

  @BeforeAll
  static void computeTheHistory() {
    History history = new History();
    history.person("repaired", "of repaired", "Aurora");
    history.visit("r1", "repaired", "of repaired", "2024-01-01", 10_000);
    history.line("r1", "2024-01-01", "REPAIR", "BRAKE_PAD");
    history.line("r1", "2024-01-01", "REPAIR", "AC");
    history.visit("r2", "repaired", "of repaired", "2024-03-01", 12_000);
    history.line("r2", "2024-03-01", "REPAIR", "BRAKE_PAD", RepairOrderLines.IS_DECLINED, true);
    history.person("long-ago", "of long-ago", "Aurora");
    history.visit("r3", "long-ago", "of long-ago", "2022-06-30", NOT_READ);
    history.person(
        "gone", "of gone", "Aurora", VehicleOwnerships.OWNED_UNTIL_ON, LocalDate.of(2024, 3, 1));
    history.visit("r4", "gone", "of gone", "2024-01-01", NOT_READ);
    components =
        history.components("2024-03-01", "2024-04-30", "2024-06-29", "2024-06-30").collectAsList();
  }

  @Test
  void aComponentTellsItsRepairsAndWhatWasDeclinedSince() {
    assertThat(
            of(
                "repaired",
                "2024-06-30",
                ComponentSnapshots.COMPONENT_CODE,
                ComponentSnapshots.REPAIRS_COUNT,
                ComponentSnapshots.LAST_REPAIRED_KM,
                ComponentSnapshots.DECLINED_COUNT,
                ComponentSnapshots.OTHER_REPAIRS_24M_COUNT))
        .containsExactly("BATTERY_12V|0|null|0|2", "BRAKE_PAD|1|10000|1|1");
  }

  @Test
  void vehiclesWithoutAVisitInTwoYearsOrThatLeftHaveNoComponents() {
    assertThat(of("long-ago", "2024-06-29", ComponentSnapshots.COMPONENT_CODE)).hasSize(2);
    assertThat(of("long-ago", "2024-06-30", ComponentSnapshots.COMPONENT_CODE)).isEmpty();
    assertThat(of("gone", "2024-03-01", ComponentSnapshots.COMPONENT_CODE)).hasSize(2);
    assertThat(of("gone", "2024-04-30", ComponentSnapshots.COMPONENT_CODE)).isEmpty();
  }

  private static List<String> of(String person, String day, Field... fields) {
    return RowTexts.of(
        components,
        ComponentSnapshots.VEHICLE_ID,
        "of " + person,
        ComponentSnapshots.SNAPSHOT_ON,
        day,
        fields);
  }
}
