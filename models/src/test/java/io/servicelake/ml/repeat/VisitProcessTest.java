package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

class VisitProcessTest {
  private static final TickedVisits BG = new TickedVisits(1, false, Leaving.BETA);
  private static final TickedVisits MBG = new TickedVisits(1, true, Leaving.BETA);
  private static final TickedVisits MBG_3 = new TickedVisits(3, true, Leaving.BETA);
  private static final TickedVisits FIXED = new TickedVisits(1, true, Leaving.FIXED);
  private static final TickedVisits FIXED_3 = new TickedVisits(3, true, Leaving.FIXED);
  private static final TickedVisits NEVER = new TickedVisits(1, true, Leaving.NEVER);
  private static final TickedVisits NEVER_3 = new TickedVisits(3, true, Leaving.NEVER);
  private static final double[] CDNOW_BG = {0.2426, 4.4136, 0.7929, 2.4259};
  private static final double[] CDNOW_PARETO = {0.5533, 10.5777, 0.6062, 11.6687};

  private static final double ROUNDING = 1e-9;

  /** Count, recency, age, sum of log gaps. */
  private static final double[][] HISTORIES = {
    {0, 0, 38.86, 0},
    {1, 1.71, 38.86, 0.54},
    {2, 30.43, 38.86, 5.1},
    {7, 29.43, 38.86, 8.7},
    {26, 40.0, 40.0, 9.3},
    {150, 200.0, 210.5, 41.0},
    {3, 0.4, 250.0, -6.3}
  };

  @Test
  void gradientsAreThoseOfTheLikelihoods() {
    for (VisitProcess process : List.of(BG, MBG, MBG_3, new TickedVisits(4, false, Leaving.BETA))) {
      assertGradient(process, CDNOW_BG, HISTORIES);
      assertGradient(process, new double[] {1.7, 31, 0.02, 14}, HISTORIES);
    }
    for (TickedVisits process : List.of(FIXED, FIXED_3)) {
      assertGradient(process, new double[] {0.2426, 4.4136, 0.3}, HISTORIES);
      assertGradient(process, new double[] {1.7, 31, 0.004}, HISTORIES);
    }
    for (TickedVisits process : List.of(NEVER, NEVER_3)) {
      assertGradient(process, new double[] {1.7, 31}, HISTORIES);
    }
    assertGradient(new ParetoNbd(), CDNOW_PARETO, HISTORIES);
    assertGradient(new ParetoNbd(), new double[] {2.1, 40, 0.9, 0.5}, HISTORIES);
    assertGradient(
        new GammaGamma(),
        new double[] {6.2488, 3.7446, 15.4477},
        new double[][] {{1, 11.77}, {2, 22.35}, {30, 73.1}});
  }

  @Test
  void oneChanceForAllIsTheLimitOfTheBeta() {
    double p = 0.2;
    double[] fixed = {1.7, 31, p / (1 - p)};
    for (int ticks : new int[] {1, 3}) {
      TickedVisits beta = new TickedVisits(ticks, true, Leaving.BETA);
      TickedVisits limit = new TickedVisits(ticks, true, Leaving.FIXED);
      for (double[] history : HISTORIES) {
        double[] at = figures(limit, fixed, history);
        double[] near = figures(beta, beta(fixed, p, 1e6), history);
        double[] far = figures(beta, beta(fixed, p, 1e5), history);
        for (int i = 0; i < at.length; i++) {
          // A beta's spread falls as 1 / (a + b), and with it the first term that is left out.
          double size = 1e-6 * (1 + Math.abs(at[i]));
          assertThat(Math.abs(near[i] - at[i]))
              .as("figure %d of %s, %d ticks", i, List.of(history[0]), ticks)
              .isLessThan(Math.abs(far[i] - at[i]) * 0.11 + 1e-2 * size);
        }
      }
    }
  }

  private static double[] beta(double[] fixed, double p, double both) {
    return new double[] {fixed[0], fixed[1], both * p, both * (1 - p)};
  }

  /** Log-likelihood, expected visits, probability of one, of not having left. */
  private static double[] figures(TickedVisits process, double[] parameters, double[] h) {
    VisitProcess.Outlook outlook = process.outlook(parameters, (int) h[0], h[1], h[2]);
    return new double[] {
      logLikelihood(process, parameters, h),
      outlook.visits(39),
      outlook.returns(39),
      outlook.alive()
    };
  }

  @Test
  void withoutLeavingItIsTheNegativeBinomial() {
    double r = 1.7;
    double alpha = 31;
    for (double[] h : HISTORIES) {
      double[] figures = figures(NEVER, new double[] {r, alpha}, h);
      double shape = r + h[0];
      double age = alpha + h[2];
      assertThat(figures[0])
          .isCloseTo(
              Gamma.logGamma(shape)
                  - Gamma.logGamma(r)
                  + r * Math.log(alpha)
                  - shape * Math.log(age),
              within(1e-9));
      assertThat(figures[1]).isCloseTo(shape / age * 39, within(1e-8 * shape));
      assertThat(figures[2]).isCloseTo(1 - Math.pow(age / (age + 39), shape), within(1e-12));
      assertThat(figures[3]).isEqualTo(1);
    }
    for (double[] h : HISTORIES) {
      assertThat(figures(NEVER_3, new double[] {r, alpha}, h))
          .containsExactly(figures(FIXED_3, new double[] {r, alpha, 1e-300}, h), within(1e-12));
    }
  }

  @Test
  void paretoByQuadratureIsParetoByHypergeometricFunctions() {
    for (double[] parameters :
        List.of(
            CDNOW_PARETO,
            new double[] {2.1, 40, 0.9, 0.5},
            new double[] {0.3, 3, 4, 3},
            new double[] {1.2, 2, 0.6, 300})) {
      for (double[] history : HISTORIES) {
        assertThat(logLikelihood(new ParetoNbd(), parameters, history))
            .isCloseTo(paretoClosed(parameters, history), within(1e-8));
      }
    }
  }

  @Test
  void visitsOfBgNbdAreThoseOfTheClosedForm() {
    for (double[] parameters : List.of(CDNOW_BG, new double[] {3, 20, 2.5, 4})) {
      for (double[] h : HISTORIES) {
        for (double horizon : new double[] {0.5, 39, 156}) {
          double visits = BG.outlook(parameters, (int) h[0], h[1], h[2]).visits(horizon);
          assertThat(visits)
              .isCloseTo(
                  bgNbdClosed(parameters, h, horizon), within(1e-9 + 1e-8 * Math.abs(visits)));
        }
      }
    }
  }

  @Test
  void theVisitsOfAnExampleAreThePublishedOnes() {
    // Fader, Hardie & Lee 2005: two repeats, the last at 30.43 of 38.86 weeks, 39 weeks to come.
    assertThat(BG.outlook(CDNOW_BG, 2, 30.43, 38.86).visits(39)).isCloseTo(1.226, within(5e-4));
  }

  @Test
  void manyVisitsDoNotUnderflow() {
    double[] parameters = {1, 1, 1, 1e6};
    VisitProcess.Outlook often = BG.outlook(parameters, 2000, 1000, 1000);
    double rate = 2001 / 1001.0;
    assertThat(often.visits(2000)).isCloseTo(rate * 2000, within(rate * 2000 * 0.01));
    assertThat(often.returns(2000)).isCloseTo(1, within(1e-5));
    assertThat(new ParetoNbd().outlook(CDNOW_PARETO, 2000, 1000, 1000).alive())
        .isBetween(0.98, 1.0);
  }

  @Test
  void oneTimeBuyersAreAliveForSureUnderBgNbd() {
    assertThat(BG.outlook(CDNOW_BG, 0, 0, 38.86).alive()).isEqualTo(1);
    assertThat(MBG.outlook(CDNOW_BG, 0, 0, 38.86).alive()).isLessThan(0.8);
    assertThat(new ParetoNbd().outlook(CDNOW_PARETO, 0, 0, 38.86).alive()).isLessThan(0.8);
  }

  @Test
  void whatIsExpectedIsWhatSimulatedCustomersDo() {
    double[] betaGeometric = {1.4, 12, 0.9, 3.5};
    for (TickedVisits process : List.of(BG, MBG, MBG_3)) {
      assertCalibrated(
          process, betaGeometric, random -> Visitor.ticked(random, process, betaGeometric, 52, 39));
    }
    double[] fixed = {1.4, 12, 0.25};
    for (TickedVisits process : List.of(FIXED, FIXED_3, NEVER, NEVER_3)) {
      assertCalibrated(process, fixed, random -> Visitor.ticked(random, process, fixed, 52, 39));
    }
    double[] pareto = {1.4, 12, 0.8, 30};
    assertCalibrated(new ParetoNbd(), pareto, random -> Visitor.pareto(random, pareto, 52, 39));
  }

  /** Sums over 20,000 customers within four standard errors. */
  private static void assertCalibrated(
      VisitProcess process, double[] parameters, Function<Random, Visitor> draw) {
    Random random = new Random(7);
    int customers = 20_000;
    double[][] differences = new double[3][customers];
    for (int i = 0; i < customers; i++) {
      Visitor visitor = draw.apply(random);
      VisitProcess.Outlook outlook =
          process.outlook(parameters, visitor.repeats(), visitor.recency(), visitor.age());
      differences[0][i] = visitor.visitsAfter() - outlook.visits(39);
      differences[1][i] = (visitor.visitsAfter() > 0 ? 1 : 0) - outlook.returns(39);
      differences[2][i] = (visitor.isAlive() ? 1 : 0) - outlook.alive();
    }
    for (double[] difference : differences) {
      double sum = 0;
      double squares = 0;
      for (double value : difference) {
        sum += value;
        squares += value * value;
      }
      assertThat(Math.abs(sum)).as("%s", process).isLessThan(4 * Math.sqrt(squares) + ROUNDING);
    }
  }

  private static void assertGradient(
      Likelihood likelihood, double[] parameters, double[][] histories) {
    for (double[] history : histories) {
      double[] sums = sums(likelihood, parameters, history);
      for (int i = 0; i < parameters.length; i++) {
        double step = 1e-5 * parameters[i];
        double[] above = parameters.clone();
        double[] below = parameters.clone();
        above[i] += step;
        below[i] -= step;
        double numeric =
            (logLikelihood(likelihood, above, history) - logLikelihood(likelihood, below, history))
                / (2 * step);
        assertThat(sums[1 + i])
            .as("%s, %s of %s", likelihood, likelihood.names().get(i), List.of(history[0]))
            .isCloseTo(
                numeric, within(1e-5 * (1 + Math.abs(numeric)) / Math.min(1, parameters[i])));
      }
    }
  }

  private static double logLikelihood(
      Likelihood likelihood, double[] parameters, double[] history) {
    return sums(likelihood, parameters, history)[0];
  }

  private static double[] sums(Likelihood likelihood, double[] parameters, double[] history) {
    double[] sums = new double[1 + parameters.length];
    Likelihood.Terms terms = likelihood.at(parameters);
    terms.addByCount((int) history[0], 1, sums);
    terms.addByHistory((int) history[0], history, 1, 1, sums);
    return sums;
  }

  private static double bgNbdClosed(double[] parameters, double[] history, double horizon) {
    double alpha = parameters[1];
    double a = parameters[2];
    double b = parameters[3];
    double x = history[0];
    double age = alpha + history[2];
    double shape = parameters[0] + x;
    double left = x == 0 ? 0 : a / (b + x - 1) * Math.pow(age / (alpha + history[1]), shape);
    double series = hypergeometric(shape, b + x, a + b + x - 1, horizon / (age + horizon));
    return (a + b + x - 1)
        / (a - 1)
        * (1 - Math.pow(age / (age + horizon), shape) * series)
        / (1 + left);
  }

  private static double paretoClosed(double[] parameters, double[] history) {
    double r = parameters[0];
    double alpha = parameters[1];
    double s = parameters[2];
    double beta = parameters[3];
    double x = history[0];
    double far = Math.max(alpha, beta);
    double sum = r + s + x;
    double second = alpha >= beta ? s + 1 : r + x;
    double[] ends = new double[2];
    for (int i = 0; i < 2; i++) {
      double at = far + history[1 + i];
      ends[i] =
          hypergeometric(sum, second, sum + 1, Math.abs(alpha - beta) / at)
              * Math.exp(-sum * Math.log(at / (far + history[1])));
    }
    double alive =
        Math.exp(
            -(r + x) * Math.log(alpha + history[2])
                - s * Math.log(beta + history[2])
                + sum * Math.log(far + history[1]));
    return Gamma.logGamma(r + x)
        - Gamma.logGamma(r)
        + r * Math.log(alpha)
        + s * Math.log(beta)
        - sum * Math.log(far + history[1])
        + Math.log(alive + s / sum * (ends[0] - ends[1]));
  }

  /** Gauss's series; the argument is below 1. */
  private static double hypergeometric(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int n = 0; n < 100_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (a + n) * (b + n) / (c + n) / (n + 1) * z;
      sum += term;
    }
    return sum;
  }
}
