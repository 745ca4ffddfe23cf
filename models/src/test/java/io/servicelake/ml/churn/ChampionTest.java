package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.attrition.StartingRates;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import io.servicelake.ml.trees.TreeTrainer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChampionTest {
  private static final LocalDate DAY = LocalDate.of(2024, 6, 30);
  private static final long SEED = 42;
  private static final ChurnParameters PARAMETERS = ChurnParameters.defaults();
  private static final ChurnBasis BASIS =
      new ChurnBasis(180, 200, false, null, StartingRates.model(), 250_000);
  private static final List<FeatureColumn> SHAPED = ChurnFeatures.shaped(BASIS);
  private static final List<FeatureColumn> PLAIN = ChurnFeatures.plain(BASIS);
  private static final List<FeatureColumn> OF_PROCESS = ChurnFeatures.ofProcess();

  private static TrainingRows rows;

  @BeforeAll
  static void gather() {
    ServiceHistory history = new ServiceHistory(500, YearMonth.of(2023, 1), 26, 7);
    rows =
        TrainingRows.gather(
            LogisticTrainer.points(
                BASIS.prepare(
                    ChurnLabels.add(
                        ChurnPopulation.of(Snapshots.on(history.snapshots(), List.of(DAY)), 24),
                        history.identities(),
                        history.visits(),
                        DAY.plusDays(180))),
                SHAPED,
                ChurnLabels.isLost(ChurnLabels.NEXT_VISIT_ON, 180),
                CustomerSnapshots.CUSTOMER_ID.col(),
                PARAMETERS.calibrationFolds(),
                CustomerSnapshots.CUSTOMER_ID.col()),
            SHAPED.size());
  }

  /** Each part is scaled for itself: on rows it had not seen they add up to what was judged. */
  @ParameterizedTest
  @EnumSource(ChurnKind.class)
  void theCalibrationsOfThePartsAddUpToTheLogitsThatWereJudged(ChurnKind kind) {
    Champion champion = Champion.of(rows, BASIS, kind, PARAMETERS, SEED);

    double[] sums = new double[rows.size()];
    if (champion.logistic() != null) {
      List<FeatureColumn> features = champion.kind() == ChurnKind.PROCESS ? OF_PROCESS : SHAPED;
      assertThat(champion.logistic().terms()).hasSameSizeAs(features);
      add(
          sums,
          champion.logistic().calibrationSlope(),
          champion.logistic().calibrationOffset(),
          LogisticTrainer.crossFit(
                  rows.only(places(features)), names(features), PARAMETERS.regression(), folds())
              .logits());
    }
    if (champion.trees() != null) {
      add(
          sums,
          champion.trees().calibrationSlope(),
          champion.trees().calibrationOffset(),
          TreeTrainer.crossFit(
                  rows.first(PLAIN.size()), names(PLAIN), PARAMETERS.trees(), folds(), SEED)
              .logits());
    }
    assertThat(sums).containsExactly(champion.logits(), within(1e-9));
  }

  private static int folds() {
    return PARAMETERS.calibrationFolds();
  }

  private static void add(double[] sums, double slope, double offset, double[] logits) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += offset + slope * logits[i];
    }
  }

  private static int[] places(List<FeatureColumn> some) {
    return some.stream().mapToInt(feature -> names(SHAPED).indexOf(feature.name())).toArray();
  }

  private static List<String> names(List<FeatureColumn> features) {
    return features.stream().map(FeatureColumn::name).toList();
  }
}
