package io.servicelake.ml.repeat;

import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The chance to leave after a visit and how it differs between customers. Its parameters stand
 * behind r and alpha, their gradient in {@code sums} from 3 on.
 */
enum Leaving {
  /** Beta(a, b) over customers. */
  BETA("a", "b") {
    @Override
    void addStays(double[] parameters, int stays, double weight, double[] sums) {
      double a = parameters[2];
      double b = parameters[3];
      double logStays =
          Gamma.logGamma(b + stays)
              - Gamma.logGamma(b)
              - Gamma.logGamma(a + b + stays)
              + Gamma.logGamma(a + b);
      double both = Gamma.digamma(a + b) - Gamma.digamma(a + b + stays);
      sums[0] += weight * logStays;
      sums[3] += weight * both;
      sums[4] += weight * (both + Gamma.digamma(b + stays) - Gamma.digamma(b));
    }

    @Override
    double odds(double[] parameters, int stays) {
      return parameters[2] / (parameters[3] + stays - 1);
    }

    @Override
    void addLogOdds(double[] parameters, int stays, double weight, double[] sums) {
      sums[3] += weight / parameters[2];
      sums[4] -= weight / (parameters[3] + stays - 1);
    }

    @Override
    double stay(double[] parameters, int stays) {
      double b = parameters[3] + stays;
      return b / (parameters[2] + b);
    }
  },

  /**
   * The same chance p for everybody, by its odds p / (1 - p): the limit of beta(a, b) as both grow
   * and a / (a + b) stays p.
   */
  FIXED("odds") {
    @Override
    void addStays(double[] parameters, int stays, double weight, double[] sums) {
      sums[0] -= weight * stays * Math.log1p(parameters[2]);
      sums[3] -= weight * stays / (1 + parameters[2]);
    }

    @Override
    double odds(double[] parameters, int stays) {
      return parameters[2];
    }

    @Override
    void addLogOdds(double[] parameters, int stays, double weight, double[] sums) {
      sums[3] += weight / parameters[2];
    }

    @Override
    double stay(double[] parameters, int stays) {
      return 1 / (1 + parameters[2]);
    }
  },

  /** Nobody leaves: the limit of the fixed chance as it goes to 0. */
  NEVER {
    @Override
    void addStays(double[] parameters, int stays, double weight, double[] sums) {
      // Certain: its logarithm is 0.
    }

    @Override
    double odds(double[] parameters, int stays) {
      return 0;
    }

    @Override
    void addLogOdds(double[] parameters, int stays, double weight, double[] sums) {
      // There are no parameters.
    }

    @Override
    double stay(double[] parameters, int stays) {
      return 1;
    }
  };

  private final List<String> names;

  Leaving(String... names) {
    this.names = List.of(names);
  }

  /** Names of its parameters. */
  List<String> names() {
    return names;
  }

  /** Adds the log-probability of having stayed so often, and its gradient. */
  abstract void addStays(double[] parameters, int stays, double weight, double[] sums);

  /** Probability of having left at the last of so many chances, over that of having stayed. */
  abstract double odds(double[] parameters, int stays);

  /** Adds the gradient of the logarithm of {@link #odds}. */
  abstract void addLogOdds(double[] parameters, int stays, double weight, double[] sums);

  /** Probability of staying once more after so often. */
  abstract double stay(double[] parameters, int stays);
}
