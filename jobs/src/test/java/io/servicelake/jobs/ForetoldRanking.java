package io.servicelake.jobs;

import io.servicelake.ml.evaluation.Ranking;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** How well rule, model, onlooker and oracle rank the same persons: areas under the curve. */
record ForetoldRanking(
    int persons, double rule, double model, double onlooker, double oracle, double calibration) {
  static ForetoldRanking of(List<Row> rows, Map<String, Foretold> oracle) {
    boolean[] lost = new boolean[rows.size()];
    double[] score = new double[rows.size()];
    double[] recency = new double[rows.size()];
    double[] believed = new double[rows.size()];
    double[] truth = new double[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      score[i] = rows.get(i).getDouble(1);
      recency[i] = rows.get(i).getInt(2);
      lost[i] = rows.get(i).getBoolean(3);
      believed[i] = oracle.get(rows.get(i).getString(0)).believed();
      truth[i] = oracle.get(rows.get(i).getString(0)).probability();
    }
    Ranking ranking = new Ranking(score, lost);
    return new ForetoldRanking(
        rows.size(),
        auc(recency, lost),
        ranking.auc(ranking.once()),
        auc(believed, lost),
        auc(truth, lost),
        ranking.calibrationError(ranking.once()));
  }

  double way(double best) {
    return (model - rule) / (best - rule);
  }

  @Override
  public String toString() {
    return "%d persons; AUC rule %.4f, model %.4f, onlooker %.4f, oracle %.4f; %.3f of the way to the onlooker, %.3f to the oracle; calibration error %.4f"
        .formatted(persons, rule, model, onlooker, oracle, way(onlooker), way(oracle), calibration);
  }

  /** What the oracle says of a customer file. */
  record Foretold(double probability, double believed, boolean hasLeft) {}

  private static double auc(double[] score, boolean[] lost) {
    Ranking ranking = new Ranking(score, lost);
    return ranking.auc(ranking.once());
  }
}
