package io.servicelake.transform.quality;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far what is counted now departs from what was counted before.
 *
 * @param measured population stability index, or Kolmogorov-Smirnov distance
 * @param byChance what the number of rows alone gives in one of a thousand cases where nothing
 *     changed
 */
public record Drift(double measured, double byChance) {
  private static final double Z_999 = 3.09;

  /** Asymptotic critical value of the two-sample Kolmogorov-Smirnov test at 0.001. */
  private static final double KS_999 = 1.949;

  /**
   * Population stability index of shares by word. By chance it is (1/n + 1/m) times a chi-square of
   * one less than the number of words (Yurdakul, Statistical Properties of Population Stability
   * Index, 2018), whose quantile is taken after Wilson and Hilferty (1931).
   */
  public static Drift ofWords(Map<String, Long> before, Map<String, Long> now) {
    Set<String> words = new TreeSet<>(before.keySet());
    words.addAll(now.keySet());
    double n = sum(before);
    double m = sum(now);
    double index = 0;
    for (String word : words) {
      // Half a row more, so that a word that stands on one side only does not count without end.
      double p = (before.getOrDefault(word, 0L) + 0.5) / (n + 0.5 * words.size());
      double q = (now.getOrDefault(word, 0L) + 0.5) / (m + 0.5 * words.size());
      index += (q - p) * Math.log(q / p);
    }
    double k = Math.max(1, words.size() - 1);
    double root = 1 - 2 / (9 * k) + Z_999 * Math.sqrt(2 / (9 * k));
    return new Drift(index, k * root * root * root * (1 / n + 1 / m));
  }

  /**
   * Greatest distance of two distributions of numbers, over the same ordered classes.
   *
   * @param before rows by class
   * @param now rows by class
   */
  public static Drift ofNumbers(long[] before, long[] now) {
    double n = sum(before);
    double m = sum(now);
    double distance = 0;
    double ofBefore = 0;
    double ofNow = 0;
    for (int i = 0; i < before.length; i++) {
      ofBefore += before[i] / n;
      ofNow += now[i] / m;
      distance = Math.max(distance, Math.abs(ofBefore - ofNow));
    }
    return new Drift(distance, KS_999 * Math.sqrt(1 / n + 1 / m));
  }

  private static double sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
