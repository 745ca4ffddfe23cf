package io.servicelake.jobs.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.SampleTables.Orders;
import io.servicelake.jobs.SampleTables.Totals;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.MaintainSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final List<TableContract> TABLES = List.of(Orders.TABLE, Totals.TABLE);

  @TempDir Path folder;
  private Lakehouse lake;
  private boolean isFailing;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void fill() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 1, 0);
    for (int i = 0; i < 4; i++) {
      lake.append(
          Orders.TABLE,
          TestRows.of(Orders.TABLE).row(Orders.ORDER_ID, "o" + i, Orders.DEALER_ID, "d").build(),
          new Txn("test", i));
    }
  }

  @Test
  void filesAreBroughtTogetherAndNoStepComputesForIt() {
    assertThat(run()).isEqualTo(Outcome.WRITTEN);

    assertThat(maintenance().run(TABLES, true)).containsExactly(Orders.TABLE);
    assertThat(told).containsExactly("silver.orders: 4 files would be brought together");
    assertThat(files()).isEqualTo(4);
    maintenance().run(TABLES, false);

    assertThat(files()).isEqualTo(1);
    assertThat(lake.read(Orders.TABLE).count()).isEqualTo(4);
    assertThat(run()).isEqualTo(Outcome.SKIPPED);
    assertThat(maintenance().run(TABLES, false)).isEmpty();
  }

  @Test
  void nothingIsCleanedWhileAStepIsHalfDone() {
    isFailing = true;
    assertThat(run()).isEqualTo(Outcome.FAILED);

    assertThatThrownBy(() -> maintenance().run(TABLES, false))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("gold.totals did not come to an end");

    isFailing = false;
    run();
    assertThat(maintenance().run(TABLES, false)).containsExactly(Orders.TABLE);
  }

  private Outcome run() {
    Step step =
        Step.to(Totals.TABLE)
            .from(Orders.TABLE)
            .by(
                (in, run) -> {
                  if (isFailing) {
                    throw new IllegalStateException("power cut");
                  }
                  return in.get(Orders.TABLE)
                      .select(
                          Orders.ORDER_ID.col(),
                          Orders.DEALER_ID.col(),
                          functions.lit(1L).as(Totals.LINE_COUNT.name()),
                          functions.lit(1L).as(Totals.TOTAL_AMOUNT_MINOR.name()));
                });
    return new FlowRunner(lake, Settings.of(), AsOf.on(LocalDate.of(2025, 5, 1)), RunListener.NONE)
        .run(List.of(step))
        .steps()
        .get(0)
        .outcome();
  }

  private Maintenance maintenance() {
    told.clear();
    return new Maintenance(lake, new MaintainSettings(30, 3), told::add);
  }

  private long files() {
    return DeltaTable.forPath(lake.session(), lake.files().path("silver/orders"))
        .detail()
        .select("numFiles")
        .first()
        .getLong(0);
  }
}
