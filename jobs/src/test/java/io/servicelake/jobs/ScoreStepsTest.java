package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.LocalDisk;
import io.servicelake.jobs.io.ModelStore;
import io.servicelake.jobs.io.NamedModel;
import io.servicelake.jobs.io.Txn;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.Trained;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.due.ServiceDueTrainer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(CompiledPlans.class)
class ScoreStepsTest {
  private static final int CUSTOMERS = 150;
  private static final YearMonth FIRST = YearMonth.of(2023, 1);
  private static final int MONTHS = 24;
  private static final String DUE = ServiceDueTrainer.SERVICE_DUE;

  @TempDir Path folder;

  @Test
  void withoutAModelThatBeatsTheRulesTheRunGoesThroughAndScoresNobody() {
    Lakehouse lake =
        new DeltaLakehouse(SparkSessionForTests.session(), folder.toString(), 2, 1_000_000);
    comeByChance(lake);
    LocalDate asOf = FIRST.plusMonths(MONTHS - 1L).atEndOfMonth();

    List<Step> steps = ScoreSteps.churnScores();
    steps.get(0).afterOnly(java.util.Set.of());
    RunResult result =
        new FlowRunner(lake, Settings.of(), AsOf.on(asOf), RunListener.NONE).run(steps);

    assertThat(result.failure()).isEmpty();
    assertThat(lake.read(ChurnScores.TABLE).count()).isZero();
    assertThat(new ModelStore(lake.files()).idInUse(ChurnTrainer.CHURN_180D)).isEmpty();
    Row decision =
        lake.read(ModelCards.TABLE)
            .where(
                ModelCards.MODEL_NAME
                    .col()
                    .equalTo(ChurnTrainer.CHURN_180D)
                    .and(ModelCards.METRIC.col().equalTo("put_in_use")))
            .select(ModelCards.VALUE.col(), ModelCards.SPLIT.col())
            .first();
    assertThat(decision.getDouble(0)).isZero();
    assertThat(decision.getString(1)).contains("not put in use: its AUC does not beat both rules");
  }

  @Test
  void aHeldModelOfAnyNameOutlastsTrainingAndItsCardSaysSo() {
    ModelStore store = new ModelStore(new LakeFiles(folder.toString(), LocalDisk.configuration()));
    store.put(DUE, new NamedModel(DUE, "service_due-2025-04-30-aa"));
    store.put(DUE, new NamedModel(DUE, "service_due-2025-05-31-bb"));
    store.rollBack(DUE, null);

    List<ModelCardRow> card = ScoreSteps.putInUse(DUE, trained("service_due-2025-06-30-cc"), store);
    assertThat(store.idInUse(DUE)).contains("service_due-2025-04-30-aa");
    assertThat(card.get(0).split()).endsWith("not put in use: service_due-2025-04-30-aa is held");
    assertThat(store.stored()).hasSize(3);

    store.release(DUE);
    ScoreSteps.putInUse(DUE, trained("service_due-2025-06-30-cc"), store);
    assertThat(store.idInUse(DUE)).contains("service_due-2025-06-30-cc");
  }

  /** Everybody comes with the same chance each month: nothing foretells the next visit. */
  private static void comeByChance(Lakehouse lake) {
    Random random = new Random(1);
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    TestRows visits = TestRows.of(ServiceVisits.TABLE);
    TestRows identities = TestRows.of(CustomerIdentities.TABLE);
    for (int i = 0; i < CUSTOMERS; i++) {
      String id = "c" + i;
      identities.row(CustomerIdentities.CUSTOMER_RECORD_ID, id, CustomerIdentities.CUSTOMER_ID, id);
      List<LocalDate> days = new ArrayList<>();
      for (int month = 0; month < MONTHS; month++) {
        LocalDate end = FIRST.plusMonths(month).atEndOfMonth();
        if (month == 0 || random.nextDouble() < 0.1) {
          LocalDate day = end.minusDays(random.nextInt(28));
          days.add(day);
          visits.row(
              ServiceVisits.REPAIR_ORDER_ID,
              id + day,
              ServiceVisits.CUSTOMER_ID,
              id,
              ServiceVisits.DEALER_ID,
              "d1",
              ServiceVisits.VISIT_ON,
              day);
        }
        snapshots.row(
            CustomerSnapshots.CUSTOMER_ID,
            id,
            CustomerSnapshots.SNAPSHOT_ON,
            end,
            CustomerSnapshots.HOME_DEALER_ID,
            "d1",
            CustomerSnapshots.FIRST_VISIT_ON,
            days.get(0),
            CustomerSnapshots.LAST_VISIT_ON,
            days.get(days.size() - 1),
            CustomerSnapshots.VISITS_COUNT,
            days.size());
      }
    }
    write(lake, CustomerSnapshots.TABLE, snapshots);
    write(lake, ServiceVisits.TABLE, visits);
    write(lake, CustomerIdentities.TABLE, identities);
  }

  private static void write(Lakehouse lake, TableContract table, TestRows rows) {
    Dataset<Row> made = rows.build();
    lake.replace(
        table,
        made.sparkSession().createDataFrame(made.toJavaRDD(), made.schema()),
        new Txn(UUID.randomUUID().toString(), 1));
  }

  private static Trained<NamedModel> trained(String id) {
    return new Trained<>(
        Optional.of(new NamedModel(DUE, id)),
        List.of(ModelCardRow.notTrained(DUE, LocalDate.of(2025, 6, 30), "made up")));
  }
}
