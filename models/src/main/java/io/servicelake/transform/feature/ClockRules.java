package io.servicelake.transform.feature;

/**
 * How the service clock of a vehicle is read. A service is missed when a whole interval went by
 * after it was due without any visit.
 *
 * @param priorGaps weight of the maker's interval beside the vehicle's own gaps, in gaps
 * @param dueDays a service counts as due from so many days before its day to so many after it
 * @param mostMissed services missed above which a vehicle is lost
 * @param cycleDays interval of a person of whom no vehicle is known, days
 */
public record ClockRules(int priorGaps, int dueDays, int mostMissed, int cycleDays) {
  /** Two gaps, a month to either side, four services, a year. */
  public static final ClockRules USUAL = new ClockRules(2, 30, 4, 365);
}
