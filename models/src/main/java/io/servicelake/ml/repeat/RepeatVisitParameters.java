package io.servicelake.ml.repeat;

/**
 * Settings of the repeat-visit model.
 *
 * @param unit the unit its histories are in
 * @param horizonDays visits within so many days are expected
 */
public record RepeatVisitParameters(
    VisitKind kind, TimeUnit unit, int horizonDays, Margins margins, FitSettings fit) {

  /** BG/NBD in days, visits of 365 days. */
  public static RepeatVisitParameters defaults() {
    return new RepeatVisitParameters(
        VisitKind.BG_NBD, TimeUnit.DAYS, 365, Margins.defaults(), FitSettings.defaults());
  }
}
