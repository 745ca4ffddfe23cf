package io.servicelake.ml.churn;

import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.attrition.AttritionSettings;
import io.servicelake.ml.linear.LogisticParameters;
import io.servicelake.ml.trees.TreeParameters;

/**
 * Settings of the churn models.
 *
 * @param horizonDays window of the group and dealer models, days
 * @param longHorizonDays window of the third, reported model, days
 * @param populationMonths a person belongs to the population with a visit in so many months
 * @param spacing how training snapshots are chosen
 * @param maxTrainingRows rows above which training rows are sampled by hash
 * @param maxTestRows rows above which test rows are sampled by hash, for the intervals
 * @param calibrationFolds folds of the cross-fitted calibration
 * @param bootstrapReplicates draws per interval
 * @param attrition how the visit process is fitted
 */
public record ChurnParameters(
    int horizonDays,
    int longHorizonDays,
    int populationMonths,
    TimeSplit.Spacing spacing,
    int maxTrainingRows,
    int maxTestRows,
    int calibrationFolds,
    int bootstrapReplicates,
    LogisticParameters regression,
    TreeParameters trees,
    AttritionSettings attrition) {

  /** 180 and 365 days, visit in 24 months, 60,000 training rows. */
  public static ChurnParameters defaults() {
    return new ChurnParameters(
        180,
        365,
        24,
        TimeSplit.Spacing.defaults(),
        60_000,
        50_000,
        2,
        300,
        LogisticParameters.defaults(),
        TreeParameters.defaults(),
        AttritionSettings.defaults());
  }
}
