package io.servicelake.ml.churn;

import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.linear.CrossFit;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.Stacking;
import io.servicelake.ml.linear.TrainingRows;
import io.servicelake.ml.trees.TreeModel;
import io.servicelake.ml.trees.TreeTrainer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The kind of model that is kept. All are fitted on the training rows and judged by the log loss of
 * calibrated probabilities for rows of customers they had not seen. The best challenger takes over
 * only where the 95 % interval of the paired gain, by bootstrap over customers, lies above 0.
 * Whether the model then takes the place of the one in use is for {@link Takeover} to say.
 *
 * @param kind kept
 * @param logistic null where trees alone are kept
 * @param trees null where a regression alone is kept
 * @param weights of the logits of regression and trees, those the kind has, in the calibrated one
 * @param logits calibrated, of the kept kind, one per training row by models that had not seen it
 * @param logLoss of the kept kind on unseen customers of the training window
 * @param challenger the best of the kinds that were not in use
 * @param challengerGain log loss of the incumbent less that of the challenger
 * @param gainInterval 95 % interval of the gain
 */
record Champion(
    ChurnKind kind,
    LogisticModel logistic,
    TreeModel trees,
    List<Double> weights,
    double[] logits,
    double logLoss,
    ChurnKind challenger,
    double challengerGain,
    Interval gainInterval) {

  private record Judged(Stacking stacking, double[] logits, double[] losses) {
    static Judged of(double[] outcomes, double[]... unseen) {
      Stacking stacking = Stacking.fit(outcomes, unseen);
      double[] logits = stacking.of(unseen);
      double[] losses = new double[logits.length];
      Arrays.setAll(
          losses,
          i ->
              Math.max(logits[i], 0)
                  - logits[i] * outcomes[i]
                  + Math.log1p(Math.exp(-Math.abs(logits[i]))));
      return new Judged(stacking, logits, losses);
    }

    /** Of the calibrated logit: the offset is shared out, so that those of all parts add up. */
    double offsetOfPart() {
      return stacking.offset() / stacking.weights().size();
    }

    double weight(int part) {
      return stacking.weights().get(part);
    }
  }

  /**
   * Fits all kinds, calibrates them and keeps one.
   *
   * @param rows of the shaped features, which begin with the plain ones
   */
  static Champion of(
      TrainingRows rows,
      ChurnBasis basis,
      ChurnKind incumbent,
      ChurnParameters parameters,
      long seed) {
    List<FeatureColumn> shaped = ChurnFeatures.shaped(basis);
    List<FeatureColumn> plain = ChurnFeatures.plain(basis);
    List<FeatureColumn> ofProcess = ChurnFeatures.ofProcess();
    TrainingRows narrow = rows.first(plain.size());
    int folds = parameters.calibrationFolds();
    CrossFit<LogisticModel> logistic =
        LogisticTrainer.crossFit(rows, names(shaped), parameters.regression(), folds);
    CrossFit<TreeModel> trees =
        TreeTrainer.crossFit(narrow, names(plain), parameters.trees(), folds, seed);
    CrossFit<LogisticModel> process =
        LogisticTrainer.crossFit(
            rows.only(positions(ofProcess, shaped)),
            names(ofProcess),
            parameters.regression(),
            folds);
    double[] outcomes = rows.labels();
    Map<ChurnKind, Judged> judged = new EnumMap<>(ChurnKind.class);
    judged.put(ChurnKind.LOGISTIC, Judged.of(outcomes, logistic.logits()));
    judged.put(ChurnKind.TREES, Judged.of(outcomes, trees.logits()));
    judged.put(ChurnKind.BLEND, Judged.of(outcomes, logistic.logits(), trees.logits()));
    judged.put(ChurnKind.PROCESS, Judged.of(outcomes, process.logits(), trees.logits()));

    Bootstrap bootstrap = new Bootstrap(rows.clusters(), parameters.bootstrapReplicates(), seed);
    ChurnKind challenger = challenger(judged, incumbent);
    double[] gains = gains(judged.get(incumbent), judged.get(challenger));
    Interval interval = bootstrap.interval(weight -> mean(gains, weight));
    ChurnKind kept = interval.lower() > 0 ? challenger : incumbent;
    Judged best = judged.get(kept);
    LogisticModel regression = (kept == ChurnKind.PROCESS ? process : logistic).model();
    int parts = best.stacking().weights().size();
    return new Champion(
        kept,
        kept.hasRegression() ? regression.calibrated(best.weight(0), best.offsetOfPart()) : null,
        kept.hasTrees()
            ? trees.model().calibrated(best.weight(parts - 1), best.offsetOfPart())
            : null,
        best.stacking().weights(),
        best.logits(),
        mean(best.losses(), null),
        challenger,
        mean(gains, null),
        interval);
  }

  /** The best of the kinds that are not in use. */
  private static ChurnKind challenger(Map<ChurnKind, Judged> judged, ChurnKind incumbent) {
    return judged.keySet().stream()
        .filter(kind -> kind != incumbent)
        .min(Comparator.comparingDouble(kind -> mean(judged.get(kind).losses(), null)))
        .orElseThrow();
  }

  private static double[] gains(Judged incumbent, Judged challenger) {
    double[] gains = new double[incumbent.losses().length];
    Arrays.setAll(gains, i -> incumbent.losses()[i] - challenger.losses()[i]);
    return gains;
  }

  /** In a sentence, for the split of the card. */
  String description(ChurnKind incumbent) {
    return String.format(
        Locale.ROOT,
        "%s kept, weights %s: on unseen customers of the training window the log loss of %s is lower than that of %s by %.5f [%.5f, %.5f]",
        kind,
        weights.stream()
            .map(weight -> String.format(Locale.ROOT, "%.2f", weight))
            .collect(Collectors.joining(" and ")),
        challenger,
        incumbent,
        challengerGain,
        gainInterval.lower(),
        gainInterval.upper());
  }

  private static int[] positions(List<FeatureColumn> some, List<FeatureColumn> all) {
    List<String> names = names(all);
    return some.stream().mapToInt(feature -> names.indexOf(feature.name())).toArray();
  }

  private static List<String> names(List<FeatureColumn> features) {
    return features.stream().map(FeatureColumn::name).toList();
  }

  private static double mean(double[] values, int[] weight) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < values.length; i++) {
      double times = weight == null ? 1 : weight[i];
      sum += times * values[i];
      count += times;
    }
    return sum / count;
  }
}
