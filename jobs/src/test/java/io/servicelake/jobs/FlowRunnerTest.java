package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.ops.Runs;
import io.servicelake.jobs.SampleTables.Lines;
import io.servicelake.jobs.SampleTables.Orders;
import io.servicelake.jobs.SampleTables.Totals;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.ChurnSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowRunnerTest {
  private static final AsOf MAY_1 = AsOf.on(LocalDate.of(2025, 5, 1));
  private static final Settings INCREMENTAL =
      Settings.of("run.incremental_from_rows=0", "run.incremental_max_share=1");

  @TempDir Path folder;
  private Lakehouse lake;
  private int commits;

  @BeforeEach
  void open() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 2, 1000);
  }

  @Test
  void stepIsSkippedUntilAnInputChanges() {
    orders(5);
    lines(10, 1);
    AtomicInteger computed = new AtomicInteger();
    Step step =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE, Lines.TABLE)
            .by(
                (in, run) -> {
                  computed.incrementAndGet();
                  return totals(in);
                });

    assertThat(run(step).outcome()).isEqualTo(Outcome.WRITTEN);
    long version = lake.version(Totals.TABLE).orElseThrow();
    assertThat(run(step).outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(computed).hasValue(1);
    lines(10, 2);
    assertThat(run(step).outcome()).isEqualTo(Outcome.WRITTEN);
    assertThat(lake.version(Totals.TABLE).orElseThrow()).isGreaterThan(version);
    assertThat(lake.read(Runs.TABLE).where(Runs.STEP.col().equalTo("RUN")).count()).isEqualTo(3);
  }

  @Test
  void stepRunsAgainForAnotherDayOnlyIfItDependsOnTheDay() {
    orders(3);
    Step byDay =
        Step.to(Totals.TABLE, "by day")
            .from(Orders.TABLE, Lines.TABLE)
            .dependsOnAsOf()
            .by((in, run) -> totals(in).where(functions.lit(run.asOf().getDayOfMonth()).gt(0)));
    Step timeless =
        Step.to(Totals.TABLE, "timeless")
            .from(Orders.TABLE, Lines.TABLE)
            .by((in, run) -> totals(in));

    run(byDay, timeless);
    RunResult next =
        new FlowRunner(lake, Settings.of(), AsOf.on(LocalDate.of(2025, 5, 2)), RunListener.NONE)
            .run(List.of(byDay, timeless));

    assertThat(next.step("by day").outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(next.step("timeless").outcome()).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void touchedKeysAloneGiveTheSameTableAsTheWhole() {
    Random random = new Random(7);
    orders(20);
    lines(60, 1);
    List<Boolean> narrow = new ArrayList<>();
    Step step =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE, Lines.TABLE)
            .touching(Totals.ORDER_ID)
            .touchedBy(Lines.TABLE, Lines.ORDER)
            .by(
                (in, run) -> {
                  narrow.add(in.get(Orders.TABLE).count() < in.whole(Orders.TABLE).count());
                  return totals(in);
                });
    new FlowRunner(lake, INCREMENTAL, MAY_1, RunListener.NONE).run(List.of(step));
    for (int round = 0; round < 3; round++) {
      change(random);
      RunResult result =
          new FlowRunner(lake, INCREMENTAL, MAY_1, RunListener.NONE).run(List.of(step));

      assertThat(result.failure()).isEmpty();
      assertThat(Contents.hash(Totals.TABLE, lake.read(Totals.TABLE)))
          .isEqualTo(
              Contents.hash(Totals.TABLE, totals(lake.read(Orders.TABLE), lake.read(Lines.TABLE))));
    }
    assertThat(narrow).hasSize(4).contains(true);
  }

  @Test
  void crashBetweenCommitAndProgressIsMendedByTheSamePlan() {
    orders(4);
    AtomicBoolean isCrashing = new AtomicBoolean(true);
    Step ingest =
        Step.action("copy")
            .from(Orders.TABLE)
            .writes(Totals.TABLE)
            .by(
                run -> {
                  run.lake().append(Totals.TABLE, totals(run.in()), run.txn("rows"));
                  if (isCrashing.get()) {
                    throw new IllegalStateException("power cut");
                  }
                  run.lake()
                      .append(
                          Totals.TABLE,
                          totals(run.in())
                              .withColumn(
                                  "order_id",
                                  functions.concat(Totals.ORDER_ID.col(), functions.lit("-2"))),
                          run.txn("copies"));
                });

    assertThat(run(ingest).outcome()).isEqualTo(Outcome.FAILED);
    orders(6);
    isCrashing.set(false);
    RunResult mended =
        new FlowRunner(lake, Settings.of(), MAY_1, RunListener.NONE).run(List.of(ingest));

    // The plan of four orders is finished once, then six are copied as a plan of their own.
    assertThat(mended.failure()).isEmpty();
    assertThat(lake.read(Totals.TABLE).count()).isEqualTo(4 + 4 + 6 + 6);
    assertThat(run(ingest).outcome()).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void afterAFailureNothingElseBeginsAndTheFaultIsKept() {
    orders(2);
    Step failing =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE)
            .by(
                (in, run) -> {
                  throw new CannotException("Cannot add up: no lines. There are none. Add some.");
                });
    Step later = Step.action("later").from(Totals.TABLE).by(run -> {});

    RunResult result =
        new FlowRunner(lake, Settings.of(), MAY_1, RunListener.NONE).run(List.of(failing, later));

    assertThat(result.failure().orElseThrow().fault()).hasMessageStartingWith("Cannot add up");
    assertThat(result.step("later").outcome()).isEqualTo(Outcome.NOT_RUN);
    assertThat(lake.read(Runs.TABLE).where(Runs.OUTCOME.col().equalTo("FAILED")).count())
        .isEqualTo(2);
  }

  @Test
  void readingWhatIsNotDeclaredIsRefused() {
    Step step = Step.to(Totals.TABLE).from(Orders.TABLE).by((in, run) -> in.get(Lines.TABLE));
    Step settings =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE)
            .by((in, run) -> totals(in).limit(run.settings(ChurnSettings.class).horizonDays()));
    Step day =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE)
            .by((in, run) -> totals(in).limit(run.asOf().getDayOfMonth()));

    assertThat(run(step).fault())
        .hasMessage(
            "Cannot read silver.lines in step gold.totals: the step declares silver.orders. What is not declared is not followed when it changes. Add it to from(...).");
    assertThat(run(settings).fault()).hasMessageContaining(".dependsOnConfig(\"churn\")");
    assertThat(run(day).fault()).hasMessageContaining(".dependsOnAsOf()");
  }

  @Test
  void stepBackToAnEarlierLayerIsRefused() {
    assertThatThrownBy(
            () -> Step.to(Orders.TABLE).from(Totals.TABLE).by((in, run) -> in.get(Totals.TABLE)))
        .hasMessageStartingWith(
            "Cannot define step silver.orders: it writes silver.orders and reads gold.totals.");
  }

  @Test
  void stepsThatShareATableKeepEachOthersRows() {
    orders(2);
    Step a =
        Step.to(Totals.TABLE, "a")
            .from(Orders.TABLE)
            .merge(Totals.DEALER_ID)
            .by((in, run) -> of(totals(in), "a"));
    Step b =
        Step.to(Totals.TABLE, "b")
            .from(Orders.TABLE)
            .merge(Totals.DEALER_ID)
            .by((in, run) -> of(totals(in), "b"));

    run(a, b);

    assertThat(lake.read(Totals.TABLE).select("dealer_id").distinct().count()).isEqualTo(2);
  }

  @Test
  void aDayOfWhichNothingIsComputedAnyMoreLosesItsRowsAndOtherDaysKeepTheirs() {
    orders(2);
    Step decide =
        Step.to(Campaigns.TABLE)
            .from(Orders.TABLE)
            .dependsOnAsOf()
            .merge(Campaigns.ASSIGNED_ON)
            .by(
                (in, run) -> {
                  TestRows rows = TestRows.of(Campaigns.TABLE);
                  if (!in.get(Orders.TABLE).isEmpty()) {
                    rows.row(
                        Campaigns.CAMPAIGN_ID,
                        "of " + run.asOf(),
                        Campaigns.ASSIGNED_ON,
                        run.asOf());
                  }
                  return rows.build();
                });
    AsOf april = AsOf.on(LocalDate.of(2025, 4, 1));
    new FlowRunner(lake, Settings.of(), april, RunListener.NONE).run(List.of(decide));
    run(decide);

    orders(0);
    run(decide);

    assertThat(lake.read(Campaigns.TABLE).select(Campaigns.CAMPAIGN_ID.col()).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("of 2025-04-01");
  }

  private static Dataset<Row> of(Dataset<Row> totals, String dealer) {
    return totals
        .withColumn("dealer_id", functions.lit(dealer))
        .withColumn("order_id", functions.concat(functions.lit(dealer), Totals.ORDER_ID.col()));
  }

  private StepResult run(Step step) {
    return new FlowRunner(lake, Settings.of(), MAY_1, RunListener.NONE)
        .run(List.of(step))
        .steps()
        .get(0);
  }

  private void run(Step first, Step second) {
    assertThat(
            new FlowRunner(lake, Settings.of(), MAY_1, RunListener.NONE)
                .run(List.of(first, second))
                .failure())
        .isEmpty();
  }

  private static Dataset<Row> totals(Inputs in) {
    return totals(
        in.get(Orders.TABLE),
        declares(in, Lines.TABLE) ? in.get(Lines.TABLE) : TestRows.of(Lines.TABLE).build());
  }

  private static boolean declares(Inputs in, TableContract table) {
    try {
      in.version(table);
      return true;
    } catch (CannotException e) {
      return false;
    }
  }

  private static Dataset<Row> totals(Dataset<Row> orders, Dataset<Row> lines) {
    return orders
        .join(lines, orders.col("order_id").equalTo(lines.col("order")), "left")
        .groupBy(orders.col("order_id"), orders.col("dealer_id"))
        .agg(
            functions.count(lines.col("line_id")).as("line_count"),
            functions.sum(lines.col("amount_minor")).as("total_amount_minor"));
  }

  private void orders(int count) {
    TestRows rows = TestRows.of(Orders.TABLE);
    for (int i = 0; i < count; i++) {
      rows.row(Orders.ORDER_ID, "o" + i, Orders.DEALER_ID, "d" + i % 2);
    }
    lake.replace(Orders.TABLE, rows.build(), txn());
  }

  private void lines(int count, long amount) {
    TestRows rows = TestRows.of(Lines.TABLE);
    for (int i = 0; i < count; i++) {
      rows.row(Lines.LINE_ID, (long) i, Lines.ORDER, "o" + i % 5, Lines.AMOUNT_MINOR, amount);
    }
    lake.replace(Lines.TABLE, rows.build(), txn());
  }

  /** Adds, changes, moves and removes some orders and lines. */
  private void change(Random random) {
    TestRows lines = TestRows.of(Lines.TABLE);
    TestRows touched = TestRows.of(Lines.TABLE);
    for (int i = 0; i < 6; i++) {
      long id = random.nextInt(70);
      touched.row(Lines.LINE_ID, id);
      if (random.nextInt(3) > 0) {
        lines.row(
            Lines.LINE_ID,
            id,
            Lines.ORDER,
            "o" + random.nextInt(22),
            Lines.AMOUNT_MINOR,
            (long) random.nextInt(100));
      }
    }
    lake.merge(
        Lines.TABLE,
        lines.build().dropDuplicates("line_id"),
        touched.build().select("line_id").distinct(),
        txn());
    TestRows orders = TestRows.of(Orders.TABLE);
    orders.row(Orders.ORDER_ID, "o" + random.nextInt(22), Orders.DEALER_ID, "new");
    lake.merge(Orders.TABLE, orders.build(), txn());
  }

  private Txn txn() {
    return new Txn("test", ++commits);
  }
}
