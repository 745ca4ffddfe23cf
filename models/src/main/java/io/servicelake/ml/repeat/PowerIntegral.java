package io.servicelake.ml.repeat;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The integral of (alpha + t)^-p (beta + t)^-q over a span of t, and the means of what its gradient
 * needs under the integrand. Gauss-Legendre on the logarithm of time, in panels short enough for
 * about 14 digits. Reused row after row; not for several threads.
 */
final class PowerIntegral {
  private static final GaussIntegrator NODES = new GaussIntegratorFactory().legendre(16);
  private static final double WIDEST_PANEL = 3;
  private static final double STEEPEST_PANEL = 12;
  private static final double NEGLIGIBLE = 1e-18;

  private double logValue;
  private double meanLogNear;
  private double meanLogFar;
  private double meanInverseNear;
  private double meanInverseFar;
  private boolean isAlphaNear;

  /** Takes the integral from {@code from} to {@code to}. */
  void take(double alpha, double p, double beta, double q, double from, double to) {
    isAlphaNear = alpha <= beta;
    double near = isAlphaNear ? alpha : beta;
    double nearPower = isAlphaNear ? p : q;
    double farPower = isAlphaNear ? q : p;
    double apart = Math.abs(alpha - beta);
    double start = Math.log(near + from);
    double span = Math.log1p((to - from) / (near + from));
    double atStart = -nearPower * start - farPower * Math.log(near + from + apart);

    int panels =
        (int) Math.ceil(span / Math.min(WIDEST_PANEL, STEEPEST_PANEL / (nearPower + farPower)));
    double half = span / Math.max(panels, 1) / 2;
    double value = 0;
    double logNear = 0;
    double logFar = 0;
    double inverseNear = 0;
    double inverseFar = 0;
    for (int panel = 0; panel < panels; panel++) {
      double middle = start + half * (2 * panel + 1);
      double before = value;
      for (int node = 0; node < NODES.getNumberOfPoints(); node++) {
        double log = middle + half * NODES.getPoint(node);
        double time = Math.exp(log);
        double logOther = Math.log(time + apart);
        double mass =
            half
                * NODES.getWeight(node)
                * time
                * Math.exp(-nearPower * log - farPower * logOther - atStart);
        value += mass;
        logNear += mass * log;
        logFar += mass * logOther;
        inverseNear += mass / time;
        inverseFar += mass / (time + apart);
      }
      // The integrand has one peak: once a panel adds nothing, none after it does.
      if (value - before <= NEGLIGIBLE * value) {
        break;
      }
    }
    logValue = Math.log(value) + atStart;
    double total = value > 0 ? value : 1;
    meanLogNear = logNear / total;
    meanLogFar = logFar / total;
    meanInverseNear = inverseNear / total;
    meanInverseFar = inverseFar / total;
  }

  /** Logarithm of the integral; minus infinity over an empty span. */
  double logValue() {
    return logValue;
  }

  /** Mean of ln(alpha + t). */
  double meanLogAlpha() {
    return isAlphaNear ? meanLogNear : meanLogFar;
  }

  /** Mean of ln(beta + t). */
  double meanLogBeta() {
    return isAlphaNear ? meanLogFar : meanLogNear;
  }

  /** Mean of 1 / (alpha + t). */
  double meanInverseAlpha() {
    return isAlphaNear ? meanInverseNear : meanInverseFar;
  }

  /** Mean of 1 / (beta + t). */
  double meanInverseBeta() {
    return isAlphaNear ? meanInverseFar : meanInverseNear;
  }
}
