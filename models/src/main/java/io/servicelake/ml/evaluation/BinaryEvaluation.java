package io.servicelake.ml.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Measures a probability on later time beside naive rules. Ranking measures compare with the rules'
 * scores, Brier's with the probability a rule gives; each difference is paired over the same
 * bootstrap draws. The figure beside the model's is that of the better rule; the model beats them
 * where it beats each.
 */
public final class BinaryEvaluation {
  public static final String AUC = "auc";
  public static final String AUC_GAIN = "auc_gain";
  public static final String AVERAGE_PRECISION = "average_precision";
  public static final String BRIER = "brier";
  public static final String CALIBRATION_ERROR = "calibration_error";
  public static final String POSITIVE_RATE = "positive_rate";
  public static final String PRECISION_AT = "precision_at_";
  public static final String LIFT_AT = "lift_at_";
  private static final int LEAST_SLICE = 200;
  private static final int[] PERCENTS = {5, 10, 20};

  private BinaryEvaluation() {}

  /**
   * All figures of a test part; empty if it lacks positive or negative rows, since nothing can be
   * ranked then.
   */
  public static List<MetricResult> evaluate(ScoredRows rows, int replicates, long seed) {
    Ranking model = new Ranking(rows.model(), rows.isPositive());
    double rate = rows.size() == 0 ? 0 : model.positiveRate(model.once());
    if (rate == 0 || rate == 1) {
      return List.of();
    }
    List<Ranking> rules =
        Arrays.stream(rows.rules()).map(scores -> new Ranking(scores, rows.isPositive())).toList();
    List<Ranking> ruleProbability = List.of(new Ranking(rows.ruleProbability(), rows.isPositive()));
    Ranking best =
        rules.stream().max(Comparator.comparingDouble(rule -> rule.auc(rule.once()))).orElseThrow();
    Bootstrap bootstrap = new Bootstrap(rows.cluster(), replicates, seed);

    List<MetricResult> results = new ArrayList<>();
    results.add(against(AUC, Ranking::auc, model, rules, bootstrap, 1));
    results.add(
        MetricResult.reported(
            AUC_GAIN,
            model.auc(model.once()) - best.auc(best.once()),
            bootstrap.difference(model::auc, best::auc)));
    results.add(against(AVERAGE_PRECISION, Ranking::averagePrecision, model, rules, bootstrap, 1));
    results.add(against(BRIER, Ranking::brier, model, ruleProbability, bootstrap, -1));
    double calibration = model.calibrationError(model.once());
    results.add(
        MetricResult.reported(
            CALIBRATION_ERROR,
            calibration,
            Interval.ofDistance(calibration, bootstrap.replicates(model::calibrationError))));
    results.add(
        MetricResult.reported(POSITIVE_RATE, rate, bootstrap.interval(model::positiveRate)));
    for (int percent : PERCENTS) {
      double share = percent / 100.0;
      results.add(
          against(
              PRECISION_AT + percent,
              (ranking, weight) -> ranking.precisionAt(share, weight),
              model,
              rules,
              bootstrap,
              1));
      results.add(
          against(
              LIFT_AT + percent,
              (ranking, weight) -> ranking.liftAt(share, weight),
              model,
              rules,
              bootstrap,
              1));
    }
    return results;
  }

  /**
   * The same figures of every slice with at least 200 rows, named {@code metric@slice}, in the
   * order of the slices' names. The work grows with the rows: every row is in few slices.
   */
  public static List<MetricResult> slices(ScoredRows rows, int replicates, long seed) {
    List<MetricResult> results = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    rows.slices().forEach(names::addAll);
    for (String name : names) {
      ScoredRows slice = rows.of(name);
      if (slice.size() < LEAST_SLICE) {
        continue;
      }
      evaluate(slice, replicates, seed).stream()
          .map(result -> result.of(name))
          .forEach(results::add);
    }
    return results;
  }

  private static MetricResult against(
      String metric,
      BiFunction<Ranking, int[], Double> measure,
      Ranking model,
      List<Ranking> rules,
      Bootstrap bootstrap,
      int sign) {
    double[] ofModel = bootstrap.replicates(weight -> measure.apply(model, weight));
    double naive = Double.NaN;
    Interval least = null;
    for (Ranking rule : rules) {
      double[] ofRule = bootstrap.replicates(weight -> measure.apply(rule, weight));
      double[] gain = new double[ofModel.length];
      for (int i = 0; i < gain.length; i++) {
        gain[i] = sign * (ofModel[i] - ofRule[i]);
      }
      Interval interval = Interval.of95(gain);
      if (least == null || !(interval.lower() >= least.lower())) {
        least = interval;
      }
      double value = measure.apply(rule, rule.once());
      naive = Double.isNaN(naive) || sign * (value - naive) > 0 ? value : naive;
    }
    return MetricResult.against(
        metric, measure.apply(model, model.once()), Interval.of95(ofModel), naive, least);
  }
}
