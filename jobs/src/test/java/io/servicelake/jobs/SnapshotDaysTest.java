package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.transform.AsOfDays;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDaysTest {
  private static final int MONTHS = 3;

  @TempDir Path folder;
  private Lakehouse lake;
  private final List<String> computed = new ArrayList<>();
  private final Step states =
      Step.to(VehicleStates.TABLE)
          .from(VehicleSnapshots.TABLE)
          .dependsOnAsOf()
          .merge(VehicleStates.SCORED_ON)
          .by((in, run) -> compute(in, run));

  @BeforeEach
  void computeOnce() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 2, 1000);
    for (String day : List.of("2025-02-28", "2025-03-31", "2025-04-30", "2025-05-01")) {
      snapshot(day, 10_000);
    }
    run("2025-05-01");
  }

  @Test
  void allMonthEndsKeptAndTheDayAreComputedAtFirst() {
    assertThat(computed).containsExactly("2025-02-28", "2025-03-31", "2025-04-30", "2025-05-01");
  }

  @Test
  void monthEndsThatStandAreLeftAlone() {
    snapshot("2025-05-02", 10_100);
    run("2025-05-02");
    assertThat(computed).containsExactly("2025-05-02");
  }

  @Test
  void aCorrectedDayReachesItselfAndThoseAfterIt() {
    snapshot("2025-03-31", 9_000);
    run("2025-05-01");
    assertThat(computed).containsExactly("2025-03-31", "2025-04-30", "2025-05-01");
  }

  @Test
  void aRowWrittenAgainAsItWasReachesNothing() {
    snapshot("2025-03-31", 10_000);
    run("2025-05-01");
    assertThat(computed).isEmpty();
  }

  @Test
  void aMonthThatEndedIsComputedBesideTheDay() {
    snapshot("2025-05-31", 10_200);
    run("2025-06-02");
    assertThat(computed).containsExactly("2025-05-31", "2025-06-02");
  }

  private Dataset<Row> compute(Inputs in, RunContext run) {
    SnapshotDays days =
        SnapshotDays.of(
            VehicleStates.TABLE, MONTHS, List.of(), List.of(VehicleSnapshots.TABLE), in, run);
    TestRows rows = TestRows.of(VehicleStates.TABLE);
    for (Row day : days.rows().select(AsOfDays.SNAPSHOT_ON.col()).collectAsList()) {
      computed.add(day.getDate(0).toString());
      rows.row(VehicleStates.SCORED_ON, day.getDate(0).toLocalDate());
    }
    return rows.build();
  }

  private void snapshot(String day, int odometerKm) {
    TestRows row =
        TestRows.of(VehicleSnapshots.TABLE)
            .row(
                VehicleSnapshots.SNAPSHOT_ON,
                LocalDate.parse(day),
                VehicleSnapshots.LAST_ODOMETER_KM,
                odometerKm);
    lake.merge(
        VehicleSnapshots.TABLE,
        row.build(),
        row.build().select(VehicleSnapshots.SNAPSHOT_ON.col()),
        new Txn(UUID.randomUUID().toString(), 0));
  }

  private void run(String day) {
    computed.clear();
    RunResult result =
        new FlowRunner(lake, Settings.of(), AsOf.on(LocalDate.parse(day)), RunListener.NONE)
            .run(List.of(states));
    assertThat(result.failure()).isEmpty();
  }
}
