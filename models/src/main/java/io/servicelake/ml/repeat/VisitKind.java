package io.servicelake.ml.repeat;

/** The models of repeat visits. */
public enum VisitKind {
  /** Exponential gaps; leaves after a repeat visit or not (Fader, Hardie & Lee 2005). */
  BG_NBD("BG/NBD"),

  /**
   * Gaps of k ticks, k by likelihood; leaves after any visit, the first too (Batislam, Denizel &
   * Filiztekin 2007; Reutterer, Platzer & Schröder 2021).
   */
  MBG_CNBD("MBG/CNBD"),

  /** Exponential gaps; leaves at any time (Schmittlein, Morrison & Colombo 1987). */
  PARETO_NBD("Pareto/NBD");

  private final String label;

  VisitKind(String label) {
    this.label = label;
  }

  /** Name as in the literature; with the number of ticks where there may be several. */
  String label(int ticks) {
    return this == MBG_CNBD ? label + "-" + ticks : label;
  }

  VisitProcess process(int ticks) {
    return switch (this) {
      case BG_NBD -> new BetaGeometric(1, false);
      case MBG_CNBD -> new BetaGeometric(ticks, true);
      case PARETO_NBD -> new ParetoNbd();
    };
  }
}
