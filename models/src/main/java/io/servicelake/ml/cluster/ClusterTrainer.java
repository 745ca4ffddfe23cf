package io.servicelake.ml.cluster;

import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * K-means on standardised features (population standard deviation). Centroids are found on the
 * driver, on a bounded sample: a start is then a matter of milliseconds, where a Spark job per
 * iteration takes longer than its arithmetic.
 */
public final class ClusterTrainer {
  private ClusterTrainer() {}

  /**
   * Finds clusters.
   *
   * @param rows one row per entity, not empty
   * @param key columns that identify a row: they fix the order
   */
  public static ClusterModel fit(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      ClusterParameters parameters,
      long seed,
      Column... key) {
    Column[] values = features.stream().map(FeatureColumn::value).toArray(Column[]::new);
    List<double[]> raw =
        FixedOrder.by(FixedOrder.sample(rows, parameters.maxRows(), rows.count(), key), key)
            .select(functions.array(values))
            .toJavaRDD()
            .map(row -> row.<Double>getList(0).stream().mapToDouble(Double::doubleValue).toArray())
            .collect();
    int width = features.size();
    double[] mean = new double[width];
    double[] scale = new double[width];
    standardise(raw, mean, scale);
    List<String> names = features.stream().map(FeatureColumn::name).toList();

    int clusters = Math.max(1, Math.min(parameters.clusters(), distinct(raw)));
    List<List<Double>> centroids = new ArrayList<>();
    for (double[] centroid :
        KMeans.cheapest(raw, clusters, parameters.starts(), parameters.maxIterations(), seed)) {
      centroids.add(boxed(centroid));
    }

    int[] assigned = ClusterQuality.assign(raw, centroids);
    return new ClusterModel(
        names,
        boxed(mean),
        boxed(scale),
        centroids,
        ClusterQuality.wssse(raw, centroids, assigned),
        clusters == 1 ? null : ClusterQuality.silhouette(raw, assigned, centroids.size()),
        clusters == 1 || parameters.resamples() == 0
            ? null
            : Stability.of(
                raw, centroids, parameters.resamples(), parameters.maxIterations(), seed));
  }

  private static int distinct(List<double[]> points) {
    return (int) points.stream().map(Arrays::toString).distinct().count();
  }

  /** Centres and scales points in place; a feature that is constant keeps scale 1. */
  private static void standardise(List<double[]> points, double[] mean, double[] scale) {
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (double[] point : points) {
        sum += point[i];
      }
      mean[i] = sum / points.size();
      double squares = 0;
      for (double[] point : points) {
        squares += (point[i] - mean[i]) * (point[i] - mean[i]);
      }
      double sd = Math.sqrt(squares / points.size());
      scale[i] = sd > 1e-12 ? sd : 1;
      for (double[] point : points) {
        point[i] = (point[i] - mean[i]) / scale[i];
      }
    }
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
