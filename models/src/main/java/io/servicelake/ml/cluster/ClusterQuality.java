package io.servicelake.ml.cluster;

import java.util.List;

/** How well clusters hold together. */
public final class ClusterQuality {
  private ClusterQuality() {}

  /** Index of the nearest centroid of each point; ties go to the first. */
  public static int[] assign(List<double[]> points, List<List<Double>> centroids) {
    int[] assigned = new int[points.size()];
    for (int i = 0; i < assigned.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int cluster = 0; cluster < centroids.size(); cluster++) {
        double distance = distance(points.get(i), centroids.get(cluster));
        if (distance < nearest) {
          nearest = distance;
          assigned[i] = cluster;
        }
      }
    }
    return assigned;
  }

  /** Within-cluster sum of squared errors. */
  public static double wssse(List<double[]> points, List<List<Double>> centroids, int[] assigned) {
    double sum = 0;
    for (int i = 0; i < assigned.length; i++) {
      sum += distance(points.get(i), centroids.get(assigned[i]));
    }
    return sum;
  }

  /**
   * Mean silhouette by squared Euclidean distance (Rousseeuw 1987), from each cluster's sums and
   * not from pairs; a point alone in its cluster counts 0.
   */
  public static double silhouette(List<double[]> points, int[] assigned, int clusters) {
    int width = points.get(0).length;
    double[] size = new double[clusters];
    double[] squares = new double[clusters];
    double[][] sums = new double[clusters][width];
    for (int i = 0; i < assigned.length; i++) {
      int cluster = assigned[i];
      size[cluster]++;
      squares[cluster] += dot(points.get(i), points.get(i));
      for (int j = 0; j < width; j++) {
        sums[cluster][j] += points.get(i)[j];
      }
    }
    double total = 0;
    for (int i = 0; i < assigned.length; i++) {
      double[] point = points.get(i);
      double own = dot(point, point);
      double inside = 0;
      double outside = Double.POSITIVE_INFINITY;
      for (int cluster = 0; cluster < clusters; cluster++) {
        double apart = size[cluster] * own - 2 * dot(point, sums[cluster]) + squares[cluster];
        if (cluster == assigned[i]) {
          inside = size[cluster] > 1 ? apart / (size[cluster] - 1) : Double.NaN;
        } else if (size[cluster] > 0) {
          outside = Math.min(outside, apart / size[cluster]);
        }
      }
      double larger = Math.max(inside, outside);
      total += Double.isNaN(inside) || larger == 0 ? 0 : (outside - inside) / larger;
    }
    return total / assigned.length;
  }

  private static double distance(double[] point, List<Double> centroid) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      sum += (point[i] - centroid.get(i)) * (point[i] - centroid.get(i));
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
