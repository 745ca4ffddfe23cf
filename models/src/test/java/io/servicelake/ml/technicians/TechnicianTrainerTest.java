package io.servicelake.ml.technicians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModels;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.Correlation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TechnicianTrainerTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final TrainingRun RUN = new TrainingRun(AS_OF, 42, "test", Map.of());
  private static final int COUNT = 40;
  private static final double[] BASE_RATE = {0.04, 0.2};
  private static final double[] SKILL = new double[COUNT];

  private static Dataset<Row> snapshots;
  private static Dataset<Row> jobs;
  private static Trained<TechnicianModel> trained;

  /** One job of technician i. */
  private record Job(
      int technician, LocalDate on, int component, double flat, double clocked, boolean isBack) {}

  /** The skilled get the hard work: raw averages turn the ranking round, case mix does not. */
  @BeforeAll
  static void train() {
    Random random = new Random(4);
    List<Job> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      SKILL[i] = random.nextGaussian();
      double shareHard = SKILL[i] > 0 ? 0.7 : 0.2;
      int number = i == 0 ? 10 : 60 + random.nextInt(120);
      for (int j = 0; j < number * 2; j++) {
        int component = random.nextDouble() < shareHard ? 1 : 0;
        double flat = 1 + random.nextInt(3);
        double rate = BASE_RATE[component] * Math.exp(-0.6 * SKILL[i]);
        all.add(
            new Job(
                i,
                AS_OF.minusDays(random.nextInt(730)),
                component,
                flat,
                flat
                    * (component == 1 ? 1.3 : 0.9)
                    * Math.exp(-0.12 * SKILL[i] + 0.3 * random.nextGaussian()),
                random.nextDouble() < rate));
      }
    }
    TestRows jobRows = TestRows.of(VisitJobs.TABLE);
    for (int i = 0; i < all.size(); i++) {
      Job job = all.get(i);
      jobRows.row(
          VisitJobs.REPAIR_ORDER_ID, "o" + i,
          VisitJobs.COMPONENT_CODE, "c" + job.component(),
          VisitJobs.TECHNICIAN_ID, id(job.technician()),
          VisitJobs.DELIVERED_ON, job.on(),
          VisitJobs.MATURES_ON, job.on().plusDays(30),
          VisitJobs.IS_COMEBACK, job.isBack(),
          VisitJobs.FLAT_RATE_HOURS, decimal(job.flat()),
          VisitJobs.CLOCKED_HOURS, decimal(job.clocked()));
    }
    jobs = MadeUpRows.build(jobRows);
    TestRows snapshotRows = TestRows.of(TechnicianSnapshots.TABLE);
    snapshots(snapshotRows, all, AS_OF, random);
    snapshots(snapshotRows, all, LocalDate.of(2024, 11, 30), random);
    snapshots = MadeUpRows.build(snapshotRows);
    trained = TechnicianTrainer.train(snapshots, jobs, RUN, TechnicianParameters.defaults());
  }

  private static void snapshots(TestRows rows, List<Job> all, LocalDate on, Random random) {
    for (int i = 0; i < COUNT; i++) {
      int technician = i;
      List<Job> own =
          all.stream()
              .filter(
                  job ->
                      job.technician() == technician
                          && !job.on().isAfter(on)
                          && job.on().isAfter(on.minusMonths(12)))
              .toList();
      double praise = 1 / (1 + Math.exp(1 - 0.8 * SKILL[i]));
      int praises = (int) own.stream().filter(job -> random.nextDouble() < praise / 3).count();
      rows.row(
          TechnicianSnapshots.STAFF_ID, id(i),
          TechnicianSnapshots.SNAPSHOT_ON, on,
          TechnicianSnapshots.DEALER_ID, "d1",
          TechnicianSnapshots.JOBS_12M_COUNT, own.size(),
          TechnicianSnapshots.MATURED_JOBS_12M_COUNT, own.size(),
          TechnicianSnapshots.COMEBACKS_12M_COUNT, (int) own.stream().filter(Job::isBack).count(),
          TechnicianSnapshots.EXPECTED_COMEBACKS_12M_COUNT,
              own.stream().mapToDouble(job -> BASE_RATE[job.component()] * 1.2).sum(),
          TechnicianSnapshots.FLAT_RATE_12M_HOURS, own.stream().mapToDouble(Job::flat).sum(),
          TechnicianSnapshots.CLOCKED_12M_HOURS, own.stream().mapToDouble(Job::clocked).sum(),
          TechnicianSnapshots.EXPECTED_CLOCKED_12M_HOURS,
              own.stream()
                  .mapToDouble(job -> job.flat() * (job.component() == 1 ? 1.36 : 0.94))
                  .sum(),
          TechnicianSnapshots.SURVEYS_12M_COUNT, own.size() / 3,
          TechnicianSnapshots.PRAISES_12M_COUNT, Math.min(praises, own.size() / 3));
    }
  }

  @Test
  void adjustedAndShrunkMeasuresRankSkillBetterThanRawAverages() {
    List<Row> rows =
        model().score(snapshots, AS_OF).orderBy(TechnicianClusters.STAFF_ID.col()).collectAsList();
    double[] skill =
        rows.stream()
            .mapToDouble(row -> SKILL[Integer.parseInt(row.getString(0).substring(1))])
            .toArray();

    double adjusted =
        Correlation.spearman(values(rows, TechnicianClusters.FIRST_TIME_FIX_RATE.name()), skill);
    double raw =
        Correlation.spearman(
            values(rows, TechnicianClusters.RAW_FIRST_TIME_FIX_RATE.name()), skill);
    double quality =
        Correlation.spearman(values(rows, TechnicianClusters.QUALITY_SCORE.name()), skill);

    assertThat(adjusted).isGreaterThan(raw);
    assertThat(quality).isGreaterThan(adjusted);
  }

  @Test
  void whoHasTooFewJobsIsNotScored() {
    assertThat(
            model()
                .score(snapshots, AS_OF)
                .where(TechnicianClusters.STAFF_ID.col().equalTo(id(0)))
                .count())
        .isZero();
  }

  @Test
  void intervalsHoldTheirRateAndOnlyTheBestClusterHasBenchmarks() {
    Dataset<Row> scores = model().score(snapshots, AS_OF);

    assertThat(scores.schema().fieldNames())
        .containsExactly(TechnicianClusters.TABLE.fieldNames().toArray(String[]::new));
    assertThat(
            scores
                .where(
                    TechnicianClusters.FIRST_TIME_FIX_RATE
                        .col()
                        .between(
                            TechnicianClusters.FIRST_TIME_FIX_LOWER_RATE.col(),
                            TechnicianClusters.FIRST_TIME_FIX_UPPER_RATE.col()))
                .count())
        .isEqualTo(scores.count());
    assertThat(
            scores
                .where(
                    TechnicianClusters.IS_BENCHMARK
                        .col()
                        .and(TechnicianClusters.CLUSTER_NO.col().gt(1)))
                .count())
        .isZero();
    assertThat(model().clusters().centroids()).hasSize(3);
  }

  @Test
  void theIntervalIsThatOfTheGammaPosterior() {
    // 4 comebacks where 5 are expected, prior worth 2: gamma(6, 7); its 2.5 and 97.5 % quantiles
    // are 0.3145 and 1.6669 (chi-squared with 12 degrees of freedom: 4.4038 and 23.3367, over 14).
    Dataset<Row> one =
        TestRows.of(TechnicianSnapshots.TABLE)
            .row(
                TechnicianSnapshots.JOBS_12M_COUNT, 50,
                TechnicianSnapshots.MATURED_JOBS_12M_COUNT, 50,
                TechnicianSnapshots.COMEBACKS_12M_COUNT, 4,
                TechnicianSnapshots.EXPECTED_COMEBACKS_12M_COUNT, 5.0)
            .build();

    Row row =
        TechnicianModel.measured(one, 20, new TechnicianModel.Learned(0.1, 0.01, 0.1, 2, 0.3, 10))
            .head();

    assertThat(row.<Double>getAs(TechnicianClusters.FIRST_TIME_FIX_RATE.name()))
        .isCloseTo(1 - 0.1 * 6 / 7, within(1e-5));
    assertThat(row.<Double>getAs(TechnicianClusters.FIRST_TIME_FIX_LOWER_RATE.name()))
        .isCloseTo(1 - 0.1 * 1.6669, within(0.001));
    assertThat(row.<Double>getAs(TechnicianClusters.FIRST_TIME_FIX_UPPER_RATE.name()))
        .isCloseTo(1 - 0.1 * 0.3145, within(0.001));
  }

  @Test
  void theCardTellsReliabilityAndLaterWork() {
    assertThat(trained.card())
        .extracting(row -> row.result().metric())
        .contains(
            "reliability_time_ratio",
            "reliability_first_time_fix",
            "later_rank_correlation_first_time_fix",
            "later_rank_correlation_time_ratio");
    assertThat(trained.card().get(0).result().value()).isBetween(0.0, 1.0);
  }

  @Test
  void aReloadedModelGivesTheSameScores() {
    assertThat(MadeUpRows.sorted(TrainedModels.fromJson(model().toJson()).score(snapshots, AS_OF)))
        .isEqualTo(MadeUpRows.sorted(model().score(snapshots, AS_OF)));
  }

  @Test
  void theOrderOfRowsDoesNotChangeTheModel() {
    assertThat(
            TechnicianTrainer.train(
                    MadeUpRows.shuffled(snapshots),
                    MadeUpRows.shuffled(jobs),
                    RUN,
                    TechnicianParameters.defaults())
                .model()
                .orElseThrow()
                .toJson())
        .isEqualTo(model().toJson());
  }

  @Test
  void fewTechniciansMakeOneCluster() {
    Trained<TechnicianModel> few =
        TechnicianTrainer.train(
            snapshots.where(TechnicianSnapshots.STAFF_ID.col().isin(id(1), id(2), id(3))),
            jobs,
            RUN,
            TechnicianParameters.defaults());

    assertThat(few.model().orElseThrow().clusters().centroids()).hasSize(1);
    assertThat(few.model().orElseThrow().score(snapshots, AS_OF).count()).isPositive();
  }

  @Test
  void withoutWorkThereIsNoModel() {
    assertThat(
            TechnicianTrainer.train(
                    TestRows.of(TechnicianSnapshots.TABLE).build(),
                    TestRows.of(VisitJobs.TABLE).build(),
                    RUN,
                    TechnicianParameters.defaults())
                .model())
        .isEmpty();
  }

  private static TechnicianModel model() {
    return trained.model().orElseThrow();
  }

  private static String id(int technician) {
    return "t%02d".formatted(technician);
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
  }

  private static double[] values(List<Row> rows, String name) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs(name)).toArray();
  }
}
