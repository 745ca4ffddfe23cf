package io.servicelake.jobs.simulate;

/** Which faults are put into the exports. */
public enum DirtyLevel {
  /** None. */
  NONE,
  /** Only faults after which the lake's gold tables must equal those of the clean run. */
  REPAIRABLE,
  /** Also faults that lose something: wrong odometer readings, missing keys, future stamps. */
  ALL
}
