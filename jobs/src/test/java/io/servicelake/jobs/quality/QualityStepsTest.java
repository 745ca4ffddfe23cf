package io.servicelake.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.SampleTables.Lines;
import io.servicelake.jobs.SampleTables.Orders;
import io.servicelake.jobs.SampleTables.Parted;
import io.servicelake.jobs.SampleTables.Totals;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityStepsTest {
  private static final String CHECK = "expect silver.lines";
  private static final String GOLD = "gold.totals";

  @TempDir Path folder;
  private Lakehouse lake;
  private final List<Object[]> lines = new ArrayList<>();
  private final Map<TableContract, List<Expectation>> expectations = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 1, 0);
    expectations.put(
        Lines.TABLE,
        List.of(
            Expectation.known(Lines.TABLE, Lines.ORDER, Orders.TABLE, Orders.ORDER_ID)
                .stopAbove(0.4)
                .warnAbove(0),
            Expectation.range(Lines.TABLE, Lines.AMOUNT_MINOR, 0L, 100L).warnAbove(0.5),
            Expectation.unique(Lines.TABLE, Lines.LINE_ID).stopAbove(0),
            Expectation.kept(Lines.TABLE).stopAbove(0.5)));
    line(1, "o1", 5);
    line(2, "o1", 5);
  }

  @Test
  void aBreachThatIsToldLetsTheFlowGoOn() {
    line(3, "nowhere", 5);

    RunResult result = run();

    assertThat(result.failure()).isEmpty();
    assertThat(result.step(GOLD).outcome()).isEqualTo(Outcome.WRITTEN);
    assertThat(result.count("warned")).isEqualTo(1);
    assertThat(found())
        .containsExactly(
            "amount_minor_plausible PASSED 3 0 WHOLE",
            "key_unique PASSED 3 0 WHOLE",
            "order_known WARNED 3 1 WHOLE",
            "rows_kept NOT_TESTED 3 0 WHOLE");
    assertThat(run().step(CHECK).outcome()).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void aBreachThatStopsKeepsReadersFromRunningUntilItIsMended() {
    line(3, "nowhere", 5);
    line(4, "nowhere", 5);

    RunResult stopped = run();

    assertThat(stopped.step(CHECK).fault())
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot go on with silver.lines: order_known (2 of 4 rows: order is not in silver.orders, limit 0.4). What reads the table would tell wrong numbers. Mend the feed or its mapping and run again; or, if it is as it should be, add silver.lines.order_known to quality.accepted.");
    assertThat(stopped.step(GOLD).outcome()).isEqualTo(Outcome.NOT_RUN);
    assertThat(lake.version(Totals.TABLE)).isEmpty();
    assertThat(found()).contains("order_known STOPPED 4 2 WHOLE");
    assertThat(run().step(GOLD).outcome()).as("nothing mended").isEqualTo(Outcome.NOT_RUN);

    RunResult accepted = run("quality.accepted=[silver.lines.order_known]");
    assertThat(accepted.failure()).isEmpty();
    assertThat(found()).contains("order_known ACCEPTED 4 2 WHOLE");
    lines.remove(3);
    RunResult mended = run();
    assertThat(mended.failure()).isEmpty();
    assertThat(mended.step(GOLD).outcome()).isEqualTo(Outcome.WRITTEN);
  }

  @Test
  void aReferenceToATableThatNoSourceFeedsIsNotTested() {
    expectations.put(
        Lines.TABLE,
        List.of(
            Expectation.known(Lines.TABLE, Lines.ORDER, Parted.TABLE, Parted.NOTE).stopAbove(0)));

    assertThat(run().failure()).isEmpty();
    assertThat(found()).containsExactly("order_known NOT_TESTED 0 0 WHOLE");
  }

  @Test
  void aTableThatLostHalfOfItsRowsStops() {
    line(3, "o1", 5);
    line(4, "o1", 5);
    line(5, "o1", 5);
    assertThat(run().failure()).isEmpty();
    lines.subList(2, 5).clear();

    RunResult result = run();

    assertThat(result.failure().orElseThrow().fault())
        .hasMessageContaining("rows_kept (2 rows, 5 at the last check, limit 0.5)");
    assertThat(run().failure()).as("what it had before still counts").isPresent();
  }

  @Test
  void inALargeTableOnlyChangedRowsAreCheckedRowByRow() {
    assertThat(run("quality.changed_from_rows=0").failure()).isEmpty();
    line(3, "o1", 500);

    run("quality.changed_from_rows=0");

    assertThat(found())
        .contains("amount_minor_plausible WARNED 1 1 CHANGED", "order_known PASSED 1 0 CHANGED");
  }

  private RunResult run(String... settings) {
    List<Step> flow =
        List.of(
            Step.to(Orders.TABLE)
                .alsoReads("rows", run -> "1")
                .by(
                    (in, run) ->
                        TestRows.of(Orders.TABLE)
                            .row(Orders.ORDER_ID, "o1", Orders.DEALER_ID, "d")
                            .build()),
            Step.to(Lines.TABLE)
                .alsoReads("rows", run -> lines.stream().map(List::of).toList().toString())
                .merge(Lines.ORDER)
                .by((in, run) -> rows()),
            Step.to(Totals.TABLE)
                .from(Lines.TABLE)
                .by(
                    (in, run) ->
                        in.get(Lines.TABLE)
                            .groupBy(Lines.ORDER.col().as("order_id"))
                            .agg(
                                functions.lit("d").as("dealer_id"),
                                functions.count(functions.lit(1)).as("line_count"),
                                functions.sum(Lines.AMOUNT_MINOR.col()).as("total_amount_minor"))));
    return new FlowRunner(
            lake, Settings.of(settings), AsOf.on(LocalDate.of(2025, 5, 1)), RunListener.NONE)
        .run(QualitySteps.guarded(flow, expectations));
  }

  private Dataset<Row> rows() {
    TestRows rows = TestRows.of(Lines.TABLE);
    lines.forEach(
        line ->
            rows.row(Lines.LINE_ID, line[0], Lines.ORDER, line[1], Lines.AMOUNT_MINOR, line[2]));
    return rows.build();
  }

  private void line(long id, String order, long amount) {
    lines.add(new Object[] {id, order, amount});
  }

  private List<String> found() {
    return lake
        .read(ExpectationResults.TABLE)
        .orderBy(ExpectationResults.EXPECTATION.col())
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s %s %s %s %s"
                    .formatted(
                        row.getAs(ExpectationResults.EXPECTATION.name()),
                        row.getAs(ExpectationResults.OUTCOME.name()),
                        row.getAs(ExpectationResults.CHECKED_COUNT.name()),
                        row.getAs(ExpectationResults.BROKEN_COUNT.name()),
                        row.getAs(ExpectationResults.SCOPE.name())))
        .toList();
  }
}
