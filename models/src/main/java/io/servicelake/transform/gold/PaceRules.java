package io.servicelake.transform.gold;

/**
 * How far vehicles go is judged by these.
 *
 * @param maxKmPerDay farthest a vehicle goes in a day; readings that imply more contradict, km
 * @param priorReadings weight of the model's median, in readings
 * @param defaultKmPerDay distance per day where no vehicle tells, km
 */
public record PaceRules(int maxKmPerDay, int priorReadings, double defaultKmPerDay) {
  /** 1,000 km at most, the median weighs two readings, 35 km without any. */
  public static final PaceRules USUAL = new PaceRules(1000, 2, 35.0);
}
