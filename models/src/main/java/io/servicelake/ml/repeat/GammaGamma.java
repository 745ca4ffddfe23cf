package io.servicelake.ml.repeat;

import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * Gamma-Gamma (Fader & Hardie 2013): the value of a visit is gamma(p, nu) with nu gamma(q, v) over
 * customers, independent of how often they come. The row's value is the mean of so many visits.
 */
record GammaGamma() implements Likelihood {

  @Override
  public List<String> names() {
    return List.of("p", "q", "v");
  }

  @Override
  public Terms at(double[] parameters) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    return new Terms() {
      @Override
      public void addByCount(int count, double weight, double[] sums) {
        double shape = p * count;
        double joint = Gamma.digamma(shape + q);
        sums[0] +=
            weight
                * (Gamma.logGamma(shape + q)
                    - Gamma.logGamma(shape)
                    - Gamma.logGamma(q)
                    + q * Math.log(v)
                    + shape * Math.log(count));
        sums[1] += weight * count * (joint - Gamma.digamma(shape) + Math.log(count));
        sums[2] += weight * (joint - Gamma.digamma(q) + Math.log(v));
        sums[3] += weight * q / v;
      }

      @Override
      public void addByHistory(int count, double[] values, int from, double weight, double[] sums) {
        double mean = values[from];
        double logMean = Math.log(mean);
        double logTotal = Math.log(v + count * mean);
        sums[0] += weight * ((p * count - 1) * logMean - (p * count + q) * logTotal);
        sums[1] += weight * count * (logMean - logTotal);
        sums[2] -= weight * logTotal;
        sums[3] -= weight * (p * count + q) / (v + count * mean);
      }
    };
  }

  /**
   * Expected value of a visit to come.
   *
   * @param count visits the mean rests on; 0 gives the mean of the population
   */
  static double value(double[] parameters, int count, double mean) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    return p * (v + (count == 0 ? 0 : count * mean)) / (p * count + q - 1);
  }

  /** Gradient of the logarithm of {@link #value} by the logarithms of the parameters. */
  static double[] logGradient(double[] parameters, int count, double mean) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    double below = p * count + q - 1;
    return new double[] {
      1 - p * count / below, -q / below, v / (v + (count == 0 ? 0 : count * mean))
    };
  }
}
