package io.servicelake.ml.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Isotonic calibration: the rates that rise with the score and fit outcomes best, by pooling
 * adjacent violators (Barlow et al. 1972; Zadrozny & Elkan 2002). Half a row of either outcome is
 * added to each pool, so that no rate is 0 or 1. Stands here to be compared with Platt's scaling.
 */
public final class Isotonic {
  private final double[] upTo;
  private final double[] rate;

  private Isotonic(double[] upTo, double[] rate) {
    this.upTo = upTo;
    this.rate = rate;
  }

  /** Fits rates to outcomes of 0 and 1. */
  public static Isotonic fit(double[] scores, double[] outcomes) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double[] upTo = new double[scores.length];
    double[] sum = new double[scores.length];
    double[] count = new double[scores.length];
    int pools = 0;
    for (int i : order) {
      boolean isTied = pools > 0 && upTo[pools - 1] == scores[i];
      if (!isTied) {
        pools++;
        sum[pools - 1] = 0;
        count[pools - 1] = 0;
      }
      upTo[pools - 1] = scores[i];
      sum[pools - 1] += outcomes[i];
      count[pools - 1]++;
      while (pools > 1 && sum[pools - 2] * count[pools - 1] >= sum[pools - 1] * count[pools - 2]) {
        upTo[pools - 2] = upTo[pools - 1];
        sum[pools - 2] += sum[pools - 1];
        count[pools - 2] += count[pools - 1];
        pools--;
      }
    }
    double[] rate = new double[pools];
    for (int i = 0; i < pools; i++) {
      rate[i] = (sum[i] + 0.5) / (count[i] + 1);
    }
    return new Isotonic(Arrays.copyOf(upTo, pools), rate);
  }

  /** The rate of a score's pool; above the last, the last's. */
  public double probability(double score) {
    int at = Arrays.binarySearch(upTo, score);
    return rate[Math.min(at >= 0 ? at : -at - 1, rate.length - 1)];
  }
}
