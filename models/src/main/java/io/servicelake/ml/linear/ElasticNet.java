package io.servicelake.ml.linear;

/**
 * Minimises a quadratic approximation of the mean log-loss plus the elastic-net penalty by
 * coordinate descent (Friedman, Hastie & Tibshirani, "Regularization Paths for Generalized Linear
 * Models via Coordinate Descent", 2010). The last coefficient is the intercept and goes free.
 */
final class ElasticNet {
  private static final int MAX_SWEEPS = 2000;
  private static final double TOLERANCE = 1e-10;

  private ElasticNet() {}

  /**
   * One step from the given coefficients.
   *
   * @param gradient of the mean loss
   * @param hessian lower triangle of the mean loss, row by row
   */
  static double[] step(
      double[] from, double[] gradient, double[] hessian, LogisticParameters parameters) {
    int size = from.length;
    double absolute = parameters.penalty() * parameters.elasticNet();
    double ridge = parameters.penalty() * (1 - parameters.elasticNet());
    double[][] h = new double[size][size];
    for (int i = 0, at = 0; i < size; i++) {
      for (int j = 0; j <= i; j++, at++) {
        h[i][j] = hessian[at];
        h[j][i] = hessian[at];
      }
    }
    double[] to = from.clone();
    double[] slope = gradient.clone();
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      double largest = 0;
      for (int i = 0; i < size; i++) {
        boolean isIntercept = i == size - 1;
        double curvature = h[i][i] + 1e-12;
        double pull = curvature * to[i] - slope[i];
        double next =
            isIntercept
                ? pull / curvature
                : Math.signum(pull) * Math.max(Math.abs(pull) - absolute, 0) / (curvature + ridge);
        double change = next - to[i];
        if (change != 0) {
          to[i] = next;
          for (int j = 0; j < size; j++) {
            slope[j] += h[i][j] * change;
          }
          largest = Math.max(largest, Math.abs(change));
        }
      }
      if (largest < TOLERANCE) {
        break;
      }
    }
    return to;
  }

  /** The penalty of coefficients. */
  static double penalty(double[] coefficients, LogisticParameters parameters) {
    double absolute = 0;
    double squares = 0;
    for (int i = 0; i < coefficients.length - 1; i++) {
      absolute += Math.abs(coefficients[i]);
      squares += coefficients[i] * coefficients[i];
    }
    return parameters.penalty()
        * (parameters.elasticNet() * absolute + (1 - parameters.elasticNet()) * squares / 2);
  }
}
