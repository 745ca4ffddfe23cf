package io.servicelake.ml.campaign;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Critical values for repeated looks at one campaign, so that all looks together see an effect that
 * is not there with chance alpha: error is spent as under O'Brien & Fleming (1979), little at first
 * (Lan & DeMets, "Discrete sequential boundaries for clinical trials", 1983), half on each side;
 * values by the recursion of Armitage, McPherson & Rowe (1969).
 */
public final class AlphaSpending {
  /** Beyond it a look spends nothing worth counting. */
  static final double HIGHEST = 8;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final int BISECTIONS = 60;
  private static final int FEWEST_STEPS = 200;
  private static final int MOST_STEPS = 2000;
  private static final double LEAST_GAP = 0.005;

  private AlphaSpending() {}

  /**
   * The critical value of each look, for the standardised difference.
   *
   * @param fractions share of the planned customers whose outcome has matured at each look so far,
   *     rising to 1 at most; looks to come need not be known
   */
  public static double[] criticalValues(double alpha, double... fractions) {
    refuse(alpha, fractions);
    double[] critical = new double[fractions.length];
    Path path = Path.start();
    double before = 0;
    double spent = 0;
    for (int look = 0; look < fractions.length; look++) {
      double deviation = Math.sqrt(fractions[look] - before);
      double total = spent(alpha, fractions[look]);
      double scale = Math.sqrt(fractions[look]);
      double edge = edge(path, deviation, total - spent, HIGHEST * scale);
      critical[look] = edge / scale;
      path = path.next(edge, deviation);
      before = fractions[look];
      spent = total;
    }
    return critical;
  }

  /** Error spent up to a fraction of the information, both sides together. */
  public static double spent(double alpha, double fraction) {
    double quantile = NORMAL.inverseCumulativeProbability(alpha / 4);
    return 4 * NORMAL.cumulativeProbability(quantile / Math.sqrt(fraction));
  }

  private static double edge(Path path, double deviation, double error, double highest) {
    double below = 0;
    double above = highest;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (below + above) / 2;
      if (path.leaving(middle, deviation) > error) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above;
  }

  private static void refuse(double alpha, double[] fractions) {
    boolean isFine = alpha > 0 && alpha < 1 && fractions.length > 0;
    double before = 0;
    for (double fraction : fractions) {
      isFine &= fraction - before >= LEAST_GAP && fraction <= 1;
      before = fraction;
    }
    if (!isFine) {
      throw new IllegalArgumentException(
          "Cannot guard looks: alpha %s, fractions %s. Each look needs at least %s of the planned customers more than the one before, and there is no more than all of them. Leave out looks that bring nothing new."
              .formatted(alpha, Arrays.toString(fractions), LEAST_GAP));
    }
  }

  /**
   * Where the sum process stands if no look has left the edges yet: density times weight of
   * Simpson's rule at evenly spaced places.
   */
  private record Path(double[] place, double[] mass) {

    static Path start() {
      return new Path(new double[] {0}, new double[] {1});
    }

    /** Chance to stand beyond the edge, on either side, after a further step. */
    double leaving(double edge, double deviation) {
      double sum = 0;
      for (int i = 0; i < place.length; i++) {
        sum +=
            mass[i]
                * (NORMAL.cumulativeProbability((-edge - place[i]) / deviation)
                    + NORMAL.cumulativeProbability((place[i] - edge) / deviation));
      }
      return sum;
    }

    Path next(double edge, double deviation) {
      int wanted = (int) Math.ceil(2 * edge / (deviation / 8));
      int steps = 2 * (Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, wanted)) / 2);
      double width = 2 * edge / steps;
      double[] places = new double[steps + 1];
      double[] masses = new double[steps + 1];
      for (int j = 0; j <= steps; j++) {
        places[j] = -edge + j * width;
        double density = 0;
        for (int i = 0; i < place.length; i++) {
          double z = (places[j] - place[i]) / deviation;
          density += mass[i] * Math.exp(-z * z / 2);
        }
        double simpson = j == 0 || j == steps ? 1 : j % 2 == 1 ? 4 : 2;
        masses[j] = density / (deviation * Math.sqrt(2 * Math.PI)) * simpson * width / 3;
      }
      return new Path(places, masses);
    }
  }
}
