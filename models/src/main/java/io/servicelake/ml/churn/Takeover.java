package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.Ranking;
import io.servicelake.ml.evaluation.ScoredRows;
import io.servicelake.ml.evaluation.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whether what was trained is put in use. It has to beat both rules on AUC beyond noise. Held
 * against the model in use by log loss on the test snapshot, paired by bootstrap over customers, a
 * refit (same features and settings) stays out only where it is worse beyond noise; a challenger
 * (other features or settings, or the one in use is held) takes over only where it is better beyond
 * noise.
 *
 * @param why in a sentence, for the split of the card
 * @param results figures of the comparison and {@link #PUT_IN_USE}
 */
record Takeover(boolean isPutInUse, String why, List<MetricResult> results) {
  /** Card: 1 if the model was put in use. */
  static final String PUT_IN_USE = "put_in_use";

  /** Card: log loss of the model in use less that of the candidate. */
  static final String LOG_LOSS_GAIN = "log_loss_gain_over_in_use";

  /** Card: AUC of the candidate less that of the model in use. */
  static final String AUC_GAIN = "auc_gain_over_in_use";

  private static final Field IN_USE =
      new Field("in_use_probability", Columns.DOUBLE, false, "In use", "在用", "Of the one in use.");

  /**
   * The test snapshot: rows that neither model has learned from.
   *
   * @param on its day
   */
  record Test(
      LocalDate on, Dataset<Row> rows, Column isLost, ChurnParameters parameters, long seed) {}

  /**
   * The decision on the outcome that decides for all.
   *
   * @param measured its figures on the test snapshot
   * @param incumbent null if none was in use before it
   */
  static Takeover judge(
      ChurnHead candidate, List<MetricResult> measured, Incumbent incumbent, Test test) {
    String shortcoming = shortcoming(measured);
    if (incumbent == null) {
      return shortcoming == null
          ? of(true, "it beats both rules, none was in use before it", List.of())
          : of(false, shortcoming + "; none was in use before it", List.of());
    }
    if (measured.isEmpty()) {
      return of(false, shortcoming, List.of());
    }
    Optional<String> incomparable = incumbent.incomparable(test.parameters(), test.on());
    if (incomparable.isPresent()) {
      String told = "%s cannot be compared: %s".formatted(incumbent.id(), incomparable.get());
      return shortcoming != null
          ? of(false, shortcoming + "; " + told, List.of())
          : incumbent.isHeld() && incumbent.canStay(test.parameters())
              ? of(false, told + "; it is held", List.of())
              : of(true, told, List.of());
    }
    return against(incumbent, candidate, shortcoming, test);
  }

  /**
   * An outcome that is put in use with the one that decides, if it beats its own rules.
   *
   * @param leader null if that one was not trained
   */
  static Takeover following(Takeover leader, String leaderName, List<MetricResult> measured) {
    String shortcoming = shortcoming(measured);
    return leader == null || !leader.isPutInUse()
        ? of(false, leaderName + ", which decides for all outcomes, was not", List.of())
        : shortcoming == null
            ? of(true, "together with " + leaderName, List.of())
            : of(false, shortcoming, List.of());
  }

  /** Why a model may not be put in use at all; null if it may. */
  private static String shortcoming(List<MetricResult> measured) {
    for (MetricResult result : measured) {
      if (result.metric().equals(BinaryEvaluation.AUC)) {
        return result.verdict() == Verdict.BEATS_RULE
            ? null
            : "its AUC does not beat both rules beyond noise";
      }
    }
    return "the test snapshot holds one outcome only, so there is nothing to measure it by";
  }

  private static Takeover against(
      Incumbent incumbent, ChurnHead candidate, String shortcoming, Test test) {
    ScoredRows pairs = pairs(incumbent.model().group(), candidate, test);
    Ranking is = new Ranking(pairs.rules()[0], pairs.isPositive());
    Ranking would = new Ranking(pairs.model(), pairs.isPositive());
    Bootstrap bootstrap =
        new Bootstrap(pairs.cluster(), test.parameters().bootstrapReplicates(), test.seed());
    double gain = is.logLoss(is.once()) - would.logLoss(would.once());
    Interval interval = bootstrap.difference(is::logLoss, would::logLoss);
    boolean isRefit = !incumbent.isHeld() && incumbent.isRefittedBy(test.parameters());
    String told =
        String.format(
            Locale.ROOT,
            "%slog loss on the test snapshot, gained over %s: %.5f [%.5f, %.5f], %s",
            shortcoming == null ? "" : shortcoming + "; ",
            incumbent.id(),
            gain,
            interval.lower(),
            interval.upper(),
            incumbent.isHeld()
                ? "which is held until beaten beyond noise"
                : isRefit
                    ? "whose refit stays out where it is worse beyond noise"
                    : "whose features or settings are others and stay until beaten beyond noise");
    return of(
        shortcoming == null && takesOver(interval, isRefit),
        told,
        List.of(
            MetricResult.reported(LOG_LOSS_GAIN, gain, interval),
            MetricResult.reported(
                AUC_GAIN,
                would.auc(would.once()) - is.auc(is.once()),
                bootstrap.difference(would::auc, is::auc))));
  }

  /** By the interval of the gain in log loss. */
  static boolean takesOver(Interval gain, boolean isRefit) {
    return isRefit ? gain.upper() >= 0 : gain.lower() > 0;
  }

  private static ScoredRows pairs(ChurnHead inUse, ChurnHead candidate, Test test) {
    return ScoredRows.collect(
        inUse.withProbability(
            candidate.withProbability(test.rows(), ChurnScores.CHURN_180D_PROBABILITY), IN_USE),
        new ScoredRows.Source(
            CustomerSnapshots.CUSTOMER_ID.col(),
            ChurnScores.CHURN_180D_PROBABILITY.col(),
            List.of(IN_USE.col()),
            IN_USE.col(),
            test.isLost()),
        test.parameters().maxTestRows());
  }

  private static Takeover of(boolean isPutInUse, String why, List<MetricResult> compared) {
    List<MetricResult> results = new ArrayList<>(compared);
    results.add(MetricResult.reported(PUT_IN_USE, isPutInUse ? 1 : 0));
    return new Takeover(
        isPutInUse, (isPutInUse ? "put in use: " : ModelCardRow.NOT_PUT_IN_USE) + why, results);
  }
}
