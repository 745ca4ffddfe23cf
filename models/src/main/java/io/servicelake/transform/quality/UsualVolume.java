package io.servicelake.transform.quality;

import java.util.Arrays;

/**
 * How far the rows of the last week lie from what is usual for the season. Expected are the three
 * weeks around the same week a year before, times how the quarter before compares with its own of a
 * year before; with less history the mean of the last eight weeks. The spread is that of the same
 * quotient over the last half year, robust (median absolute deviation), and at least what chance
 * gives a count and a tenth.
 */
public final class UsualVolume {
  private static final int YEAR = 52;
  private static final int QUARTER = 12;
  private static final int RECENT = 8;
  private static final int PAST = 26;
  private static final double LEAST_SPREAD = 0.1;
  private static final double MAD_TO_SD = 1.4826;

  private UsualVolume() {}

  /**
   * What was found.
   *
   * @param expected rows of a usual week; NaN with less than nine weeks of history
   * @param spreads how many spreads the week lies off, signed; NaN if it cannot be told
   */
  public record Result(long actual, double expected, double spreads) {}

  /**
   * Judges the last week.
   *
   * @param weeks rows by week, the last week first
   */
  public static Result judge(long[] weeks) {
    double expected = expected(weeks, 0);
    if (weeks.length == 0 || Double.isNaN(expected)) {
      return new Result(weeks.length == 0 ? 0 : weeks[0], Double.NaN, Double.NaN);
    }
    double[] past = new double[PAST];
    int known = 0;
    for (int i = 1; i <= PAST; i++) {
      double usual = expected(weeks, i);
      if (!Double.isNaN(usual)) {
        past[known++] = Math.abs(ratio(weeks[i], usual));
      }
    }
    Arrays.sort(past, 0, known);
    double spread = known == 0 ? 0 : MAD_TO_SD * past[known / 2];
    double chance = Math.sqrt(1 / (expected + 0.5));
    spread = Math.max(Math.max(spread, chance), LEAST_SPREAD);
    return new Result(weeks[0], expected, ratio(weeks[0], expected) / spread);
  }

  private static double expected(long[] weeks, int week) {
    if (weeks.length > week + YEAR + QUARTER) {
      double before = mean(weeks, week + YEAR + 1, QUARTER);
      if (before > 0) {
        return mean(weeks, week + YEAR - 1, 3) * mean(weeks, week + 1, QUARTER) / before;
      }
    }
    return weeks.length > week + RECENT ? mean(weeks, week + 1, RECENT) : Double.NaN;
  }

  private static double ratio(long actual, double expected) {
    return Math.log((actual + 0.5) / (expected + 0.5));
  }

  private static double mean(long[] weeks, int from, int count) {
    long sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += weeks[i];
    }
    return (double) sum / count;
  }
}
