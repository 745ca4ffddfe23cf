package io.servicelake.ml.repeat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Gamma;

/**
 * Visits at gamma(ticks, rate) gaps with the rate gamma(r, alpha) over customers, who may leave
 * after a visit. One tick, beta, no leaving at the first visit: BG/NBD (Fader, Hardie & Lee 2005);
 * with it MBG/NBD (Batislam, Denizel & Filiztekin 2007); more ticks, regular visits: MBG/CNBD-k
 * (Reutterer, Platzer & Schröder 2021). Nobody leaves: NBD, CNBD-k.
 *
 * @param ticks shape k of the gaps
 * @param leavesAtFirst true if the customer may leave at the first visit already
 */
record TickedVisits(int ticks, boolean leavesAtFirst, Leaving leaving) implements VisitProcess {
  private static final double NEGLIGIBLE = 1e-13;
  private static final double UNDERFLOW = -600;

  @Override
  public List<String> names() {
    return Stream.concat(Stream.of("r", "alpha"), leaving.names().stream()).toList();
  }

  /** How often a customer with so many repeats could have left and did not. */
  private int stays(int repeats) {
    return leavesAtFirst ? repeats + 1 : repeats;
  }

  @Override
  public Terms at(double[] parameters) {
    double r = parameters[0];
    double alpha = parameters[1];
    return new Terms() {
      @Override
      public void addByCount(int repeats, double weight, double[] sums) {
        double shape = r + ticks * (double) repeats;
        double logLikelihood =
            Gamma.logGamma(shape)
                - Gamma.logGamma(r)
                + r * Math.log(alpha)
                - repeats * Gamma.logGamma(ticks);
        sums[0] += weight * logLikelihood;
        sums[1] += weight * (Gamma.digamma(shape) - Gamma.digamma(r) + Math.log(alpha));
        sums[2] += weight * r / alpha;
        leaving.addStays(parameters, stays(repeats), weight, sums);
      }

      @Override
      public void addByHistory(
          int repeats, double[] values, int from, double weight, double[] sums) {
        double recency = values[from];
        double age = values[from + 1];
        double shape = r + ticks * (double) repeats;
        double logAge = Math.log(alpha + age);
        double perAge = 1 / (alpha + age);

        // Alive and without a visit since the last: so many ticks have passed at most.
        double silence = (age - recency) * perAge;
        double term = 1;
        double harmonic = 0;
        double stayed = 1;
        double stayedByR = 0;
        double stayedByAlpha = 0;
        for (int tick = 1; tick < ticks; tick++) {
          harmonic += 1 / (shape + tick - 1);
          term *= (shape + tick - 1) * silence / tick;
          stayed += term;
          stayedByR += term * harmonic;
          stayedByAlpha -= term * tick * perAge;
        }
        double logStayed = Math.log(stayed);

        double alive = 1;
        double logSum = logStayed;
        double logRatio = 0;
        double perRecency = perAge;
        int stays = stays(repeats);
        if (stays > 0) {
          logRatio = logAge - Math.log(alpha + recency);
          perRecency = 1 / (alpha + recency);
          double logLeft = shape * logRatio + Math.log(leaving.odds(parameters, stays));
          double odds = Math.exp(-Math.abs(logLeft - logStayed));
          logSum = Math.max(logLeft, logStayed) + Math.log1p(odds);
          alive = (logLeft > logStayed ? odds : 1) / (1 + odds);
        }
        double left = 1 - alive;
        double density = ticks == 1 ? 0 : (ticks - 1) * values[from + 2];
        sums[0] += weight * (logSum - shape * logAge + density);
        sums[1] += weight * (alive * stayedByR / stayed + left * logRatio - logAge);
        sums[2] +=
            weight
                * (alive * stayedByAlpha / stayed
                    + left * shape * (perAge - perRecency)
                    - shape * perAge);
        if (stays > 0) {
          leaving.addLogOdds(parameters, stays, weight * left, sums);
        }
      }
    };
  }

  @Override
  public Outlook outlook(double[] parameters, int repeats, double recency, double age) {
    return new History(parameters, repeats, recency, age);
  }

  /** One history at given parameters. */
  private final class History implements Outlook {
    private final double shape;
    private final double elapsed;
    private final double[] parameters;
    private final int stays;
    private final double[] aliveAtTick = new double[ticks];
    private double alive;

    History(double[] parameters, int repeats, double recency, double age) {
      this.parameters = parameters;
      stays = stays(repeats);
      shape = parameters[0] + ticks * (double) repeats;
      elapsed = parameters[1] + age;
      double term = 1;
      double stayed = 0;
      for (int tick = 0; tick < ticks; tick++) {
        aliveAtTick[tick] = term;
        stayed += term;
        term *= (shape + tick) * (age - recency) / elapsed / (tick + 1);
      }
      double logRatio = Math.log(elapsed / (parameters[1] + recency));
      double left =
          stays == 0 ? 0 : Math.exp(shape * logRatio + Math.log(leaving.odds(parameters, stays)));
      for (int tick = 0; tick < ticks; tick++) {
        aliveAtTick[tick] /= stayed + left;
        alive += aliveAtTick[tick];
      }
    }

    @Override
    public double alive() {
      return alive;
    }

    @Override
    public double visits(double horizon) {
      double visits = 0;
      for (int tick = 0; tick < ticks; tick++) {
        visits += aliveAtTick[tick] * visits(tick, horizon);
      }
      return visits;
    }

    /**
     * Visits of a living customer who has so many ticks behind: the sum over m of the probability
     * to get as far as the m-th visit and of having stayed till then. Ticks to come are negative
     * binomial.
     */
    private double visits(int tick, double horizon) {
      double size = shape + tick;
      double step = horizon / (elapsed + horizon);
      double log = -size * Math.log1p(horizon / elapsed);
      double mass = log < UNDERFLOW ? 0 : Math.exp(log);
      double tail = 1;
      double stayed = 1;
      double visits = 0;
      int visit = 1;
      for (int count = 0; ; count++) {
        // Here tail is the probability of at least so many ticks within the horizon.
        if (count + tick == ticks * visit) {
          visits += stayed * tail;
          stayed *= leaving.stay(parameters, stays + visit - 1);
          visit++;
        }
        double factor = (size + count) / (count + 1) * step;
        if (factor < 1 && mass <= NEGLIGIBLE * (1 - Math.max(factor, step))) {
          break;
        }
        tail = Math.max(0, tail - mass);
        if (log < UNDERFLOW) {
          log += Math.log(factor);
          mass = log < UNDERFLOW ? 0 : Math.exp(log);
        } else {
          mass *= factor;
        }
      }
      return visits;
    }

    @Override
    public double returns(double horizon) {
      double step = horizon / (elapsed + horizon);
      double returns = 0;
      for (int tick = 0; tick < ticks; tick++) {
        double size = shape + tick;
        double mass = Math.exp(-size * Math.log1p(horizon / elapsed));
        double none = 0;
        for (int count = 0; count < ticks - tick; count++) {
          none += mass;
          mass *= (size + count) / (count + 1) * step;
        }
        returns += aliveAtTick[tick] * (1 - none);
      }
      return returns;
    }
  }
}
