package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.jobs.TrainingInputs.Dated;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingInputsTest {
  private static final TrainingInputs INPUTS =
      new TrainingInputs(
          List.of(
              new Dated(VisitJobs.TABLE, VisitJobs.DELIVERED_ON),
              new Dated(CustomerIdentities.TABLE, null)));

  @TempDir Path folder;
  private Lakehouse lake;
  private final AtomicInteger trainings = new AtomicInteger();
  private final Step train =
      Step.action("train")
          .from(INPUTS.contracts())
          .dependsOnAsOf()
          .by(
              run -> {
                if (!INPUTS.areUnchanged(run)) {
                  trainings.incrementAndGet();
                }
              });

  @BeforeEach
  void trainOnce() {
    lake = new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 2, 1000);
    job("o1", "2025-04-20", "1.0000");
    person("r1", "c1");
    run("2025-05-01");
    assertThat(trainings).hasValue(1);
  }

  @Test
  void aModelStandsWhileOnlyFactsAfterItsMonthCome() {
    job("o2", "2025-05-02", "1.0000");
    person("r2", "c2");
    run("2025-05-03");
    assertThat(trainings).hasValue(1);
  }

  @Test
  void aModelIsTrainedAnewWhenAMonthHasEnded() {
    run("2025-05-31");
    assertThat(trainings).hasValue(2);
  }

  @Test
  void aModelIsTrainedAnewWhenItsPastWasCorrected() {
    job("o1", "2025-04-20", "2.0000");
    run("2025-05-02");
    assertThat(trainings).hasValue(2);
  }

  @Test
  void aModelIsTrainedAnewWhenTwoCustomersTurnOutToBeOne() {
    person("r1", "c0");
    run("2025-05-02");
    assertThat(trainings).hasValue(2);
  }

  private void run(String day) {
    RunResult result =
        new FlowRunner(lake, Settings.of(), AsOf.on(LocalDate.parse(day)), RunListener.NONE)
            .run(List.of(train));
    assertThat(result.failure()).isEmpty();
  }

  private void job(String order, String day, String hours) {
    lake.merge(
        VisitJobs.TABLE,
        TestRows.of(VisitJobs.TABLE)
            .row(
                VisitJobs.REPAIR_ORDER_ID,
                order,
                VisitJobs.COMPONENT_CODE,
                "BRAKE",
                VisitJobs.DELIVERED_ON,
                LocalDate.parse(day),
                VisitJobs.CLOCKED_HOURS,
                new BigDecimal(hours))
            .build(),
        TestRows.of(VisitJobs.TABLE)
            .row(VisitJobs.REPAIR_ORDER_ID, order, VisitJobs.COMPONENT_CODE, "BRAKE")
            .build()
            .select(VisitJobs.REPAIR_ORDER_ID.col(), VisitJobs.COMPONENT_CODE.col()),
        txn());
  }

  private void person(String file, String customer) {
    lake.merge(
        CustomerIdentities.TABLE,
        TestRows.of(CustomerIdentities.TABLE)
            .row(
                CustomerIdentities.CUSTOMER_RECORD_ID,
                file,
                CustomerIdentities.CUSTOMER_ID,
                customer)
            .build(),
        TestRows.of(CustomerIdentities.TABLE)
            .row(CustomerIdentities.CUSTOMER_RECORD_ID, file)
            .build()
            .select(CustomerIdentities.CUSTOMER_RECORD_ID.col()),
        txn());
  }

  private static Txn txn() {
    return new Txn(UUID.randomUUID().toString(), 1);
  }
}
