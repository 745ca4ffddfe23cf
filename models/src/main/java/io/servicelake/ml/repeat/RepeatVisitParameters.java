package io.servicelake.ml.repeat;

/**
 * Settings of the repeat-visit model.
 *
 * @param kind what is fitted; where the data do not tell who leaves, the kind at its edge
 * @param unit the unit its histories are in
 * @param horizonDays visits within so many days are expected
 * @param maxTestRows customers its figures rest on at most, chosen by hash
 */
public record RepeatVisitParameters(
    VisitKind kind,
    TimeUnit unit,
    int horizonDays,
    Margins margins,
    FitSettings fit,
    long maxTestRows,
    int bootstrapReplicates) {

  /**
   * MBG/CNBD-k in days, visits of 180 days: service is regular, k up to 4, and owners stop coming
   * after a first visit too.
   */
  public static RepeatVisitParameters defaults() {
    return new RepeatVisitParameters(
        VisitKind.MBG_CNBD,
        TimeUnit.DAYS,
        180,
        Margins.defaults(),
        new FitSettings(4, 100, 100, 4),
        100_000,
        200);
  }
}
