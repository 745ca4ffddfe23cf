package io.servicelake.ml.risk;

import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.linear.LogisticParameters;

/**
 * Settings of the component-risk model.
 *
 * @param horizonDays window of the outcome, days
 * @param spacing how training snapshots are chosen
 * @param maxTrainingRows rows above which rows without repair are sampled by hash
 * @param maxTestRows rows above which test vehicles are sampled by hash
 * @param calibrationFolds folds of the cross-fitted calibration
 * @param bootstrapReplicates draws per interval
 */
public record ComponentRiskParameters(
    int horizonDays,
    TimeSplit.Spacing spacing,
    int maxTrainingRows,
    int maxTestRows,
    int calibrationFolds,
    int bootstrapReplicates,
    LogisticParameters regression) {

  /** 90 days, a training snapshot every 3 months, the latest 8. */
  public static ComponentRiskParameters defaults() {
    return new ComponentRiskParameters(
        90,
        new TimeSplit.Spacing(3, 9, 2, 8),
        80_000,
        60_000,
        2,
        200,
        new LogisticParameters(1e-4, 0.2, 40));
  }
}
