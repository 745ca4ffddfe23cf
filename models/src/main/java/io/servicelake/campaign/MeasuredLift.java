package io.servicelake.campaign;

import io.servicelake.ml.campaign.Effect;
import io.servicelake.ml.campaign.IntentionToTreat;

/**
 * What campaigns showed an offer of one version to add to the visit rate.
 *
 * @param difference offered less held out
 * @param standardError of the difference
 * @param isLoss the whole 95 % interval lies below 0
 */
public record MeasuredLift(double difference, double standardError, boolean isLoss) {

  /** Of an effect with an interval of one look. */
  static MeasuredLift of(Effect visits) {
    return new MeasuredLift(
        visits.difference(),
        (visits.interval().upper() - visits.interval().lower())
            / (2 * IntentionToTreat.singleLook()),
        visits.verdict() == Effect.Verdict.LOWER);
  }

  /**
   * The mean of what was assumed and what was measured, each by its precision: the posterior mean
   * of a normal lift with a normal prior (Gelman et al., "Bayesian Data Analysis", 3rd edition
   * 2013, section 2.5). A loss that is not beyond noise counts as none.
   *
   * @param priorSd standard deviation of true lifts about what is assumed, above 0
   */
  double shrunk(double assumed, double priorSd) {
    double prior = 1 / (priorSd * priorSd);
    double data = 1 / (standardError * standardError);
    double shown = isLoss ? difference : Math.max(0, difference);
    return (prior * assumed + data * shown) / (prior + data);
  }
}
