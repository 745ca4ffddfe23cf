package io.servicelake.ml.attrition;

import java.util.List;

/**
 * Maximization step: rates that meet what happened, each a short way at a time, since those of
 * other parts move too. All lean on a few events as expected, so that what is rare stays near where
 * it was.
 */
final class Maximization {
  private static final double STEP = 0.7;
  private static final double FEW = 5;
  private static final double MORE = 20;
  private static final double LEAST_START = 1e-4;
  private static final double MOST_START = 0.99;
  private static final double LEAST_REMAINING = 0.01;
  private static final double MOST_REMAINING = 0.8;

  private Maximization() {}

  /** The next rates. */
  static Rates step(Rates rates, Sums sums) {
    Rates next = rates.copy();
    curve(next, sums);
    for (Part part : List.of(Part.DILIGENCE, Part.FRAILTY, Part.REPAIR_SINCE)) {
      factors(next.of(part), sums.happened(part), sums.expected(part), FEW);
    }
    for (Part part : List.of(Part.AGE, Part.WAY, Part.REPAIR_AGE, Part.MONTH)) {
      factors(next.of(part), sums.happened(part), sums.expected(part), MORE);
    }
    for (Part part : List.of(Part.REPAIR, Part.ACCIDENT, Part.OTHER)) {
      double ratio = ratio(sum(sums.happened(part)), sum(sums.expected(part)));
      for (int i = 0; i < part.size; i++) {
        next.of(part)[i] *=
            Math.pow((sums.happened(part)[i] + FEW * ratio) / (sums.expected(part)[i] + FEW), STEP);
      }
    }
    double[] remaining = next.of(Part.REMAINING);
    for (int i = 0; i < remaining.length; i++) {
      double ratio =
          (sums.happened(Part.REMAINING)[i] + FEW) / (sums.expected(Part.REMAINING)[i] + FEW);
      remaining[i] =
          Math.max(LEAST_REMAINING, Math.min(MOST_REMAINING, remaining[i] * Math.pow(ratio, STEP)));
    }
    next.of(Part.LEAVING)[0] *=
        Math.pow((sums.happened(Part.LEAVING)[0] + 1) / (sums.expected(Part.LEAVING)[0] + 1), STEP);
    for (Part part : List.of(Part.ATTACHMENT, Part.WARRANTY, Part.GRIEVANCE, Part.LEAVING_WAY)) {
      factors(next.of(part), sums.happened(part), sums.expected(part), FEW);
    }
    start(next, sums);
    double all = sum(sums.happened(Part.CLASS)) + Classes.ALL;
    for (int i = 0; i < Classes.ALL; i++) {
      next.of(Part.CLASS)[i] = (sums.happened(Part.CLASS)[i] + 1) / all;
    }
    return next;
  }

  private static void start(Rates next, Sums sums) {
    double[] left = sums.happened(Part.START);
    double[] persons = sums.expected(Part.START);
    if (sum(persons) == 0) {
      return;
    }
    double mean = sum(left) / sum(persons);
    for (int i = 0; i < Part.START.size; i++) {
      double share = (left[i] + FEW * mean) / (persons[i] + FEW);
      next.of(Part.START)[i] = Math.max(LEAST_START, Math.min(MOST_START, share));
    }
  }

  /** Each punctuality's own curve; cells with little exposure lean on that of all. */
  private static void curve(Rates next, Sums sums) {
    double[] happened = sums.happened(Part.CURVE);
    double[] expected = sums.expected(Part.CURVE);
    double[] rates = next.of(Part.CURVE);
    for (int cell = 0; cell < Cells.CURVE; cell++) {
      double visits = 0;
      double rounds = 0;
      for (int at = cell; at < rates.length; at += Cells.CURVE) {
        visits += happened[at];
        rounds += expected[at] / rates[at];
      }
      double pooled = (visits + 0.01) / (rounds + 0.02);
      for (int at = cell; at < rates.length; at += Cells.CURVE) {
        double prior = FEW / (pooled + 0.05);
        rates[at] = (happened[at] + prior * pooled) / (expected[at] / rates[at] + prior);
      }
    }
  }

  /** Factors relative to each other: their mean, by what was expected, stays. */
  private static void factors(double[] rates, double[] happened, double[] expected, double prior) {
    double allHappened = sum(happened);
    double allExpected = sum(expected);
    if (allHappened <= 0 || allExpected <= 0) {
      return;
    }
    double[] moved = new double[rates.length];
    double after = 0;
    for (int i = 0; i < rates.length; i++) {
      double wanted = happened[i] / allHappened * allExpected;
      moved[i] = Math.pow((wanted + prior) / (expected[i] + prior), STEP);
      after += expected[i] * moved[i];
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] *= moved[i] * allExpected / after;
    }
  }

  private static double ratio(double happened, double expected) {
    return expected > 0 ? happened / expected : 1;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
