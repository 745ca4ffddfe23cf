package io.servicelake.ml.repeat;

import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo 1987): visits at exponential gaps with the rate
 * gamma(r, alpha), a lifetime exponential with the rate gamma(s, beta). The integral over the
 * unseen day of leaving is taken by quadrature, so that the gradient is as exact as the likelihood;
 * the closed form by Gauss's hypergeometric function (Fader & Hardie 2005) has no closed gradient.
 */
record ParetoNbd() implements VisitProcess {

  @Override
  public List<String> names() {
    return List.of("r", "alpha", "s", "beta");
  }

  @Override
  public Terms at(double[] parameters) {
    double r = parameters[0];
    double alpha = parameters[1];
    double s = parameters[2];
    double beta = parameters[3];
    PowerIntegral integral = new PowerIntegral();
    return new Terms() {
      @Override
      public void addByCount(int repeats, double weight, double[] sums) {
        sums[0] +=
            weight
                * (Gamma.logGamma(r + repeats)
                    - Gamma.logGamma(r)
                    + r * Math.log(alpha)
                    + s * Math.log(beta));
        sums[1] += weight * (Gamma.digamma(r + repeats) - Gamma.digamma(r) + Math.log(alpha));
        sums[2] += weight * r / alpha;
        sums[3] += weight * Math.log(beta);
        sums[4] += weight * s / beta;
      }

      @Override
      public void addByHistory(
          int repeats, double[] values, int from, double weight, double[] sums) {
        double recency = values[from];
        double age = values[from + 1];
        double shape = r + repeats;
        double logAlpha = Math.log(alpha + age);
        double logBeta = Math.log(beta + age);
        double logAlive = -shape * logAlpha - s * logBeta;
        integral.take(alpha, shape, beta, s + 1, recency, age);
        double logLeft = Math.log(s) + integral.logValue();
        double odds = Math.exp(-Math.abs(logLeft - logAlive));
        double alive = (logLeft > logAlive ? odds : 1) / (1 + odds);
        double left = 1 - alive;

        sums[0] += weight * (Math.max(logLeft, logAlive) + Math.log1p(odds));
        sums[1] -= weight * (alive * logAlpha + left * integral.meanLogAlpha());
        sums[2] -= weight * shape * (alive / (alpha + age) + left * integral.meanInverseAlpha());
        sums[3] += weight * (left * (1 / s - integral.meanLogBeta()) - alive * logBeta);
        sums[4] -=
            weight * (alive * s / (beta + age) + left * (s + 1) * integral.meanInverseBeta());
      }
    };
  }

  @Override
  public Outlook outlook(double[] parameters, int repeats, double recency, double age) {
    double shape = parameters[0] + repeats;
    double alpha = parameters[1];
    double s = parameters[2];
    double beta = parameters[3];
    double atAge = shape * Math.log(alpha + age) + s * Math.log(beta + age);
    PowerIntegral integral = new PowerIntegral();
    integral.take(alpha, shape, beta, s + 1, recency, age);
    double alive = 1 / (1 + s * Math.exp(integral.logValue() + atAge));
    return new Outlook() {
      @Override
      public double alive() {
        return alive;
      }

      @Override
      public double visits(double horizon) {
        double log = Math.log1p(horizon / (beta + age));
        double power = (s - 1) * log;
        double mean = Math.abs(power) < 1e-9 ? log : -Math.expm1(-power) / power * log;
        return alive * shape * (beta + age) / (alpha + age) * mean;
      }

      @Override
      public double returns(double horizon) {
        integral.take(alpha, shape + 1, beta, s, age, age + horizon);
        return alive * shape * Math.exp(integral.logValue() + atAge);
      }
    };
  }
}
