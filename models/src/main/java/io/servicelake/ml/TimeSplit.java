package io.servicelake.ml;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps training and test time apart. The test snapshot is the last month end whose label window
 * ends by the training day; training snapshots are earlier month ends whose label windows end by
 * the test snapshot (purged: no label day is shared). After López de Prado, "Advances in Financial
 * Machine Learning" (2018), chapter 7.
 *
 * @param asOf training day: nothing that happened later is used
 * @param horizonDays length of the label window (snapshot, snapshot + horizon]
 * @param testOn snapshot day of the test part
 * @param trainOn snapshot days of the training part, in order
 */
public record TimeSplit(
    LocalDate asOf, int horizonDays, LocalDate testOn, List<LocalDate> trainOn) {

  /**
   * How training snapshots are chosen.
   *
   * @param spacingMonths months between training snapshots
   * @param warmUpMonths months of history a training snapshot has to look back on
   * @param minSnapshots training snapshots below which no model is trained
   * @param maxSnapshots training snapshots kept, the latest
   */
  public record Spacing(int spacingMonths, int warmUpMonths, int minSnapshots, int maxSnapshots) {
    public Spacing {
      if (spacingMonths < 1
          || warmUpMonths < 0
          || minSnapshots < 1
          || maxSnapshots < minSnapshots) {
        throw new IllegalArgumentException(
            "Cannot split time: spacing %d, warm-up %d, snapshots %d to %d. Spacing and the least number start at 1, the greatest is no less than the least. Correct them."
                .formatted(spacingMonths, warmUpMonths, minSnapshots, maxSnapshots));
      }
    }

    /** Every month, after a year of history; 3 snapshots at least, 36 at most. */
    public static Spacing defaults() {
      return new Spacing(1, 12, 3, 36);
    }
  }

  /** A split, or why there is none. */
  public sealed interface Plan permits Ready, Refused {}

  /** History suffices. */
  public record Ready(TimeSplit split) implements Plan {}

  /** History is too short; the reason goes to the model card. */
  public record Refused(String reason) implements Plan {}

  /** The last month end on or before a day: models are trained as of month ends. */
  public static LocalDate trainingDay(LocalDate runAsOf) {
    return runAsOf.equals(YearMonth.from(runAsOf).atEndOfMonth())
        ? runAsOf
        : YearMonth.from(runAsOf).minusMonths(1).atEndOfMonth();
  }

  /**
   * Plans a split, or refuses.
   *
   * @param runAsOf as-of day of the run
   * @param horizonDays length of the label window
   * @param snapshotDays days with snapshots; those that are no month ends are passed over
   * @param spacing how training snapshots are chosen
   */
  public static Plan plan(
      LocalDate runAsOf, int horizonDays, Collection<LocalDate> snapshotDays, Spacing spacing) {
    LocalDate asOf = trainingDay(runAsOf);
    TreeSet<LocalDate> monthEnds = new TreeSet<>();
    for (LocalDate day : snapshotDays) {
      if (day.equals(trainingDay(day))) {
        monthEnds.add(day);
      }
    }
    if (monthEnds.isEmpty()) {
      return new Refused("no month-end snapshot up to " + asOf);
    }
    LocalDate testOn = monthEnds.floor(asOf.minusDays(horizonDays));
    if (testOn == null) {
      return new Refused(
          "the first snapshot is of %s; a test window of %d days up to %s needs one by %s"
              .formatted(monthEnds.first(), horizonDays, asOf, asOf.minusDays(horizonDays)));
    }
    LocalDate earliest = monthEnds.first().plusMonths(spacing.warmUpMonths());
    List<LocalDate> trainOn = new ArrayList<>();
    LocalDate next = monthEnds.floor(testOn.minusDays(horizonDays));
    while (next != null && !next.isBefore(earliest) && trainOn.size() < spacing.maxSnapshots()) {
      trainOn.add(next);
      next =
          monthEnds.floor(YearMonth.from(next).minusMonths(spacing.spacingMonths()).atEndOfMonth());
    }
    if (trainOn.size() < spacing.minSnapshots()) {
      return new Refused(
          "%d training snapshots between %s (%d months after the first) and %s; %d are needed"
              .formatted(
                  trainOn.size(),
                  earliest,
                  spacing.warmUpMonths(),
                  testOn.minusDays(horizonDays),
                  spacing.minSnapshots()));
    }
    Collections.reverse(trainOn);
    return new Ready(new TimeSplit(asOf, horizonDays, testOn, List.copyOf(trainOn)));
  }

  /** First snapshot day of the training part. */
  public LocalDate trainFromOn() {
    return trainOn.get(0);
  }

  /** Last day of the training labels; on or before the test snapshot. */
  public LocalDate trainUntilOn() {
    return trainOn.get(trainOn.size() - 1).plusDays(horizonDays);
  }

  /** Last day of the test labels; on or before the training day. */
  public LocalDate testUntilOn() {
    return testOn.plusDays(horizonDays);
  }

  /** The split in a sentence, for the model card. */
  public String description() {
    return "by time: %d training snapshots %s to %s, labels of %d days end %s; test snapshot %s, labels end %s"
        .formatted(
            trainOn.size(),
            trainFromOn(),
            trainOn.get(trainOn.size() - 1),
            horizonDays,
            trainUntilOn(),
            testOn,
            testUntilOn());
  }
}
