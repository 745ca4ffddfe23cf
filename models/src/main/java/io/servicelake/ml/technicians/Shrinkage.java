package io.servicelake.ml.technicians;

/**
 * Empirical-Bayes shrinkage by the method of moments (Efron & Morris 1975; Morris 1983): a figure
 * is drawn to the group's by how much of the spread between technicians is chance.
 */
final class Shrinkage {
  private static final double MOST = 1e6;

  private Shrinkage() {}

  /**
   * Variance between units of ratios of observed to expected, beyond chance: weighted moments after
   * DerSimonian & Laird (1986).
   *
   * @param ratios ratio of each unit
   * @param chance variance of each ratio by chance
   */
  static double varianceBetween(double[] ratios, double[] chance) {
    double weights = 0;
    double squaredWeights = 0;
    double weighted = 0;
    for (int i = 0; i < ratios.length; i++) {
      double weight = 1 / chance[i];
      weights += weight;
      squaredWeights += weight * weight;
      weighted += weight * ratios[i];
    }
    double mean = weighted / weights;
    double spread = 0;
    for (int i = 0; i < ratios.length; i++) {
      spread += (ratios[i] - mean) * (ratios[i] - mean) / chance[i];
    }
    double scale = weights - squaredWeights / weights;
    return ratios.length < 2 || scale <= 0
        ? 0
        : Math.max(0, (spread - (ratios.length - 1)) / scale);
  }

  /**
   * Prior strength of counts that are Poisson about expected * theta, theta gamma with mean 1
   * (Clayton & Kaldor 1987): expected events the prior is worth.
   */
  static double gammaPrior(double[] observed, double[] expected) {
    double[] ratios = new double[observed.length];
    double[] chance = new double[observed.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = observed[i] / expected[i];
      chance[i] = 1 / expected[i];
    }
    double variance = varianceBetween(ratios, chance);
    return variance <= 1 / MOST ? MOST : 1 / variance;
  }

  /**
   * Prior strength of shares that are binomial about a beta with the group's mean: answers the
   * prior is worth.
   */
  static double betaPrior(double[] hits, double[] answers, double mean) {
    double chanceOfOne = mean * (1 - mean);
    if (chanceOfOne <= 0) {
      return MOST;
    }
    double[] shares = new double[hits.length];
    double[] chance = new double[hits.length];
    for (int i = 0; i < hits.length; i++) {
      shares[i] = hits[i] / answers[i];
      chance[i] = chanceOfOne / answers[i];
    }
    double variance = varianceBetween(shares, chance);
    return variance <= chanceOfOne / MOST ? MOST : Math.max(chanceOfOne / variance - 1, 0.1);
  }
}
