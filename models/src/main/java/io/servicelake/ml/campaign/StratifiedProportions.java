package io.servicelake.ml.campaign;

import io.servicelake.ml.evaluation.Interval;

/**
 * A weighted mean of proportions with a score interval (Wilson 1927; over strata after Yan & Su,
 * "Stratified Wilson and Newcombe confidence intervals for multiple binomial proportions", 2010),
 * and the difference of two such (Newcombe 1998, method 10). One stratum gives the plain intervals.
 */
record StratifiedProportions(double rate, Interval interval) {

  /**
   * Weighs strata.
   *
   * @param weight adds up to 1
   * @param count customers, 1 or more
   */
  static StratifiedProportions of(double[] weight, long[] count, long[] hits, double critical) {
    double customers = 0;
    double visitors = 0;
    for (int i = 0; i < weight.length; i++) {
      customers += count[i];
      visitors += hits[i];
    }
    double common = (visitors + 0.5) / (customers + 1);
    double variance = 0;
    double deviations = 0;
    for (int i = 0; i < weight.length; i++) {
      // One customer at the common rate is added, so that a stratum without hits keeps a spread.
      double rate = (hits[i] + common) / (count[i] + 1);
      double ofStratum = rate * (1 - rate) / count[i];
      variance += weight[i] * weight[i] * ofStratum;
      deviations += weight[i] * Math.sqrt(ofStratum);
    }
    double within = critical * Math.sqrt(variance) / deviations;
    double mean = 0;
    double lower = 0;
    double upper = 0;
    for (int i = 0; i < weight.length; i++) {
      Interval wilson = wilson(count[i], hits[i], within);
      mean += weight[i] * hits[i] / count[i];
      lower += weight[i] * wilson.lower();
      upper += weight[i] * wilson.upper();
    }
    return new StratifiedProportions(mean, new Interval(lower, upper));
  }

  /** Interval of this rate less another. */
  Interval less(StratifiedProportions other) {
    double difference = rate - other.rate;
    return new Interval(
        difference - Math.hypot(rate - interval.lower(), other.interval.upper() - other.rate),
        difference + Math.hypot(interval.upper() - rate, other.rate - other.interval.lower()));
  }

  private static Interval wilson(double count, double hits, double critical) {
    double square = critical * critical;
    double middle = (hits + square / 2) / (count + square);
    double half =
        critical * Math.sqrt(hits * (count - hits) / count + square / 4) / (count + square);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
