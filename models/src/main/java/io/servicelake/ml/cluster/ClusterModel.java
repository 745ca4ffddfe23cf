package io.servicelake.ml.cluster;

import io.servicelake.contract.Columns;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Centroids in standardised features.
 *
 * @param names features in the order of the centroids' coordinates
 * @param wssse within-cluster sum of squared errors over the training rows
 * @param silhouette mean silhouette over the training rows, squared Euclidean distance; null with
 *     one cluster
 * @param stability agreement with clusters of resamples; null with one cluster or where not asked
 */
public record ClusterModel(
    List<String> names,
    List<Double> means,
    List<Double> scales,
    List<List<Double>> centroids,
    double wssse,
    Double silhouette,
    Stability stability) {

  /** The same clusters in another order. */
  public ClusterModel orderedBy(Comparator<List<Double>> order) {
    List<List<Double>> sorted = new ArrayList<>(centroids);
    sorted.sort(order);
    return new ClusterModel(names, means, scales, sorted, wssse, silhouette, stability);
  }

  /** Index of the nearest centroid, from 0; ties go to the first. */
  public Column nearest(List<FeatureColumn> features) {
    Column[] distances =
        centroids.stream().map(centroid -> distance(features, centroid)).toArray(Column[]::new);
    Column all = functions.array(distances);
    return functions.array_position(all, functions.array_min(all)).minus(1).cast(Columns.INT);
  }

  /** Coordinate of a centroid in the feature's own unit. */
  public double original(int cluster, int feature) {
    return means.get(feature) + scales.get(feature) * centroids.get(cluster).get(feature);
  }

  private Column distance(List<FeatureColumn> features, List<Double> centroid) {
    Column sum = functions.lit(0.0);
    for (int i = 0; i < names.size(); i++) {
      Column difference =
          features.get(i).value().minus(means.get(i)).divide(scales.get(i)).minus(centroid.get(i));
      sum = sum.plus(difference.multiply(difference));
    }
    return sum;
  }
}
