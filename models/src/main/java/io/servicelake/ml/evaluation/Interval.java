package io.servicelake.ml.evaluation;

import java.util.Arrays;

/** An interval of a figure, ends included. */
public record Interval(double lower, double upper) {

  /**
   * The middle 95 % of bootstrap replicates (percentile interval; Efron & Tibshirani, "An
   * Introduction to the Bootstrap", 1993). Replicates that are not a number are left out.
   */
  public static Interval of95(double[] replicates) {
    double[] sorted = Arrays.stream(replicates).filter(x -> !Double.isNaN(x)).sorted().toArray();
    if (sorted.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /**
   * The 95 % interval of a mean of absolute differences, which chance can only raise: in every
   * replicate it is raised once more, so the replicates are reflected at the value (basic interval;
   * Davison & Hinkley, "Bootstrap Methods and their Application", 1997). Not below 0, and the value
   * lies within.
   */
  public static Interval ofDistance(double value, double[] replicates) {
    Interval of = of95(replicates);
    return new Interval(
        Math.max(0, 2 * value - of.upper()), Math.max(value, 2 * value - of.lower()));
  }

  /** The quantile of sorted values, interpolated between neighbours. */
  public static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
