package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.jobs.SampleTables.Orders;
import io.servicelake.jobs.SampleTables.Totals;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {
  private static final LocalDate MAY_3 = LocalDate.of(2025, 5, 3);

  @TempDir Path folder;
  private Lakehouse lake;
  private final List<LocalDate> computed = new ArrayList<>();

  @BeforeEach
  void open() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 1, 0);
    lake.append(
        Orders.TABLE,
        TestRows.of(Orders.TABLE).row(Orders.ORDER_ID, "o", Orders.DEALER_ID, "d").build(),
        new Txn("test", 1));
  }

  @Test
  void everyDayFromTheFirstIsComputedInOrderAndKept() {
    Backfill backfill = backfill(LocalDate.of(2025, 5, 1), List.of());

    backfill.days(AsOf.on(MAY_3), lake).forEach(day -> run(day.asOf(), day.steps()));

    assertThat(computed).containsExactly(LocalDate.of(2025, 5, 1), LocalDate.of(2025, 5, 2), MAY_3);
    assertThat(lake.read(Totals.TABLE).count()).as("a row for each day").isEqualTo(3);
  }

  @Test
  void chosenStepsComputeInFullThoughNothingChangedAndOthersDoNot() {
    run(AsOf.on(MAY_3), steps());
    assertThat(run(AsOf.on(MAY_3), steps()).step("gold.totals").outcome())
        .isEqualTo(Outcome.SKIPPED);
    Backfill backfill = backfill(null, List.of("gold.totals"));
    backfill.prepare();

    Backfill.Day day = backfill.days(AsOf.on(MAY_3), lake).get(0);
    RunResult result = run(day.asOf(), day.steps());

    assertThat(result.steps()).extracting(StepResult::step).containsExactly("gold.totals");
    assertThat(result.step("gold.totals").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(computed).hasSize(2);
  }

  @Test
  void wrongStepsAndWrongDaysAreRefused() {
    assertThatThrownBy(() -> backfill(null, List.of("gold.total", "x")))
        .hasMessageContainingAll("gold.total, x: there is no such step", "first, gold.totals");
    assertThatThrownBy(() -> backfill(MAY_3.plusDays(1), List.of()).days(AsOf.on(MAY_3), lake))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the last day is 2025-05-03, that is 0 days");
  }

  private Backfill backfill(LocalDate from, List<String> only) {
    return new Backfill(Optional.ofNullable(from), only, steps(), lake.files());
  }

  private List<Step> steps() {
    return List.of(
        Step.action("first").from(Orders.TABLE).by(run -> {}),
        Step.to(Totals.TABLE)
            .from(Orders.TABLE)
            .after("first")
            .dependsOnAsOf()
            .insertNew()
            .by(
                (in, run) -> {
                  computed.add(run.asOf());
                  return in.get(Orders.TABLE)
                      .select(
                          functions.lit(run.asOf().toString()).as(Totals.ORDER_ID.name()),
                          Orders.DEALER_ID.col(),
                          functions.lit(1L).as(Totals.LINE_COUNT.name()),
                          functions.lit(1L).as(Totals.TOTAL_AMOUNT_MINOR.name()));
                }));
  }

  private RunResult run(AsOf day, List<Step> steps) {
    RunResult result = new FlowRunner(lake, Settings.of(), day, RunListener.NONE).run(steps);
    assertThat(result.failure()).isEmpty();
    return result;
  }
}
