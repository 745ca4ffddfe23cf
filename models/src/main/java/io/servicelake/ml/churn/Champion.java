package io.servicelake.ml.churn;

import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.linear.CrossFit;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import io.servicelake.ml.trees.TreeModel;
import io.servicelake.ml.trees.TreeTrainer;
import java.util.List;
import java.util.Locale;

/**
 * The kind of model that is kept. Both are fitted on the training rows and judged by the log loss of
 * calibrated probabilities for rows of customers they had not seen. The challenger takes over only
 * where the 95 % interval of the paired gain, by bootstrap over customers, lies above 0.
 *
 * @param kind kept
 * @param logistic null where trees are kept
 * @param trees null where the regression is kept
 * @param logLoss of the kept kind on unseen customers of the training window
 * @param challengerGain log loss of the incumbent less that of the challenger
 * @param gainInterval 95 % interval of the gain
 */
record Champion(
    ChurnKind kind,
    LogisticModel logistic,
    TreeModel trees,
    double logLoss,
    double challengerGain,
    Interval gainInterval) {

  private record Judged(double[] scaling, double[] losses) {
    static Judged of(double[] logits, double[] outcomes) {
      double[] scaling = LogisticTrainer.platt(logits, outcomes);
      double[] losses = new double[logits.length];
      for (int i = 0; i < losses.length; i++) {
        double logit = scaling[1] + scaling[0] * logits[i];
        losses[i] =
            Math.max(logit, 0) - logit * outcomes[i] + Math.log1p(Math.exp(-Math.abs(logit)));
      }
      return new Judged(scaling, losses);
    }
  }

  /**
   * Fits both kinds, calibrates them and keeps one.
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
    TrainingRows narrow = rows.first(plain.size());
    int folds = parameters.calibrationFolds();
    CrossFit<LogisticModel> logistic =
        LogisticTrainer.crossFit(rows, names(shaped), parameters.regression(), folds);
    CrossFit<TreeModel> trees =
        TreeTrainer.crossFit(narrow, names(plain), parameters.trees(), folds, seed);
    double[] outcomes = rows.labels();
    Judged ofLogistic = Judged.of(logistic.logits(), outcomes);
    Judged ofTrees = Judged.of(trees.logits(), outcomes);

    boolean treesAreIn = incumbent == ChurnKind.TREES;
    double[] gains = new double[outcomes.length];
    for (int i = 0; i < gains.length; i++) {
      double gain = ofLogistic.losses()[i] - ofTrees.losses()[i];
      gains[i] = treesAreIn ? -gain : gain;
    }
    Interval interval =
        new Bootstrap(rows.clusters(), parameters.bootstrapReplicates(), seed)
            .interval(weight -> mean(gains, weight));
    boolean keepsTrees = treesAreIn != (interval.lower() > 0);
    Judged kept = keepsTrees ? ofTrees : ofLogistic;
    double[] scaling = kept.scaling();
    return new Champion(
        keepsTrees ? ChurnKind.TREES : ChurnKind.LOGISTIC,
        keepsTrees ? null : logistic.model().calibrated(scaling[0], scaling[1]),
        keepsTrees ? trees.model().calibrated(scaling[0], scaling[1]) : null,
        mean(kept.losses(), null),
        mean(gains, null),
        interval);
  }

  /** In a sentence, for the split of the card. */
  String description(ChurnKind incumbent) {
    return String.format(
        Locale.ROOT,
        "%s kept: on unseen customers of the training window the log loss of %s against the %s in use is lower by %.5f [%.5f, %.5f]",
        kind,
        incumbent == ChurnKind.TREES ? ChurnKind.LOGISTIC : ChurnKind.TREES,
        incumbent,
        challengerGain,
        gainInterval.lower(),
        gainInterval.upper());
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
