package io.servicelake.ml.campaign;

import io.servicelake.ml.evaluation.Interval;

/**
 * Visit rate of the chosen and offered over that of customers contacted at random. A ratio of
 * rates, not of effects: customers who come anyway raise it too.
 *
 * @param interval by the logarithm of the ratio (Katz et al. 1978), one half added to each count
 *     (Walter 1975)
 */
public record TargetingLift(
    double offeredRate, double randomRate, double ratio, Interval interval) {

  static TargetingLift of(ArmOutcomes offered, ArmOutcomes random, double critical) {
    double log =
        Math.log((offered.visitors() + 0.5) / (offered.customers() + 0.5))
            - Math.log((random.visitors() + 0.5) / (random.customers() + 0.5));
    double deviation =
        Math.sqrt(
            1 / (offered.visitors() + 0.5)
                - 1 / (offered.customers() + 0.5)
                + 1 / (random.visitors() + 0.5)
                - 1 / (random.customers() + 0.5));
    double offeredRate = (double) offered.visitors() / offered.customers();
    double randomRate = (double) random.visitors() / random.customers();
    return new TargetingLift(
        offeredRate,
        randomRate,
        offeredRate / randomRate,
        new Interval(Math.exp(log - critical * deviation), Math.exp(log + critical * deviation)));
  }
}
