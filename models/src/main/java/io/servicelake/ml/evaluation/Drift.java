package io.servicelake.ml.evaluation;

import java.util.Arrays;

/** How far a figure's distribution has moved. */
public final class Drift {
  private static final int BINS = 10;

  /** Share a bin without rows counts as, so that the logarithm stays finite. */
  private static final double LEAST_SHARE = 1e-4;

  private Drift() {}

  /**
   * Population stability index between two sets of figures: sum of (q − p) ln(q / p) over bins cut
   * at the tenths of the first (Siddiqi 2006). Below 0.1 little has moved, above 0.25 much. 0 where
   * either is empty.
   */
  public static double stabilityIndex(double[] before, double[] after) {
    if (before.length == 0 || after.length == 0) {
      return 0;
    }
    double[] sorted = before.clone();
    Arrays.sort(sorted);
    double[] cuts = new double[BINS - 1];
    Arrays.setAll(cuts, i -> Interval.quantile(sorted, (i + 1.0) / BINS));
    double[] p = shares(before, cuts);
    double[] q = shares(after, cuts);
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double was = Math.max(p[bin], LEAST_SHARE);
      double is = Math.max(q[bin], LEAST_SHARE);
      sum += (is - was) * Math.log(is / was);
    }
    return sum;
  }

  /** Share of figures above each cut's neighbour below and at most the cut itself. */
  private static double[] shares(double[] values, double[] cuts) {
    double[] shares = new double[BINS];
    for (double value : values) {
      int bin = 0;
      while (bin < cuts.length && value > cuts[bin]) {
        bin++;
      }
      shares[bin] += 1.0 / values.length;
    }
    return shares;
  }
}
