package io.servicelake.ml.due;

import io.servicelake.ml.TimeSplit;

/**
 * Settings of the service-due model.
 *
 * @param horizonDays a maintenance within so many days after the snapshot is the outcome
 * @param activeMonths vehicles with a visit in so many months are scored
 * @param spacing how training snapshots are chosen
 * @param maxRows rows above which training and test rows are sampled by hash
 * @param defaultPriorGaps how many gaps the service clock weighs against the vehicle's own rhythm
 *     where history is too short to learn it
 * @param bootstrapReplicates draws per interval
 */
public record ServiceDueParameters(
    int horizonDays,
    int activeMonths,
    TimeSplit.Spacing spacing,
    int maxRows,
    double defaultPriorGaps,
    int bootstrapReplicates) {

  /** 365 days, visit in 24 months, a training snapshot every 3 months. */
  public static ServiceDueParameters defaults() {
    return new ServiceDueParameters(365, 24, new TimeSplit.Spacing(3, 9, 2, 8), 50_000, 2, 300);
  }
}
