package io.servicelake.ml.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModels;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.Verdict;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceDueTrainerTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final YearMonth FIRST = YearMonth.of(2021, 7);
  private static final TrainingRun RUN = new TrainingRun(AS_OF, 42, "test", Map.of());
  private static final ServiceDueParameters PARAMETERS =
      new ServiceDueParameters(365, 24, new TimeSplit.Spacing(3, 9, 2, 8), 20_000, 2, 200);

  private static Dataset<Row> snapshots;
  private static Dataset<Row> visits;
  private static Trained<ServiceDueModel> trained;

  /**
   * Vehicles whose holders come at a rhythm of their own, about a fifth later than the maker asks.
   */
  @BeforeAll
  static void train() {
    Random random = new Random(3);
    TestRows snapshotRows = TestRows.of(VehicleSnapshots.TABLE);
    TestRows visitRows = TestRows.of(ServiceVisits.TABLE);
    for (int i = 0; i < 300; i++) {
      String id = "v%03d".formatted(i);
      double rhythm = 365 * 0.6 * Math.exp(0.3 * random.nextGaussian());
      double kmPerDay = 15 + 40 * random.nextDouble();
      List<LocalDate> days = new ArrayList<>();
      LocalDate day = FIRST.atDay(1).plusDays(random.nextInt(250));
      while (!day.isAfter(AS_OF)) {
        days.add(day);
        visitRows.row(
            ServiceVisits.REPAIR_ORDER_ID,
            id + day,
            ServiceVisits.VEHICLE_ID,
            id,
            ServiceVisits.VISIT_ON,
            day,
            ServiceVisits.IS_MAINTENANCE,
            true);
        day =
            day.plusDays(Math.max(20, Math.round(rhythm * Math.exp(0.12 * random.nextGaussian()))));
      }
      for (int month = 0; month < 48; month++) {
        LocalDate on = FIRST.plusMonths(month).atEndOfMonth();
        List<LocalDate> past = days.stream().filter(visit -> !visit.isAfter(on)).toList();
        if (!past.isEmpty()) {
          snapshot(snapshotRows, id, on, past, kmPerDay);
        }
      }
    }
    snapshots = MadeUpRows.build(snapshotRows);
    visits = MadeUpRows.build(visitRows);
    trained = ServiceDueTrainer.train(snapshots, visits, RUN, PARAMETERS);
  }

  private static void snapshot(
      TestRows rows, String id, LocalDate on, List<LocalDate> past, double kmPerDay) {
    LocalDate last = past.get(past.size() - 1);
    int km = (int) (kmPerDay * ChronoUnit.DAYS.between(FIRST.atDay(1), last));
    rows.row(
        VehicleSnapshots.VEHICLE_ID, id,
        VehicleSnapshots.SNAPSHOT_ON, on,
        VehicleSnapshots.DEALER_ID, "d1",
        VehicleSnapshots.INTERVAL_MONTHS, 6,
        VehicleSnapshots.INTERVAL_KM, 10_000,
        VehicleSnapshots.LAST_VISIT_ON, last,
        VehicleSnapshots.LAST_MAINTENANCE_ON, last,
        VehicleSnapshots.LAST_MAINTENANCE_KM, km,
        VehicleSnapshots.MAINTENANCE_COUNT, past.size(),
        VehicleSnapshots.MEAN_MAINTENANCE_GAP_DAYS,
            past.size() < 2
                ? null
                : (double) ChronoUnit.DAYS.between(past.get(0), last) / (past.size() - 1),
        VehicleSnapshots.LAST_ODOMETER_KM, km,
        VehicleSnapshots.LAST_ODOMETER_ON, last,
        VehicleSnapshots.READINGS_COUNT, past.size(),
        VehicleSnapshots.KM_PER_DAY, kmPerDay);
  }

  @Test
  void theOwnRhythmBeatsTheMakersMonths() {
    ModelCardRow card = card("median_absolute_error_days");

    assertThat(card.result().verdict()).isEqualTo(Verdict.BEATS_RULE);
    assertThat(card.result().value()).isLessThan(card.result().naiveValue());
    assertThat(card.span().trainUntilOn()).isBeforeOrEqualTo(card.span().testFromOn());
  }

  @Test
  void customersWhoComeLateStretchTheClock() {
    // Gaps are about 0.6 years; the clock says half a year or less where the vehicle goes far.
    assertThat(model().stretch()).isGreaterThan(1);
  }

  @Test
  void theEarlierOfMonthsAndKilometresCountsForAVehicleWithoutRhythm() {
    LocalDate last = LocalDate.of(2025, 6, 1);
    TestRows rows = TestRows.of(VehicleSnapshots.TABLE);
    for (double kmPerDay : new double[] {20, 100}) {
      rows.row(
          VehicleSnapshots.VEHICLE_ID,
          kmPerDay > 50 ? "far" : "near",
          VehicleSnapshots.SNAPSHOT_ON,
          AS_OF,
          VehicleSnapshots.INTERVAL_MONTHS,
          6,
          VehicleSnapshots.INTERVAL_KM,
          10_000,
          VehicleSnapshots.LAST_VISIT_ON,
          last,
          VehicleSnapshots.LAST_MAINTENANCE_ON,
          last,
          VehicleSnapshots.LAST_MAINTENANCE_KM,
          30_000,
          VehicleSnapshots.MAINTENANCE_COUNT,
          1,
          VehicleSnapshots.LAST_ODOMETER_KM,
          30_000,
          VehicleSnapshots.LAST_ODOMETER_ON,
          last,
          VehicleSnapshots.KM_PER_DAY,
          kmPerDay);
    }
    ServiceDueModel byClock = new ServiceDueModel(model().manifest(), 24, 2, 1);

    List<Row> dues =
        byClock.score(rows.build(), AS_OF).orderBy(ServiceDues.VEHICLE_ID.col()).collectAsList();

    assertThat(dues.get(0).<java.sql.Date>getAs(ServiceDues.DUE_ON.name()).toLocalDate())
        .isEqualTo(last.plusDays(100));
    assertThat(dues.get(0).<String>getAs(ServiceDues.DUE_BY.name()))
        .isEqualTo(ServiceDueModel.DISTANCE);
    assertThat(dues.get(0).<Integer>getAs(ServiceDues.DUE_KM.name())).isEqualTo(40_000);
    assertThat(dues.get(1).<java.sql.Date>getAs(ServiceDues.DUE_ON.name()).toLocalDate())
        .isEqualTo(last.plusMonths(6));
    assertThat(dues.get(1).<String>getAs(ServiceDues.DUE_BY.name()))
        .isEqualTo(ServiceDueModel.TIME);
  }

  @Test
  void aVehicleWithoutMaintenanceIsDueByMonthsAfterItsLastVisit() {
    Dataset<Row> rows =
        TestRows.of(VehicleSnapshots.TABLE)
            .row(
                VehicleSnapshots.VEHICLE_ID,
                "new",
                VehicleSnapshots.SNAPSHOT_ON,
                AS_OF,
                VehicleSnapshots.INTERVAL_MONTHS,
                6,
                VehicleSnapshots.INTERVAL_KM,
                10_000,
                VehicleSnapshots.LAST_VISIT_ON,
                AS_OF,
                VehicleSnapshots.KM_PER_DAY,
                40.0)
            .build();

    Row due = new ServiceDueModel(model().manifest(), 24, 2, 1).score(rows, AS_OF).head();

    assertThat(due.<java.sql.Date>getAs(ServiceDues.DUE_ON.name()).toLocalDate())
        .isEqualTo(AS_OF.plusMonths(6));
    assertThat(due.<String>getAs(ServiceDues.DUE_BY.name())).isEqualTo(ServiceDueModel.TIME);
  }

  @Test
  void scoresFollowTheirContractAndSurviveReloading() {
    Dataset<Row> scores = model().score(snapshots, AS_OF);

    assertThat(scores.schema().fieldNames())
        .containsExactly(ServiceDues.TABLE.fieldNames().toArray(String[]::new));
    assertThat(scores.where(ServiceDues.DUE_ON.col().isNull()).count()).isZero();
    assertThat(MadeUpRows.sorted(TrainedModels.fromJson(model().toJson()).score(snapshots, AS_OF)))
        .isEqualTo(MadeUpRows.sorted(scores));
  }

  @Test
  void theOrderOfRowsDoesNotChangeTheModel() {
    assertThat(
            ServiceDueTrainer.train(
                    MadeUpRows.shuffled(snapshots), MadeUpRows.shuffled(visits), RUN, PARAMETERS)
                .model()
                .orElseThrow()
                .toJson())
        .isEqualTo(model().toJson());
  }

  @Test
  void shortHistoryGivesTheDefaultWeightAndSaysSo() {
    Trained<ServiceDueModel> untested =
        ServiceDueTrainer.train(
            snapshots.where(
                VehicleSnapshots.SNAPSHOT_ON.col().equalTo(java.sql.Date.valueOf(AS_OF))),
            visits,
            RUN,
            PARAMETERS);

    assertThat(untested.model().orElseThrow().priorGaps()).isEqualTo(2);
    assertThat(untested.card()).hasSize(1);
    assertThat(untested.card().get(0).modelId()).isEqualTo(untested.model().get().modelId());
    assertThat(untested.card().get(0).split()).contains("default weight");
  }

  private static ModelCardRow card(String metric) {
    return trained.card().stream()
        .filter(row -> row.result().metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static ServiceDueModel model() {
    return trained.model().orElseThrow();
  }
}
