package io.servicelake.ml.evaluation;

import java.util.stream.IntStream;

/**
 * Scores of a test part in order, with their outcomes, ready for weighted measures: sorted once, a
 * bootstrap replicate is one pass. Scores are rounded to 6 digits first, so that ties are ties on
 * every machine. Weights are how often a row was drawn; measures are not a number where they are
 * not defined (no positive or no negative row).
 */
public final class Ranking {
  /** Half of the last digit a score has. */
  private static final double LEAST_LIKELIHOOD = 5e-7;

  private final double[] score;
  private final boolean[] isPositive;
  private final int[] order;
  private final int[] tieEnd;

  /** Ranks scores, one per row. */
  public Ranking(double[] scores, boolean[] isPositive) {
    if (scores.length != isPositive.length) {
      throw new IllegalArgumentException(
          "Cannot rank: %d scores, %d outcomes. Each row has one of both. Pass arrays of one length."
              .formatted(scores.length, isPositive.length));
    }
    this.score = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      this.score[i] = round6(scores[i]);
    }
    this.isPositive = isPositive;
    this.order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(this.score[b], this.score[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.tieEnd = new int[order.length];
    int end = order.length;
    for (int i = order.length - 1; i >= 0; i--) {
      if (i < order.length - 1 && score[order[i]] != score[order[i + 1]]) {
        end = i + 1;
      }
      tieEnd[i] = end;
    }
  }

  /** Rounds to 6 digits after the point. */
  public static double round6(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  /** Number of rows. */
  public int size() {
    return order.length;
  }

  /** Weights that count every row once. */
  public int[] once() {
    int[] weight = new int[order.length];
    java.util.Arrays.fill(weight, 1);
    return weight;
  }

  /**
   * Area under the ROC curve: the chance that a positive row scores above a negative one, ties
   * counting half (Hanley & McNeil 1982).
   */
  public double auc(int[] weight) {
    double pairs = 0;
    double positivesAbove = 0;
    double negatives = 0;
    for (int i = 0; i < order.length; i = tieEnd[i]) {
      double tiedPositives = 0;
      double tiedNegatives = 0;
      for (int j = i; j < tieEnd[i]; j++) {
        if (isPositive[order[j]]) {
          tiedPositives += weight[order[j]];
        } else {
          tiedNegatives += weight[order[j]];
        }
      }
      pairs += tiedNegatives * (positivesAbove + tiedPositives / 2);
      positivesAbove += tiedPositives;
      negatives += tiedNegatives;
    }
    return pairs / (positivesAbove * negatives);
  }

  /** Average precision: the mean over positive rows of the precision at their score. */
  public double averagePrecision(int[] weight) {
    double sum = 0;
    double positives = 0;
    double rows = 0;
    for (int i = 0; i < order.length; i = tieEnd[i]) {
      double tiedPositives = 0;
      for (int j = i; j < tieEnd[i]; j++) {
        rows += weight[order[j]];
        tiedPositives += isPositive[order[j]] ? weight[order[j]] : 0;
      }
      positives += tiedPositives;
      sum += rows == 0 ? 0 : tiedPositives * positives / rows;
    }
    return sum / positives;
  }

  /**
   * Share of positives among the highest-scored share of rows; within a tie at the edge, the tie's
   * own share.
   */
  public double precisionAt(double share, int[] weight) {
    double left = Math.max(1, Math.round(share * sum(weight)));
    double wanted = left;
    double positives = 0;
    for (int i = 0; i < order.length && left > 0; i = tieEnd[i]) {
      double tied = 0;
      double tiedPositives = 0;
      for (int j = i; j < tieEnd[i]; j++) {
        tied += weight[order[j]];
        tiedPositives += isPositive[order[j]] ? weight[order[j]] : 0;
      }
      if (tied > 0) {
        double taken = Math.min(tied, left);
        positives += tiedPositives * taken / tied;
        left -= taken;
      }
    }
    return positives / wanted;
  }

  /** Precision among the highest-scored share over the share of positives in all rows. */
  public double liftAt(double share, int[] weight) {
    return precisionAt(share, weight) / positiveRate(weight);
  }

  /** Mean squared difference of probability and outcome (Brier 1950). */
  public double brier(int[] weight) {
    double sum = 0;
    for (int i = 0; i < score.length; i++) {
      double error = score[i] - (isPositive[i] ? 1 : 0);
      sum += weight[i] * error * error;
    }
    return sum / sum(weight);
  }

  /** Mean logarithmic loss; probabilities count as 5e-7 away from 0 and 1 at least. */
  public double logLoss(int[] weight) {
    double sum = 0;
    for (int i = 0; i < score.length; i++) {
      double likelihood = isPositive[i] ? score[i] : 1 - score[i];
      sum -= weight[i] * Math.log(Math.max(likelihood, LEAST_LIKELIHOOD));
    }
    return sum / sum(weight);
  }

  /**
   * Mean absolute difference of mean probability and observed rate over 10 bins of equal count by
   * rank; rows of a tie stay in the order they came.
   */
  public double calibrationError(int[] weight) {
    return calibrationError(weight, 10);
  }

  /** The same over any number of bins. */
  public double calibrationError(int[] weight, int bins) {
    double total = sum(weight);
    double error = 0;
    double seen = 0;
    double gap = 0;
    int bin = 1;
    for (int i = 0; i < order.length; i++) {
      double left = weight[order[i]];
      double difference = score[order[i]] - (isPositive[order[i]] ? 1 : 0);
      while (left > 0) {
        double room = total * bin / bins - seen;
        double taken = bin == bins ? left : Math.min(left, room);
        gap += taken * difference;
        seen += taken;
        left -= taken;
        if (bin < bins && left > 0 || bin < bins && seen >= total * bin / bins) {
          error += Math.abs(gap);
          gap = 0;
          bin++;
        }
      }
    }
    return (error + Math.abs(gap)) / total;
  }

  /** Share of positive rows. */
  public double positiveRate(int[] weight) {
    double positives = 0;
    for (int i = 0; i < weight.length; i++) {
      positives += isPositive[i] ? weight[i] : 0;
    }
    return positives / sum(weight);
  }

  private static double sum(int[] weight) {
    double sum = 0;
    for (int w : weight) {
      sum += w;
    }
    return sum;
  }
}
