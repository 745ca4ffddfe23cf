package io.servicelake.ml.cluster;

import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * K-means by MLlib on standardised features (population standard deviation), several starts, the
 * cheapest kept (Lloyd 1982; seeding after Bahmani et al. 2012).
 */
public final class ClusterTrainer {
  private static final String VECTOR = "vector";
  private static final StructType POINTS =
      new StructType().add(VECTOR, SQLDataTypes.VectorType(), false);

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

    List<Row> points = new ArrayList<>();
    Set<Vector> distinct = new HashSet<>();
    for (double[] point : raw) {
      Vector vector = Vectors.dense(point);
      points.add(RowFactory.create(vector));
      distinct.add(vector);
    }
    int clusters = Math.max(1, Math.min(parameters.clusters(), distinct.size()));
    List<List<Double>> centroids =
        clusters == 1
            ? List.of(boxed(new double[width]))
            : cheapest(
                rows.sparkSession().createDataFrame(points, POINTS), clusters, parameters, seed);

    int[] assigned = ClusterQuality.assign(raw, centroids);
    return new ClusterModel(
        names,
        boxed(mean),
        boxed(scale),
        centroids,
        ClusterQuality.wssse(raw, centroids, assigned),
        clusters == 1 ? null : ClusterQuality.silhouette(raw, assigned, centroids.size()));
  }

  private static List<List<Double>> cheapest(
      Dataset<Row> points, int clusters, ClusterParameters parameters, long seed) {
    Dataset<Row> kept = points.repartition(1).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      KMeansModel best = null;
      for (int start = 0; start < Math.max(parameters.starts(), 1); start++) {
        KMeansModel model =
            new KMeans()
                .setFeaturesCol(VECTOR)
                .setK(clusters)
                .setSeed(seed + start)
                .setMaxIter(parameters.maxIterations())
                .setTol(1e-6)
                .fit(kept);
        if (best == null
            || model.summary().trainingCost() < best.summary().trainingCost() * (1 - 1e-9)) {
          best = model;
        }
      }
      return Arrays.stream(best.clusterCenters()).map(center -> boxed(center.toArray())).toList();
    } finally {
      kept.unpersist();
    }
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
