package io.servicelake.ml.churn;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.evaluation.Drift;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.ScoredRows;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What a churn outcome is measured on: the test part with its slices, and the drift since. */
final class ChurnMeasures {
  private static final Column[] KEY = {
    CustomerSnapshots.CUSTOMER_ID.col(), CustomerSnapshots.SNAPSHOT_ON.col()
  };

  private static final double NOTABLE_DRIFT = 0.1;

  private ChurnMeasures() {}

  /** The scored test part, sliced by home dealer and, where a model tells it, by segment. */
  static ScoredRows test(
      ChurnHead head,
      Dataset<Row> test,
      Column isLost,
      double lostShare,
      ChurnInputs inputs,
      long cap) {
    Dataset<Row> rows = head.withProbability(test, ChurnScores.CHURN_180D_PROBABILITY);
    List<Column> slices = new ArrayList<>();
    slices.add(functions.concat(functions.lit("dealer="), CustomerSnapshots.HOME_DEALER_ID.col()));
    if (inputs.segments() != null && !test.isEmpty()) {
      LocalDate testOn =
          test.select(CustomerSnapshots.SNAPSHOT_ON.col()).head().getDate(0).toLocalDate();
      Dataset<Row> core =
          inputs
              .segments()
              .score(inputs.snapshots(), testOn)
              .select(CustomerSegments.CUSTOMER_ID.col(), CustomerSegments.IS_CORE.col());
      rows = rows.join(core, new String[] {CustomerSegments.CUSTOMER_ID.name()}, "left");
      slices.add(
          functions
              .when(CustomerSegments.IS_CORE.col(), "segment=core")
              .when(functions.not(CustomerSegments.IS_CORE.col()), "segment=general"));
    }
    return ScoredRows.collect(
        rows,
        new ScoredRows.Source(
            CustomerSnapshots.CUSTOMER_ID.col(),
            ChurnScores.CHURN_180D_PROBABILITY.col(),
            List.of(ChurnFeatures.recencyDays(), ChurnFeatures.overdueDays()),
            functions.lit(lostShare),
            isLost,
            slices),
        cap);
  }

  /**
   * Stability index of the score and of every plain feature between the training rows and those of
   * the training day, if it has any: the score's, the greatest of the features', and each at 0.1 or
   * above by name.
   *
   * @param before training rows, which begin with the plain features
   * @param logits of the training rows
   */
  static List<MetricResult> drift(
      ChurnHead head, TrainingRows before, double[] logits, Dataset<Row> latest, long cap) {
    List<FeatureColumn> features = new ArrayList<>(ChurnFeatures.plain(head.basis()));
    features.add(new FeatureColumn(ChurnHead.LOGIT.name(), "", ChurnHead.LOGIT.col()));
    TrainingRows after =
        TrainingRows.gather(
            LogisticTrainer.points(
                head.basis()
                    .prepare(
                        head.scored(FixedOrder.sample(latest, cap, latest.count(), KEY), false)),
                features,
                functions.lit(0),
                CustomerSnapshots.CUSTOMER_ID.col(),
                1,
                KEY),
            features.size());
    if (after.size() == 0) {
      return List.of();
    }
    int score = features.size() - 1;
    List<MetricResult> results = new ArrayList<>();
    results.add(
        MetricResult.reported("drift_score", Drift.stabilityIndex(logits, after.feature(score))));
    double greatest = 0;
    for (int i = 0; i < score; i++) {
      if (!features.get(i).group().equals(ChurnFeatures.SEASON)) {
        double index = Drift.stabilityIndex(before.feature(i), after.feature(i));
        greatest = Math.max(greatest, index);
        if (index >= NOTABLE_DRIFT) {
          results.add(MetricResult.reported("drift@feature=" + features.get(i).name(), index));
        }
      }
    }
    results.add(MetricResult.reported("drift_features_max", greatest));
    return results;
  }
}
