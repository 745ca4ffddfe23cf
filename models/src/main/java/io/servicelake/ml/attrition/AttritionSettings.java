package io.servicelake.ml.attrition;

/**
 * Settings of the fit.
 *
 * @param maxPersons persons above which they are sampled by hash
 * @param maxIterations of expectation and maximization
 * @param leastGain gain of the log-likelihood per person below which the fit has settled
 * @param partitions of the histories; more on a larger cluster
 */
public record AttritionSettings(
    int maxPersons, int maxIterations, double leastGain, int partitions) {

  /** 10,000 persons, 25 iterations. */
  public static AttritionSettings defaults() {
    return new AttritionSettings(10_000, 25, 1e-4, 8);
  }
}
