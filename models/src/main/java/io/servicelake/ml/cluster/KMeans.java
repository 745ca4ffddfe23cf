package io.servicelake.ml.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lloyd's algorithm (Lloyd 1982) from seeds drawn by k-means++ (Arthur & Vassilvitskii 2007), the
 * cheapest of several starts. The same points in the same order and the same seed give the same
 * centroids.
 */
final class KMeans {
  private KMeans() {}

  /** Centroids of the start with the least sum of squared distances. */
  static double[][] cheapest(
      List<double[]> points, int clusters, int starts, int maxIterations, long seed) {
    double[][] x = points.toArray(double[][]::new);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start < Math.max(starts, 1); start++) {
      double[][] centroids = seeds(x, clusters, random.split());
      double cost = descend(x, centroids, maxIterations);
      if (best == null || cost < least * (1 - 1e-9)) {
        best = centroids;
        least = cost;
      }
    }
    return best;
  }

  private static double[][] seeds(double[][] x, int clusters, SplittableRandom random) {
    double[][] centroids = new double[clusters][];
    centroids[0] = x[random.nextInt(x.length)].clone();
    double[] nearest = new double[x.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int k = 1; k < clusters; k++) {
      double total = 0;
      for (int i = 0; i < x.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(x[i], centroids[k - 1]));
        total += nearest[i];
      }
      double left = random.nextDouble() * total;
      int chosen = 0;
      for (int i = 0; i < x.length && left >= 0; i++) {
        if (nearest[i] > 0) {
          chosen = i;
          left -= nearest[i];
        }
      }
      centroids[k] = x[chosen].clone();
    }
    return centroids;
  }

  /** Moves centroids to the means of their points until none changes its cluster; the cost. */
  private static double descend(double[][] x, double[][] centroids, int maxIterations) {
    int[] assigned = new int[x.length];
    Arrays.fill(assigned, -1);
    double cost = 0;
    for (int iteration = 0; iteration <= maxIterations; iteration++) {
      boolean isSettled = true;
      cost = 0;
      for (int i = 0; i < x.length; i++) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < centroids.length; k++) {
          double distance = distance(x[i], centroids[k]);
          if (distance < least) {
            least = distance;
            nearest = k;
          }
        }
        isSettled &= assigned[i] == nearest;
        assigned[i] = nearest;
        cost += least;
      }
      if (isSettled || iteration == maxIterations) {
        break;
      }
      move(x, assigned, centroids);
    }
    return cost;
  }

  /** A centroid without points stays where it is. */
  private static void move(double[][] x, int[] assigned, double[][] centroids) {
    int width = x[0].length;
    double[][] sums = new double[centroids.length][width];
    int[] sizes = new int[centroids.length];
    for (int i = 0; i < x.length; i++) {
      sizes[assigned[i]]++;
      for (int j = 0; j < width; j++) {
        sums[assigned[i]][j] += x[i][j];
      }
    }
    for (int k = 0; k < centroids.length; k++) {
      for (int j = 0; j < width && sizes[k] > 0; j++) {
        centroids[k][j] = sums[k][j] / sizes[k];
      }
    }
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
