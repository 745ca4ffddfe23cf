package io.servicelake.jobs.simulate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to simulate.
 *
 * @param dealers dealers of the group, 1 to 200
 * @param customers persons at the start and joining later, without fleets; at least 10 a dealer
 * @param years length of the exported history, 1 to 15, ending on endOn
 * @param seed pins every draw
 * @param endOn last day of the history
 * @param dirty faults to put into the exports
 * @param exportOn day after which the exports are made, not after endOn: they hold what is known by
 *     its end, the truth stays that of endOn
 * @param answers call lists to be answered; without faults, as is an earlier export
 */
public record SimulationOptions(
    int dealers,
    int customers,
    int years,
    long seed,
    LocalDate endOn,
    DirtyLevel dirty,
    LocalDate exportOn,
    Optional<OfferAnswers> answers) {
  public static final LocalDate DEFAULT_END_ON = LocalDate.of(2025, 12, 31);

  /**
   * Refuses options out of range, all at once.
   *
   * @throws IllegalArgumentException naming each option and its range
   */
  public SimulationOptions {
    List<String> faults = new ArrayList<>();
    if (dealers < 1 || dealers > 200) {
      faults.add("--dealers is " + dealers + ", must be 1 to 200");
    }
    if (customers < 10L * dealers || customers > 1_000_000) {
      faults.add("--customers is " + customers + ", must be 10 a dealer to 1000000");
    }
    if (years < 1 || years > 15) {
      faults.add("--years is " + years + ", must be 1 to 15");
    }
    if (endOn.getYear() < 2016 || endOn.getYear() > 2035) {
      faults.add("--end-on is " + endOn + ", must be in 2016 to 2035");
    }
    if (exportOn.isAfter(endOn) || exportOn.isBefore(startOn(endOn, years))) {
      faults.add(
          "--export-on is " + exportOn + ", must be in " + startOn(endOn, years) + " to " + endOn);
    }
    double lift = answers.map(OfferAnswers::lift).orElse(0.0);
    if (!(lift >= 0 && lift <= 1)) {
      faults.add("--lift is " + lift + ", must be 0 to 1");
    }
    if (dirty != DirtyLevel.NONE && (answers.isPresent() || !exportOn.equals(endOn))) {
      faults.add("--dirty is " + dirty + ", must be NONE with --answers or an earlier --export-on");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot simulate: " + String.join("; ", faults) + ". Correct the options.");
    }
  }

  /** Exports made after the last day; nobody is called. */
  public SimulationOptions(
      int dealers, int customers, int years, long seed, LocalDate endOn, DirtyLevel dirty) {
    this(dealers, customers, years, seed, endOn, dirty, endOn, Optional.empty());
  }

  /** The group of the demo: 8 dealers, 4,000 customers, 5 years. */
  public static SimulationOptions defaults() {
    return new SimulationOptions(8, 4000, 5, 1, DEFAULT_END_ON, DirtyLevel.NONE);
  }

  /** First day of the exports. */
  public LocalDate startOn() {
    return startOn(endOn, years);
  }

  private static LocalDate startOn(LocalDate endOn, int years) {
    return endOn.plusDays(1).minusYears(years);
  }
}
