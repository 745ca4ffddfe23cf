package io.servicelake.ml.technicians;

import static io.servicelake.contract.feature.TechnicianSnapshots.*;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.cluster.ClusterModel;
import io.servicelake.ml.linear.FeatureColumn;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Measures of technicians and their clusters.
 *
 * @param minJobs repair jobs in 12 months from which on a technician is scored
 * @param learned how far each measure is shrunk
 * @param clusters centroids, best quality first
 * @param labels names of the clusters, in the same order
 */
public record TechnicianModel(
    ModelManifest manifest, int minJobs, Learned learned, ClusterModel clusters, List<Label> labels)
    implements TrainedModel {

  /**
   * How far each measure is shrunk.
   *
   * @param jobVariance variance by chance of one job's clocked over expected hours
   * @param timeVariance variance of the true time ratio between technicians
   * @param comebackRate share of matured jobs of the group that came back
   * @param comebackPrior expected comebacks the prior is worth
   * @param praiseRate share of answers of the group with praise
   * @param praisePrior answers the prior is worth
   */
  public record Learned(
      double jobVariance,
      double timeVariance,
      double comebackRate,
      double comebackPrior,
      double praiseRate,
      double praisePrior) {}

  /** Names of a cluster. */
  public record Label(String en, String zh) {}

  private static final String GROUP = "QUALITY";
  private static final double Z95 = 1.959964;

  /** Reads a model back. */
  public static TechnicianModel fromJson(String json) {
    return Json.read(json, TechnicianModel.class);
  }

  @Override
  public String toJson() {
    return Json.write(this);
  }

  /** Rows of score.technician_clusters from feature.technician_snapshots. */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    Dataset<Row> rows =
        measured(Snapshots.asOf(snapshots, List.of(STAFF_ID), day), minJobs, learned)
            .withColumn(TechnicianClusters.QUALITY_SCORE.name(), functions.round(quality(), 6))
            .withColumn(TechnicianClusters.CLUSTER_NO.name(), clusters.nearest(features()).plus(1))
            .withColumn(TechnicianClusters.CLUSTER_LABEL_EN.name(), label(Label::en))
            .withColumn(TechnicianClusters.CLUSTER_LABEL_ZH.name(), label(Label::zh))
            .withColumn(
                TechnicianClusters.IS_BENCHMARK.name(),
                TechnicianClusters.CLUSTER_NO
                    .col()
                    .equalTo(1)
                    .and(
                        TechnicianClusters.FIRST_TIME_FIX_LOWER_RATE
                            .col()
                            .gt(1 - learned.comebackRate())))
            .withColumn(TechnicianClusters.MODEL_ID.name(), lit(modelId()))
            .withColumnRenamed(SNAPSHOT_ON.name(), TechnicianClusters.SCORED_ON.name());
    return rows.select(
        TechnicianClusters.TABLE.fieldNames().stream().map(functions::col).toArray(Column[]::new));
  }

  /** Technicians with enough jobs and their shrunk measures, 6 digits. */
  static Dataset<Row> measured(Dataset<Row> technicians, int minJobs, Learned learned) {
    Column observed = COMEBACKS_12M_COUNT.col().cast(Columns.DOUBLE);
    Column shape = observed.plus(learned.comebackPrior());
    Column rate = EXPECTED_COMEBACKS_12M_COUNT.col().plus(learned.comebackPrior());
    Column matured = MATURED_JOBS_12M_COUNT.col().cast(Columns.DOUBLE);
    return technicians
        .where(JOBS_12M_COUNT.col().geq(minJobs))
        .withColumn(TechnicianClusters.TIME_RATIO.name(), functions.round(timeRatio(learned), 6))
        .withColumn(
            TechnicianClusters.FIRST_TIME_FIX_RATE.name(), fixRate(shape.divide(rate), learned))
        .withColumn(
            TechnicianClusters.FIRST_TIME_FIX_LOWER_RATE.name(),
            fixRate(gammaQuantile(shape, rate, Z95), learned))
        .withColumn(
            TechnicianClusters.FIRST_TIME_FIX_UPPER_RATE.name(),
            fixRate(gammaQuantile(shape, rate, -Z95), learned))
        .withColumn(
            TechnicianClusters.RAW_FIRST_TIME_FIX_RATE.name(),
            functions.round(
                when(matured.gt(0), lit(1.0).minus(observed.divide(matured)))
                    .otherwise(1 - learned.comebackRate()),
                6))
        .withColumn(
            TechnicianClusters.PRAISE_RATE.name(),
            functions.round(
                PRAISES_12M_COUNT
                    .col()
                    .plus(learned.praisePrior() * learned.praiseRate())
                    .divide(SURVEYS_12M_COUNT.col().plus(learned.praisePrior())),
                6));
  }

  /** The measures clusters are made of. */
  static List<FeatureColumn> features() {
    return List.of(
        new FeatureColumn("time_ratio", GROUP, TechnicianClusters.TIME_RATIO.col()),
        new FeatureColumn(
            "first_time_fix_rate", GROUP, TechnicianClusters.FIRST_TIME_FIX_RATE.col()),
        new FeatureColumn("praise_rate", GROUP, TechnicianClusters.PRAISE_RATE.col()));
  }

  /** Quality of a centroid or technician in standardised measures: less time is better. */
  static double quality(List<Double> standardised) {
    return (-standardised.get(0) + standardised.get(1) + standardised.get(2)) / 3;
  }

  private Column quality() {
    Column sum = lit(0.0);
    List<FeatureColumn> features = features();
    for (int i = 0; i < features.size(); i++) {
      Column standard =
          features.get(i).value().minus(clusters.means().get(i)).divide(clusters.scales().get(i));
      sum = i == 0 ? sum.minus(standard) : sum.plus(standard);
    }
    return sum.divide(3);
  }

  private Column label(Function<Label, String> language) {
    Column[] names = labels.stream().map(language).map(functions::lit).toArray(Column[]::new);
    return functions.element_at(functions.array(names), TechnicianClusters.CLUSTER_NO.col());
  }

  /** Observed over expected hours, drawn to 1 by the share of its variance that is chance. */
  private static Column timeRatio(Learned learned) {
    Column chance = lit(learned.jobVariance()).divide(greatest(JOBS_12M_COUNT.col(), lit(1)));
    Column ratio = CLOCKED_12M_HOURS.col().divide(EXPECTED_CLOCKED_12M_HOURS.col());
    Column total = chance.plus(learned.timeVariance());
    return when(
            EXPECTED_CLOCKED_12M_HOURS.col().gt(0).and(total.gt(0)),
            ratio.multiply(learned.timeVariance()).plus(chance).divide(total))
        .otherwise(1.0);
  }

  private static Column fixRate(Column ratio, Learned learned) {
    Column comebacks = ratio.multiply(learned.comebackRate());
    return functions.round(lit(1.0).minus(least(greatest(comebacks, lit(0.0)), lit(1.0))), 6);
  }

  /** Quantile of a gamma distribution after Wilson & Hilferty (1931). */
  private static Column gammaQuantile(Column shape, Column rate, double z) {
    Column root =
        lit(1.0)
            .minus(lit(1.0).divide(shape.multiply(9)))
            .plus(lit(z / 3).divide(functions.sqrt(shape)));
    return shape.divide(rate).multiply(functions.pow(greatest(root, lit(0.0)), lit(3.0)));
  }
}
