package io.servicelake.ml.cluster;

import io.servicelake.ml.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far clusters found on resamples agree with those found on all rows: the adjusted Rand index
 * (Hubert & Arabie 1985) of both over the same rows, 1 for the same clusters and 0 for what chance
 * gives; resamples by the bootstrap (Hennig 2007).
 *
 * @param mean over the resamples
 * @param lower end of the middle 95 % of the resamples
 * @param upper end of the middle 95 % of the resamples
 * @param resamples how many were drawn
 */
public record Stability(double mean, double lower, double upper, int resamples) {
  private static final int STARTS = 2;
  private static final int MOST_ROWS = 2_000;

  /** Clusters resamples of at most 2,000 of the points, evenly picked, as they were clustered. */
  static Stability of(
      List<double[]> points,
      List<List<Double>> centroids,
      int resamples,
      int maxIterations,
      long seed) {
    List<double[]> rows = thinned(points);
    int[] original = ClusterQuality.assign(rows, centroids);
    SplittableRandom random = new SplittableRandom(seed);
    double[] indices = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      List<double[]> drawn = new ArrayList<>(rows.size());
      for (int j = 0; j < rows.size(); j++) {
        drawn.add(rows.get(random.nextInt(rows.size())));
      }
      double[][] found =
          KMeans.cheapest(drawn, centroids.size(), STARTS, maxIterations, random.nextLong());
      int[] again =
          ClusterQuality.assign(
              rows, Arrays.stream(found).map(one -> Arrays.stream(one).boxed().toList()).toList());
      indices[i] = adjustedRand(original, again, centroids.size());
    }
    Interval interval = Interval.of95(indices);
    return new Stability(
        Arrays.stream(indices).average().orElseThrow(),
        interval.lower(),
        interval.upper(),
        resamples);
  }

  /** Agreement of two clusterings of the same rows beyond chance; 1 where both have one cluster. */
  static double adjustedRand(int[] one, int[] other, int clusters) {
    long[][] both = new long[clusters][clusters];
    long[] ofOne = new long[clusters];
    long[] ofOther = new long[clusters];
    for (int i = 0; i < one.length; i++) {
      both[one[i]][other[i]]++;
      ofOne[one[i]]++;
      ofOther[other[i]]++;
    }
    double together = Arrays.stream(both).mapToDouble(Stability::pairs).sum();
    double expected = pairs(ofOne) * pairs(ofOther) / pairs(new long[] {one.length});
    double most = (pairs(ofOne) + pairs(ofOther)) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(long[] sizes) {
    return Arrays.stream(sizes).mapToDouble(size -> size * (size - 1) / 2.0).sum();
  }

  private static List<double[]> thinned(List<double[]> points) {
    if (points.size() <= MOST_ROWS) {
      return points;
    }
    List<double[]> rows = new ArrayList<>(MOST_ROWS);
    for (int i = 0; i < MOST_ROWS; i++) {
      rows.add(points.get((int) ((long) i * points.size() / MOST_ROWS)));
    }
    return rows;
  }
}
