package io.servicelake.ml.technicians;

import static io.servicelake.contract.feature.TechnicianSnapshots.*;

import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.cluster.ClusterModel;
import io.servicelake.ml.cluster.ClusterParameters;
import io.servicelake.ml.cluster.ClusterTrainer;
import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Correlation;
import io.servicelake.ml.evaluation.MetricResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns how far technicians' measures are to be shrunk and how technicians cluster; tells how
 * reliable the measures are by split halves, and how well they rank the work of the half year after
 * an earlier day beside the raw averages.
 */
public final class TechnicianTrainer {
  /** Name of the model. */
  public static final String TECHNICIAN_CLUSTERS = "TECHNICIAN_CLUSTERS";

  private static final String RULE = "the technician's raw average, without case mix and shrinkage";
  private static final int WINDOW_MONTHS = 12;
  private static final int OUTCOME_DAYS = 180;
  private static final int MATURING_DAYS = 30;
  private static final double EDGE = 0.35;

  private TechnicianTrainer() {}

  /**
   * Trains on the last month end on or before the run's day.
   *
   * @param snapshots feature.technician_snapshots
   * @param jobs gold.visit_jobs
   */
  public static Trained<TechnicianModel> train(
      Dataset<Row> snapshots, Dataset<Row> jobs, TrainingRun run, TechnicianParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    JobSums sums = JobSums.of(jobs, asOf.minusMonths(WINDOW_MONTHS), asOf, asOf);
    Optional<TechnicianModel> fitted = fit(snapshots, sums, asOf, run, parameters);
    if (fitted.isEmpty()) {
      return new Trained<>(
          Optional.empty(),
          List.of(
              ModelCardRow.notTrained(
                  TECHNICIAN_CLUSTERS,
                  run.asOf(),
                  "no technician with %d jobs in the 12 months up to %s"
                      .formatted(parameters.minJobs(), asOf))));
    }
    LocalDate testOn = TimeSplit.trainingDay(asOf.minusDays(OUTCOME_DAYS + MATURING_DAYS));
    List<MetricResult> results = new ArrayList<>(reliability(sums, parameters));
    List<MetricResult> later = later(snapshots, jobs, testOn, run, parameters);
    results.addAll(later);
    results.add(
        MetricResult.reported("time_variance_between", fitted.get().learned().timeVariance()));
    results.add(
        MetricResult.reported(
            "comeback_variance_between", 1 / fitted.get().learned().comebackPrior()));

    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    String split =
        later.isEmpty()
            ? "none: too short a history to measure on later work; reliability by halves of the 12 months up to "
                + asOf
            : "by time: learned again on the 12 months up to %s, measured on jobs of the %d days after; reliability by halves of the 12 months up to %s"
                .formatted(testOn, OUTCOME_DAYS, asOf);
    TechnicianModel model = named(fitted.get(), run, parameters, metrics, split);
    long count = model.score(snapshots, asOf).count();
    ModelCardRow.Span span =
        later.isEmpty()
            ? ModelCardRow.Span.ofDay(asOf, count)
            : new ModelCardRow.Span(
                asOf.minusMonths(WINDOW_MONTHS),
                asOf,
                testOn,
                testOn.plusDays(OUTCOME_DAYS),
                count,
                Math.round(metrics.get("later_technicians")));
    return new Trained<>(
        Optional.of(model), ModelCardRow.of(model.manifest(), span, results, RULE));
  }

  private static Optional<TechnicianModel> fit(
      Dataset<Row> snapshots,
      JobSums sums,
      LocalDate day,
      TrainingRun run,
      TechnicianParameters parameters) {
    List<Row> technicians =
        Snapshots.asOf(snapshots, List.of(STAFF_ID), day)
            .where(JOBS_12M_COUNT.col().geq(parameters.minJobs()))
            .select(
                JOBS_12M_COUNT.col(),
                MATURED_JOBS_12M_COUNT.col(),
                COMEBACKS_12M_COUNT.col(),
                EXPECTED_COMEBACKS_12M_COUNT.col(),
                CLOCKED_12M_HOURS.col(),
                EXPECTED_CLOCKED_12M_HOURS.col(),
                SURVEYS_12M_COUNT.col(),
                PRAISES_12M_COUNT.col(),
                STAFF_ID.col())
            .orderBy(STAFF_ID.col())
            .collectAsList();
    if (technicians.isEmpty()) {
      return Optional.empty();
    }
    TechnicianModel.Learned learned = learn(technicians, sums.jobVariance());
    ClusterParameters wanted = parameters.clusters();
    int count =
        Math.max(1, Math.min(wanted.clusters(), technicians.size() / parameters.minPerCluster()));
    ClusterModel clusters =
        ClusterTrainer.fit(
                TechnicianModel.measured(
                    Snapshots.asOf(snapshots, List.of(STAFF_ID), day),
                    parameters.minJobs(),
                    learned),
                TechnicianModel.features(),
                new ClusterParameters(
                    count,
                    wanted.starts(),
                    wanted.maxIterations(),
                    wanted.maxRows(),
                    wanted.resamples()),
                run.seed(),
                STAFF_ID.col())
            .orderedBy(Comparator.comparingDouble(centroid -> -TechnicianModel.quality(centroid)));
    return Optional.of(
        named(
            new TechnicianModel(null, parameters.minJobs(), learned, clusters, labels(clusters)),
            run,
            parameters,
            Map.of(),
            ""));
  }

  /** The same model with a manifest. */
  private static TechnicianModel named(
      TechnicianModel model,
      TrainingRun run,
      TechnicianParameters parameters,
      Map<String, Double> metrics,
      String split) {
    ModelManifest manifest =
        ModelManifest.of(
            TECHNICIAN_CLUSTERS,
            run,
            parameters,
            model.clusters().names(),
            split,
            metrics,
            List.of(model.learned(), model.clusters(), model.labels()));
    return new TechnicianModel(
        manifest, model.minJobs(), model.learned(), model.clusters(), model.labels());
  }

  private static TechnicianModel.Learned learn(List<Row> technicians, double jobVariance) {
    List<double[]> comebacks = new ArrayList<>();
    List<double[]> times = new ArrayList<>();
    List<double[]> praises = new ArrayList<>();
    double matured = 0;
    double returned = 0;
    double answers = 0;
    double praised = 0;
    for (Row row : technicians) {
      matured += row.getInt(1);
      returned += row.getInt(2);
      answers += row.getInt(6);
      praised += row.getInt(7);
      if (row.getDouble(3) > 0) {
        comebacks.add(new double[] {row.getInt(2), row.getDouble(3)});
      }
      if (row.getDouble(5) > 0 && jobVariance > 0) {
        times.add(new double[] {row.getDouble(4) / row.getDouble(5), jobVariance / row.getInt(0)});
      }
      if (row.getInt(6) > 0) {
        praises.add(new double[] {row.getInt(7), row.getInt(6)});
      }
    }
    double praiseRate = answers == 0 ? 0 : praised / answers;
    return new TechnicianModel.Learned(
        jobVariance,
        times.isEmpty() ? 0 : Shrinkage.varianceBetween(column(times, 0), column(times, 1)),
        matured == 0 ? 0 : returned / matured,
        Shrinkage.gammaPrior(column(comebacks, 0), column(comebacks, 1)),
        praiseRate,
        Shrinkage.betaPrior(column(praises, 0), column(praises, 1), praiseRate));
  }

  /** Correlation of two halves of each technician's jobs, stepped up to the whole. */
  private static List<MetricResult> reliability(JobSums sums, TechnicianParameters parameters) {
    Map<String, Double> jobs = sums.jobs();
    List<MetricResult> results = new ArrayList<>();
    addReliability(results, "reliability_time_ratio", sums.time(0), sums.time(1), jobs, parameters);
    addReliability(
        results,
        "reliability_first_time_fix",
        sums.comebacks(0),
        sums.comebacks(1),
        jobs,
        parameters);
    return results;
  }

  private static void addReliability(
      List<MetricResult> results,
      String metric,
      Map<String, JobSums.Ratio> first,
      Map<String, JobSums.Ratio> second,
      Map<String, Double> jobs,
      TechnicianParameters parameters) {
    List<double[]> pairs = new ArrayList<>();
    first.forEach(
        (technician, ratio) -> {
          JobSums.Ratio other = second.get(technician);
          if (other != null
              && ratio.expected() > 0
              && other.expected() > 0
              && jobs.get(technician) >= parameters.minJobs()) {
            pairs.add(new double[] {ratio.value(), other.value()});
          }
        });
    double halves = Correlation.pearson(column(pairs, 0), column(pairs, 1));
    if (!Double.isNaN(halves) && halves > -1) {
      results.add(MetricResult.reported(metric, Correlation.spearmanBrown(halves)));
    }
  }

  /** Rank correlation of the measures of an earlier day with the half year after it. */
  private static List<MetricResult> later(
      Dataset<Row> snapshots,
      Dataset<Row> jobs,
      LocalDate day,
      TrainingRun run,
      TechnicianParameters parameters) {
    JobSums before = JobSums.of(jobs, day.minusMonths(WINDOW_MONTHS), day, day);
    JobSums after =
        JobSums.of(
            jobs, day, day.plusDays(OUTCOME_DAYS), day.plusDays(OUTCOME_DAYS + MATURING_DAYS));
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    Optional<TechnicianModel> model = fit(snapshots, before, day, run, parameters);
    if (model.isEmpty()) {
      return List.of();
    }
    Map<String, JobSums.Ratio> comebacks = after.comebacks(-1);
    Map<String, JobSums.Ratio> times = after.time(-1);
    List<double[]> fixes = new ArrayList<>();
    List<double[]> hours = new ArrayList<>();
    for (Row row :
        model
            .get()
            .score(snapshots, day)
            .join(
                Snapshots.asOf(snapshots, List.of(STAFF_ID), day)
                    .select(STAFF_ID.col(), CLOCKED_12M_HOURS.col(), FLAT_RATE_12M_HOURS.col()),
                new String[] {STAFF_ID.name()})
            .select(
                STAFF_ID.col(),
                TechnicianClusters.FIRST_TIME_FIX_RATE.col(),
                TechnicianClusters.RAW_FIRST_TIME_FIX_RATE.col(),
                TechnicianClusters.TIME_RATIO.col(),
                CLOCKED_12M_HOURS.col(),
                FLAT_RATE_12M_HOURS.col())
            .orderBy(STAFF_ID.col())
            .collectAsList()) {
      JobSums.Ratio comeback = comebacks.get(row.getString(0));
      if (comeback != null && comeback.expected() > 0) {
        fixes.add(new double[] {row.getDouble(1), row.getDouble(2), -comeback.value()});
      }
      JobSums.Ratio time = times.get(row.getString(0));
      if (time != null && time.expected() > 0 && row.getDouble(5) > 0) {
        hours.add(
            new double[] {row.getDouble(3), row.getDouble(4) / row.getDouble(5), time.value()});
      }
    }
    List<MetricResult> results = new ArrayList<>();
    addRanking(results, "later_rank_correlation_first_time_fix", fixes, run, parameters);
    addRanking(results, "later_rank_correlation_time_ratio", hours, run, parameters);
    if (!results.isEmpty()) {
      results.add(MetricResult.reported("later_technicians", Math.max(fixes.size(), hours.size())));
    }
    return results;
  }

  /** Rank correlation of measure and raw average with what came later; triples of the three. */
  private static void addRanking(
      List<MetricResult> results,
      String metric,
      List<double[]> triples,
      TrainingRun run,
      TechnicianParameters parameters) {
    double model = Correlation.spearman(column(triples, 0), column(triples, 2));
    double raw = Correlation.spearman(column(triples, 1), column(triples, 2));
    if (Double.isNaN(model) || Double.isNaN(raw)) {
      return;
    }
    Bootstrap bootstrap =
        Bootstrap.ofRows(triples.size(), parameters.bootstrapReplicates(), run.seed());
    results.add(
        MetricResult.against(
            metric,
            model,
            bootstrap.interval(weight -> spearman(triples, 0, weight)),
            raw,
            bootstrap.difference(
                weight -> spearman(triples, 0, weight), weight -> spearman(triples, 1, weight))));
  }

  private static double spearman(List<double[]> triples, int measure, int[] weight) {
    List<double[]> drawn = new ArrayList<>();
    for (int i = 0; i < weight.length; i++) {
      for (int times = 0; times < weight[i]; times++) {
        drawn.add(triples.get(i));
      }
    }
    return Correlation.spearman(column(drawn, measure), column(drawn, 2));
  }

  private static List<TechnicianModel.Label> labels(ClusterModel clusters) {
    if (clusters.centroids().size() == 1) {
      return List.of(new TechnicianModel.Label("all technicians", "全部技师"));
    }
    List<TechnicianModel.Label> labels = new ArrayList<>();
    for (List<Double> centroid : clusters.centroids()) {
      String en =
          String.join(
              ", ",
              pick(centroid.get(0), "fast", "usual pace", "slow"),
              pick(centroid.get(1), "many comebacks", "usual comebacks", "few comebacks"),
              pick(centroid.get(2), "little praise", "usual praise", "much praise"));
      String zh =
          String.join(
              "·",
              pick(centroid.get(0), "工时快", "工时中等", "工时慢"),
              pick(centroid.get(1), "返修多", "返修中等", "返修少"),
              pick(centroid.get(2), "好评少", "好评中等", "好评多"));
      long same = labels.stream().filter(label -> label.en().split(" \\(")[0].equals(en)).count();
      labels.add(
          same == 0
              ? new TechnicianModel.Label(en, zh)
              : new TechnicianModel.Label(
                  "%s (%d)".formatted(en, same + 1), "%s(%d)".formatted(zh, same + 1)));
    }
    return labels;
  }

  private static String pick(double position, String low, String middle, String high) {
    return position < -EDGE ? low : position > EDGE ? high : middle;
  }

  private static double[] column(List<double[]> rows, int index) {
    return rows.stream().mapToDouble(row -> row[index]).toArray();
  }
}
