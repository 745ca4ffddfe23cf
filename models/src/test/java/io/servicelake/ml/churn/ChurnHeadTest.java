package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.attrition.StartingRates;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.linear.LogisticParameters;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import io.servicelake.ml.trees.TreeModel;
import io.servicelake.ml.trees.TreeParameters;
import io.servicelake.ml.trees.TreeTrainer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChurnHeadTest {
  private static final LocalDate DAY = LocalDate.of(2024, 6, 30);
  private static final ChurnBasis BASIS =
      new ChurnBasis(180, 200, false, null, StartingRates.model(), 250_000);
  private static final List<FeatureColumn> SHAPED = ChurnFeatures.shaped(BASIS);
  private static final List<FeatureColumn> PLAIN = ChurnFeatures.plain(BASIS);

  private static Dataset<Row> population;
  private static LogisticModel logistic;
  private static TreeModel trees;

  @BeforeAll
  static void fit() {
    ServiceHistory history = new ServiceHistory(500, YearMonth.of(2023, 1), 26, 7);
    population =
        ChurnLabels.add(
                ChurnPopulation.of(Snapshots.on(history.snapshots(), List.of(DAY)), 24),
                history.identities(),
                history.visits(),
                DAY.plusDays(180))
            .cache();
    TrainingRows rows =
        TrainingRows.gather(
            LogisticTrainer.points(
                BASIS.prepare(population),
                SHAPED,
                ChurnLabels.isLost(ChurnLabels.NEXT_VISIT_ON, 180).cast("double"),
                CustomerSnapshots.CUSTOMER_ID.col(),
                1,
                CustomerSnapshots.CUSTOMER_ID.col()),
            SHAPED.size());
    logistic =
        LogisticTrainer.crossFit(rows, names(SHAPED), LogisticParameters.defaults(), 1)
            .model()
            .calibrated(0.45, 0.03);
    trees =
        TreeTrainer.crossFit(
                rows.first(PLAIN.size()),
                names(PLAIN),
                new TreeParameters(40, 3, 0.15, 5, 5, 0.7, 0.6),
                1,
                42)
            .model()
            .calibrated(0.55, -0.02);
  }

  /** The logits are computed from the features alone, by other code than the contributions. */
  @ParameterizedTest
  @EnumSource(ChurnKind.class)
  void theReferenceAndTheContributionsAddUpToTheCalibratedLogit(ChurnKind kind) {
    ChurnHead head =
        new ChurnHead(
            null,
            BASIS,
            DAY,
            kind,
            kind.hasRegression() ? logistic : null,
            kind.hasTrees() ? trees : null);
    Map<String, Double> expected = logits(head);
    List<Row> scored =
        head.scored(population, true)
            .select(
                CustomerSnapshots.CUSTOMER_ID.col(),
                ChurnHead.LOGIT.col(),
                ChurnHead.CONTRIBUTIONS.col())
            .collectAsList();

    assertThat(scored).hasSize(expected.size()).hasSizeGreaterThan(300);
    Set<Double> references = new HashSet<>();
    Set<Double> logits = new HashSet<>();
    for (Row row : scored) {
      Map<String, Double> parts = row.getJavaMap(2);
      double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
      // The library of the trees sums in single precision: 40 trees of about 0.1 err by 1e-5.
      assertThat(sum).isCloseTo(expected.get(row.getString(0)), within(2e-5));
      assertThat(row.getDouble(1)).isCloseTo(expected.get(row.getString(0)), within(2e-5));
      references.add(parts.get(ChurnScores.REFERENCE));
      logits.add(row.getDouble(1));
      assertThat(parts).containsKey(ChurnReason.OVERDUE.name());
    }
    assertThat(references).hasSize(1);
    assertThat(logits).hasSizeGreaterThan(100);
  }

  private static Map<String, Double> logits(ChurnHead head) {
    Map<String, Double> logits = new HashMap<>();
    TreeModel.Scorer scorer = trees.scorer();
    for (Row row :
        BASIS
            .prepare(population)
            .select(
                CustomerSnapshots.CUSTOMER_ID.col(),
                functions.array(
                    SHAPED.stream()
                        .map(feature -> feature.value().cast("double"))
                        .toArray(Column[]::new)))
            .collectAsList()) {
      double[] features =
          row.<Double>getList(1).stream().mapToDouble(Double::doubleValue).toArray();
      double logit = 0;
      if (head.logistic() != null) {
        logit += logistic.calibrationOffset();
        logit += logistic.calibrationSlope() * logistic.logit(features);
      }
      if (head.trees() != null) {
        double[] plain = Arrays.copyOf(features, PLAIN.size());
        logit += scorer.score(List.of(plain), false).get(0).logit();
      }
      logits.put(row.getString(0), logit);
    }
    return logits;
  }

  private static List<String> names(List<FeatureColumn> features) {
    return features.stream().map(FeatureColumn::name).toList();
  }
}
