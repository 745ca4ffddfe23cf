package io.servicelake.ml.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/** Correlation of two lists of figures. */
public final class Correlation {
  private Correlation() {}

  /** Spearman's rank correlation, ties at their mean rank; NaN if one list does not vary. */
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  /** Pearson's correlation; NaN if one list does not vary. */
  public static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  /**
   * Reliability of the whole from the correlation of its halves (Spearman 1910; Brown 1910); NaN
   * stays NaN.
   */
  public static double spearmanBrown(double halves) {
    return 2 * halves / (1 + halves);
  }

  /** Ranks from 1, ties at their mean. */
  public static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int start = 0;
    while (start < order.length) {
      int end = start;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + 1 + end) / 2.0;
      }
      start = end;
    }
    return ranks;
  }
}
