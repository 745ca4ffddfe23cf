package io.servicelake.jobs.simulate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What to simulate.
 *
 * @param dealers dealers of the group, 1 to 200
 * @param customers persons at the start and joining later, without fleets; at least 10 a dealer
 * @param years length of the exported history, 1 to 15, ending on endOn
 * @param seed pins every draw
 * @param endOn last day of the exports
 * @param dirty faults to put into the exports
 */
public record SimulationOptions(
    int dealers, int customers, int years, long seed, LocalDate endOn, DirtyLevel dirty) {
  public static final LocalDate DEFAULT_END_ON = LocalDate.of(2025, 12, 31);

  /**
   * Refuses options out of range, all at once.
   *
   * @throws IllegalArgumentException naming each option and its range
   */
  public SimulationOptions {
    List<String> faults = new ArrayList<>();
    if (dealers < 1 || dealers > 200) {
      faults.add("dealers is " + dealers + ", must be 1 to 200");
    }
    if (customers < 10L * dealers || customers > 1_000_000) {
      faults.add("customers is " + customers + ", must be 10 a dealer to 1000000");
    }
    if (years < 1 || years > 15) {
      faults.add("years is " + years + ", must be 1 to 15");
    }
    if (endOn.getYear() < 2016 || endOn.getYear() > 2035) {
      faults.add("end day is " + endOn + ", must be in 2016 to 2035");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot simulate: " + String.join("; ", faults) + ". Correct the options.");
    }
  }

  /** The group of the demo: 8 dealers, 4,000 customers, 5 years. */
  public static SimulationOptions defaults() {
    return new SimulationOptions(8, 4000, 5, 1, DEFAULT_END_ON, DirtyLevel.NONE);
  }

  /** First day of the exports. */
  public LocalDate startOn() {
    return endOn.plusDays(1).minusYears(years);
  }
}
