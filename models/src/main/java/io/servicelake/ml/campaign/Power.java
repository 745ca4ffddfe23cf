package io.servicelake.ml.campaign;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What a campaign can show: two proportions, two-sided test, normal approximation without
 * continuity correction (Fleiss, Levin & Paik, "Statistical Methods for Rates and Proportions",
 * 2003, chapter 4). Strata only add to the power.
 *
 * @param alpha chance to see an effect where there is none
 * @param power chance to see the effect that is there
 */
public record Power(double alpha, double power) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final int BISECTIONS = 60;

  public Power {
    if (!(alpha > 0 && alpha < 0.5 && power > 0.5 && power < 1)) {
      throw new IllegalArgumentException(
          "Cannot plan a campaign: alpha %s, power %s. Alpha is a small chance, power a large one. Set alpha between 0 and 0.5, power between 0.5 and 1."
              .formatted(alpha, power));
    }
  }

  /** Five in a hundred, and eight in ten. */
  public static Power usual() {
    return new Power(0.05, 0.8);
  }

  /**
   * Smallest rise of the visit rate that will be seen with the stated power; empty if even a rise
   * to 1 would not be.
   *
   * @param baseRate visit rate without the offer
   */
  public OptionalDouble smallestLift(long offered, long heldOut, double baseRate) {
    refuseRate(baseRate);
    if (!isSeen(baseRate, 1 - baseRate, offered, heldOut)) {
      return OptionalDouble.empty();
    }
    double below = 0;
    double above = 1 - baseRate;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (below + above) / 2;
      if (isSeen(baseRate, middle, offered, heldOut)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return OptionalDouble.of(above);
  }

  /**
   * Customers needed in both arms together to see a rise of the visit rate.
   *
   * @param lift rise of the visit rate, above 0
   * @param holdOut share of them held out
   */
  public long customersNeeded(double baseRate, double lift, double holdOut) {
    refuseRate(baseRate);
    if (!(lift > 0 && baseRate + lift <= 1 && holdOut > 0 && holdOut < 1)) {
      throw new IllegalArgumentException(
          "Cannot plan a campaign: lift %s on a rate of %s, share held out %s. The rate with the offer is at most 1, and both arms need customers. Set a lift above 0 and a share between 0 and 1."
              .formatted(lift, baseRate, holdOut));
    }
    double root = needed(baseRate, lift, 1 - holdOut, holdOut) / lift;
    double total = root * root;
    return (long) Math.ceil(total * (1 - holdOut)) + (long) Math.ceil(total * holdOut);
  }

  private boolean isSeen(double baseRate, double lift, double offered, double heldOut) {
    return offered >= 1 && heldOut >= 1 && needed(baseRate, lift, offered, heldOut) <= lift;
  }

  /** The lift that would be seen if its spread were that of the lift given. */
  private double needed(double baseRate, double lift, double offered, double heldOut) {
    double rate = baseRate + lift;
    double mean = (offered * rate + heldOut * baseRate) / (offered + heldOut);
    double underNone = Math.sqrt(mean * (1 - mean) * (1 / offered + 1 / heldOut));
    double underLift = Math.sqrt(rate * (1 - rate) / offered + baseRate * (1 - baseRate) / heldOut);
    return NORMAL.inverseCumulativeProbability(1 - alpha / 2) * underNone
        + NORMAL.inverseCumulativeProbability(power) * underLift;
  }

  private static void refuseRate(double baseRate) {
    if (!(baseRate > 0 && baseRate < 1)) {
      throw new IllegalArgumentException(
          "Cannot plan a campaign: base rate %s. A rate of 0 or 1 has no spread. Set the visit rate expected without the offer."
              .formatted(baseRate));
    }
  }
}
