package io.servicelake.ml.campaign;

import io.servicelake.ml.evaluation.Interval;

/**
 * What being offered changed, per customer assigned.
 *
 * @param offered mean among the offered, weighted by stratum
 * @param heldOut mean among the held out, weighted alike
 * @param difference offered less held out
 * @param interval of the difference; not a number where there were too few
 */
public record Effect(
    double offered, double heldOut, double difference, Interval interval, Verdict verdict) {

  /** What the interval says. */
  public enum Verdict {
    /** All of it lies above 0. */
    HIGHER,
    /** All of it lies below 0. */
    LOWER,
    /** It holds 0: no effect is shown. */
    NOT_SHOWN,
    /** There are too few customers for an interval. */
    TOO_FEW
  }

  static Effect of(double offered, double heldOut, Interval interval) {
    Verdict verdict =
        interval.lower() > 0
            ? Verdict.HIGHER
            : interval.upper() < 0 ? Verdict.LOWER : Verdict.NOT_SHOWN;
    return new Effect(offered, heldOut, offered - heldOut, interval, verdict);
  }

  static Effect tooFew(double offered, double heldOut) {
    return new Effect(
        offered, heldOut, offered - heldOut, new Interval(Double.NaN, Double.NaN), Verdict.TOO_FEW);
  }
}
