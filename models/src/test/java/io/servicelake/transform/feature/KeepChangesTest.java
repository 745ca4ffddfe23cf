package io.servicelake.transform.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.transform.AsOfDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KeepChangesTest {
  private static final TableContract TABLE = VehicleSnapshots.TABLE;

  private final TestRows stored = TestRows.of(TABLE);
  private final TestRows computed = TestRows.of(TABLE);

  @Test
  void aRowEqualToTheOneBeforeIsNotWritten() {
    add(stored, "v1", "2024-06-10", "A");
    add(computed, "v1", "2024-06-11", "A");
    add(computed, "v1", "2024-06-12", "B");
    add(computed, "v1", "2024-06-13", "B");
    add(computed, "v1", "2024-06-14", null);
    assertThat(kept()).containsExactly("v1 2024-06-12 B", "v1 2024-06-14 null");
  }

  @Test
  void aMonthEndHoldsEverybody() {
    add(stored, "v1", "2024-06-10", "A");
    add(computed, "v1", "2024-06-29", "A");
    add(computed, "v1", "2024-06-30", "A");
    add(computed, "v1", "2024-07-01", "A");
    assertThat(kept()).containsExactly("v1 2024-06-30 A");
  }

  @Test
  void theFirstDayAfterAMonthEndThatWasNotComputedHoldsEverybody() {
    add(stored, "v1", "2024-06-10", "A");
    add(computed, "v1", "2024-07-03", "A");
    add(computed, "v1", "2024-07-04", "A");
    assertThat(kept()).containsExactly("v1 2024-07-03 A");
  }

  @Test
  void aNewEntityIsWritten() {
    add(computed, "v1", "2024-06-12", null);
    assertThat(kept()).containsExactly("v1 2024-06-12 null");
  }

  @Test
  void theLatestRowOfEachEntityIsReadAsOfADay() {
    add(stored, "v1", "2024-05-31", "A");
    add(stored, "v1", "2024-06-10", "B");
    add(stored, "v1", "2024-06-20", "C");
    add(stored, "v2", "2024-05-31", "A");
    assertThat(latest("2024-06-15")).containsExactly("v1 2024-06-10 B", "v2 2024-05-31 A");
    assertThat(latest("2024-05-30")).isEmpty();
  }

  @Test
  void anEntityAbsentFromTheLastMonthEndHasLeft() {
    add(stored, "v1", "2024-05-31", "A");
    add(stored, "v2", "2024-05-31", "A");
    add(stored, "v1", "2024-06-30", "A");
    assertThat(latest("2024-06-29")).containsExactly("v1 2024-05-31 A", "v2 2024-05-31 A");
    assertThat(latest("2024-07-01")).containsExactly("v1 2024-06-30 A");
  }

  @Test
  void severalDaysAreReadInOnePass() {
    add(stored, "v1", "2024-05-31", "A");
    add(stored, "v1", "2024-06-10", "B");
    Dataset<Row> days =
        AsOfDays.of(
            SparkSessionForTests.session(),
            ZoneId.of("Asia/Shanghai"),
            List.of(LocalDate.parse("2024-06-05"), LocalDate.parse("2024-06-12")));
    assertThat(text(SnapshotsAsOf.onDays(TABLE, stored.build(), days)))
        .containsExactly("v1 2024-06-05 A", "v1 2024-06-12 B");
  }

  private List<String> latest(String day) {
    return text(SnapshotsAsOf.latest(TABLE, stored.build(), LocalDate.parse(day)));
  }

  private List<String> kept() {
    return text(KeepChanges.compute(TABLE, computed.build(), stored.build()));
  }

  private static void add(TestRows rows, String vehicle, String day, String model) {
    rows.row(
        VehicleSnapshots.VEHICLE_ID, vehicle,
        VehicleSnapshots.SNAPSHOT_ON, LocalDate.parse(day),
        VehicleSnapshots.MODEL, model);
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows
        .select(
            VehicleSnapshots.VEHICLE_ID.col(),
            VehicleSnapshots.SNAPSHOT_ON.col(),
            VehicleSnapshots.MODEL.col())
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .sorted()
        .toList();
  }
}
