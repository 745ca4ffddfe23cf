package io.servicelake.ml.repeat;

import java.io.Serializable;
import java.util.List;

/**
 * Maximum-likelihood estimate of positive parameters.
 *
 * @param names names of the parameters
 * @param values the parameters
 * @param logCovariance covariance of their logarithms: the inverse of the observed information
 * @param logLikelihood at the parameters, over all customers
 * @param gradientNorm length of the gradient of the mean log-likelihood by the logarithms
 * @param iterations steps of the search
 * @param customers customers it rests on
 */
public record Estimate(
    List<String> names,
    List<Double> values,
    List<List<Double>> logCovariance,
    double logLikelihood,
    double gradientNorm,
    int iterations,
    long customers)
    implements Serializable {

  public Estimate {
    names = List.copyOf(names);
    values = List.copyOf(values);
    logCovariance = logCovariance.stream().map(List::copyOf).toList();
  }

  /** The parameters as an array. */
  double[] parameters() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Variance of a figure whose gradient by the logarithms of the parameters is given. */
  double variance(double[] logGradient) {
    double variance = 0;
    for (int i = 0; i < logGradient.length; i++) {
      for (int j = 0; j < logGradient.length; j++) {
        variance += logGradient[i] * logGradient[j] * logCovariance.get(i).get(j);
      }
    }
    return variance;
  }
}
