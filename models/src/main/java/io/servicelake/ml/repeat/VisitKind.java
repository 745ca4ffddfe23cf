package io.servicelake.ml.repeat;

import java.util.Optional;

/** The models of repeat visits. */
public enum VisitKind {
  /** Exponential gaps; leaves after a repeat visit or not (Fader, Hardie & Lee 2005). */
  BG_NBD("BG/NBD"),

  /**
   * Gaps of k ticks, k by likelihood; leaves after any visit, the first too (Batislam, Denizel &
   * Filiztekin 2007; Reutterer, Platzer & Schröder 2021).
   */
  MBG_CNBD("MBG/CNBD-%d"),

  /**
   * As MBG/CNBD-k, but the chance to leave is the same for everybody: its limit as a and b grow and
   * a / (a + b) stays.
   */
  FIXED_LEAVING("CNBD-%d with one chance to leave for all"),

  /** As that, but nobody leaves: NBD for one tick (Ehrenberg 1959), CNBD-k for more. */
  NO_LEAVING("CNBD-%d without leaving"),

  /** Exponential gaps; leaves at any time (Schmittlein, Morrison & Colombo 1987). */
  PARETO_NBD("Pareto/NBD");

  private final String label;

  VisitKind(String label) {
    this.label = label;
  }

  /** Name, as in the literature where it has one; with the number of ticks where it may vary. */
  String label(int ticks) {
    return label.formatted(ticks);
  }

  /** True if k is found by likelihood. */
  boolean isTicked() {
    return this == MBG_CNBD || this == FIXED_LEAVING || this == NO_LEAVING;
  }

  /**
   * The model it comes to at the edge of its parameters of leaving: the one to take where the data
   * do not tell those. None for BG/NBD and Pareto/NBD.
   */
  Optional<VisitKind> atEdge() {
    return switch (this) {
      case MBG_CNBD -> Optional.of(FIXED_LEAVING);
      case FIXED_LEAVING -> Optional.of(NO_LEAVING);
      default -> Optional.empty();
    };
  }

  VisitProcess process(int ticks) {
    return switch (this) {
      case BG_NBD -> new TickedVisits(1, false, Leaving.BETA);
      case MBG_CNBD -> new TickedVisits(ticks, true, Leaving.BETA);
      case FIXED_LEAVING -> new TickedVisits(ticks, true, Leaving.FIXED);
      case NO_LEAVING -> new TickedVisits(ticks, true, Leaving.NEVER);
      case PARETO_NBD -> new ParetoNbd();
    };
  }
}
