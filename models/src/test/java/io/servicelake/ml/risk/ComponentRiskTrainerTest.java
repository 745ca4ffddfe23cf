package io.servicelake.ml.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModels;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Verdict;
import io.servicelake.ml.linear.LogisticParameters;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComponentRiskTrainerTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final TrainingRun RUN = new TrainingRun(AS_OF, 42, "test", Map.of());
  private static final String PADS = "BRAKE_PADS";
  private static final String BATTERY = "BATTERY";

  private static Dataset<Row> snapshots;
  private static Dataset<Row> visits;
  private static Trained<ComponentRiskModel> trained;

  /** Pads wear by kilometres, batteries fail at a constant rate. */
  @BeforeAll
  static void train() {
    Random random = new Random(9);
    TestRows snapshotRows = TestRows.of(ComponentSnapshots.TABLE);
    TestRows visitRows = TestRows.of(ServiceVisits.TABLE);
    YearMonth first = YearMonth.of(2023, 1);
    for (int i = 0; i < 500; i++) {
      String id = "v%03d".formatted(i);
      double kmPerDay = 20 + 60 * random.nextDouble();
      LocalDate sold = first.atDay(1).minusDays(random.nextInt(900));
      LocalDate padsOn = null;
      double padsKm = 0;
      LocalDate batteryOn = null;
      int pads = 0;
      for (int month = 0; month < 30; month++) {
        LocalDate on = first.plusMonths(month).atEndOfMonth();
        double km = kmPerDay * java.time.temporal.ChronoUnit.DAYS.between(sold, on);
        snapshot(snapshotRows, id, PADS, on, sold, km, kmPerDay, padsOn, padsKm, pads);
        snapshot(snapshotRows, id, BATTERY, on, sold, km, kmPerDay, batteryOn, 0, 0);
        double since = km - padsKm;
        if (random.nextDouble() < 0.4 / (1 + Math.exp(-(since - 45_000) / 6_000))) {
          padsOn = on.plusDays(1 + random.nextInt(20));
          padsKm = km;
          pads++;
          repair(visitRows, id, PADS, padsOn);
        }
        if (random.nextDouble() < 0.02) {
          batteryOn = on.plusDays(1 + random.nextInt(20));
          repair(visitRows, id, BATTERY, batteryOn);
        }
      }
    }
    snapshots = MadeUpRows.build(snapshotRows);
    visits = MadeUpRows.build(visitRows);
    trained = ComponentRiskTrainer.train(snapshots, visits, RUN, parameters(50_000));
  }

  private static void snapshot(
      TestRows rows,
      String id,
      String component,
      LocalDate on,
      LocalDate sold,
      double km,
      double kmPerDay,
      LocalDate repairedOn,
      double repairedKm,
      int repairs) {
    rows.row(
        ComponentSnapshots.VEHICLE_ID, id,
        ComponentSnapshots.COMPONENT_CODE, component,
        ComponentSnapshots.SNAPSHOT_ON, on,
        ComponentSnapshots.DEALER_ID, "d1",
        ComponentSnapshots.SOLD_ON, sold,
        ComponentSnapshots.LAST_ODOMETER_KM, (int) km,
        ComponentSnapshots.LAST_ODOMETER_ON, on,
        ComponentSnapshots.KM_PER_DAY, kmPerDay,
        ComponentSnapshots.REPAIRS_COUNT, repairs,
        ComponentSnapshots.LAST_REPAIRED_ON, repairedOn,
        ComponentSnapshots.LAST_REPAIRED_KM, repairedOn == null ? null : (int) repairedKm);
  }

  private static void repair(TestRows rows, String id, String component, LocalDate on) {
    rows.row(
        ServiceVisits.REPAIR_ORDER_ID,
        id + component + on,
        ServiceVisits.VEHICLE_ID,
        id,
        ServiceVisits.VISIT_ON,
        on,
        ServiceVisits.COMPONENTS,
        List.of(component));
  }

  private static ComponentRiskParameters parameters(int maxRows) {
    return new ComponentRiskParameters(
        90,
        new TimeSplit.Spacing(3, 3, 2, 6),
        maxRows,
        20_000,
        2,
        200,
        new LogisticParameters(1e-4, 0.2, 40));
  }

  @Test
  void wearBeatsTheComponentsBaseRate() {
    assertThat(card(BinaryEvaluation.AVERAGE_PRECISION).result().verdict())
        .isEqualTo(Verdict.BEATS_RULE);
    assertThat(card(BinaryEvaluation.BRIER).result().verdict()).isEqualTo(Verdict.BEATS_RULE);
    assertThat(card("brier_skill").result().value()).isPositive();
    assertThat(card(BinaryEvaluation.AUC).span().trainUntilOn())
        .isBeforeOrEqualTo(card(BinaryEvaluation.AUC).span().testFromOn());
  }

  @Test
  void aRepairOnTheSnapshotDayOrBeyondTheHorizonIsNoOutcome() {
    LocalDate day = LocalDate.of(2025, 1, 31);
    TestRows rows = TestRows.of(ComponentSnapshots.TABLE);
    TestRows repairs = TestRows.of(ServiceVisits.TABLE);
    int[] offsets = {0, 1, 90, 91};
    for (int offset : offsets) {
      rows.row(
          ComponentSnapshots.VEHICLE_ID, "v" + offset,
          ComponentSnapshots.COMPONENT_CODE, PADS,
          ComponentSnapshots.SNAPSHOT_ON, day);
      repair(repairs, "v" + offset, PADS, day.plusDays(offset));
    }

    Dataset<Row> labelled =
        ComponentRiskTrainer.labelled(rows.build(), repairs.build(), List.of(day), 90);

    assertThat(
            labelled
                .where(functions.col("is_repaired"))
                .select(ComponentSnapshots.VEHICLE_ID.col())
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("v1", "v90");
  }

  @Test
  void samplingRowsWithoutRepairKeepsTheLevelOfTheProbabilities() {
    ComponentRiskModel sampled =
        ComponentRiskTrainer.train(snapshots, visits, RUN, parameters(1500)).model().orElseThrow();

    // 1,000 probabilities with a mean near 0.1; the fit on 1,500 rows moves their mean by about a
    // tenth of it (relative standard error of the count of positives, some hundred).
    assertThat(mean(sampled)).isCloseTo(mean(model()), within(0.03));
  }

  @Test
  void scoresFollowTheirContractAndSurviveReloading() {
    Dataset<Row> scores = model().score(snapshots, AS_OF);

    assertThat(scores.schema().fieldNames())
        .containsExactly(ComponentRisks.TABLE.fieldNames().toArray(String[]::new));
    assertThat(scores.count()).isEqualTo(1000);
    assertThat(MadeUpRows.sorted(TrainedModels.fromJson(model().toJson()).score(snapshots, AS_OF)))
        .isEqualTo(MadeUpRows.sorted(scores));
  }

  @Test
  void theOrderOfRowsDoesNotChangeTheModel() {
    assertThat(
            ComponentRiskTrainer.train(
                    MadeUpRows.shuffled(snapshots),
                    MadeUpRows.shuffled(visits),
                    RUN,
                    parameters(50_000))
                .model()
                .orElseThrow()
                .toJson())
        .isEqualTo(model().toJson());
  }

  @Test
  void withoutRepairsThereIsNoModel() {
    Trained<ComponentRiskModel> none =
        ComponentRiskTrainer.train(
            snapshots, TestRows.of(ServiceVisits.TABLE).build(), RUN, parameters(50_000));

    assertThat(none.model()).isEmpty();
    assertThat(none.card().get(0).split()).contains("nothing to tell apart");
  }

  private static double mean(ComponentRiskModel model) {
    return model
        .score(snapshots, AS_OF)
        .select(functions.avg(ComponentRisks.REPAIR_90D_PROBABILITY.col()))
        .head()
        .getDouble(0);
  }

  private static ModelCardRow card(String metric) {
    return trained.card().stream()
        .filter(row -> row.result().metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static ComponentRiskModel model() {
    return trained.model().orElseThrow();
  }
}
