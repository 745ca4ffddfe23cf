package io.servicelake.ml.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up campaign as plain sums: three strata with their own visit rates and margins; an offer
 * adds the same to the visit rate of each. Margin is that of a visit, log-normal and skewed.
 */
final class MadeUpCampaign {
  private static final double[] SHARE = {0.5, 0.3, 0.2};
  private static final double[] RATE = {0.06, 0.12, 0.3};
  private static final double[] LOG_MARGIN = {5.5, 6, 6.5};
  private static final double SPREAD = 0.8;
  private static final double HOLD_OUT = 0.2;

  private final double lift;
  private final SplittableRandom random;
  private final double[][][] sums = new double[SHARE.length][2][6];

  MadeUpCampaign(double lift, long seed) {
    this.lift = lift;
    this.random = new SplittableRandom(seed);
  }

  /** What the offer adds to the margin per customer. */
  static double marginLift(double lift) {
    double sum = 0;
    for (int i = 0; i < SHARE.length; i++) {
      sum += SHARE[i] * lift * Math.exp(LOG_MARGIN[i] + SPREAD * SPREAD / 2);
    }
    return sum;
  }

  /** Further customers whose outcome has matured, one in five of each stratum held out. */
  MadeUpCampaign with(int customers) {
    for (int stratum = 0; stratum < SHARE.length; stratum++) {
      int count = (int) Math.round(SHARE[stratum] * customers);
      int heldOut = (int) Math.floor(count * HOLD_OUT + random.nextDouble());
      for (int i = 0; i < count; i++) {
        boolean isOffered = i >= heldOut;
        double[] sum = sums[stratum][isOffered ? 0 : 1];
        sum[0]++;
        if (random.nextDouble() < RATE[stratum] + (isOffered ? lift : 0)) {
          double margin = Math.exp(LOG_MARGIN[stratum] + SPREAD * random.nextGaussian());
          sum[1]++;
          sum[2] += margin;
          sum[3] += margin * margin;
          sum[4] += margin * margin * margin;
          sum[5] += margin * margin * margin * margin;
        }
      }
    }
    return this;
  }

  List<ArmOutcomes> outcomes() {
    List<ArmOutcomes> outcomes = new ArrayList<>();
    for (int stratum = 0; stratum < SHARE.length; stratum++) {
      for (Arm arm : new Arm[] {Arm.OFFER, Arm.HOLD_OUT}) {
        double[] sum = sums[stratum][arm == Arm.OFFER ? 0 : 1];
        outcomes.add(
            new ArmOutcomes("[\"" + stratum + "\"]", arm, (long) sum[1], moments(sum), 0, 0));
      }
    }
    return outcomes;
  }

  private static MarginMoments moments(double[] sum) {
    double n = sum[0];
    double mean = sum[2] / n;
    return new MarginMoments(
        n,
        mean,
        sum[3] - n * mean * mean,
        sum[4] - 3 * mean * sum[3] + 2 * n * Math.pow(mean, 3),
        sum[5] - 4 * mean * sum[4] + 6 * mean * mean * sum[3] - 3 * n * Math.pow(mean, 4));
  }
}
