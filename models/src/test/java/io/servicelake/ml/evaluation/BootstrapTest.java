package io.servicelake.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void intervalOfAShareMatchesItsStandardError() {
    // 400 rows at 0.5: standard error 0.025, so 95 % reach 0.049 to each side. The band of 0.012
    // is three standard errors of a 2.5 % quantile drawn from 1,000 replicates (about 0.004).
    boolean[] outcome = new boolean[400];
    Arrays.fill(outcome, 0, 200, true);
    Ranking ranking = new Ranking(new double[400], outcome);

    Interval interval = Bootstrap.ofRows(400, 1000, 7).interval(ranking::positiveRate);

    assertThat(interval.lower()).isCloseTo(0.451, within(0.012));
    assertThat(interval.upper()).isCloseTo(0.549, within(0.012));
  }

  @Test
  void rowsOfACustomerAreDrawnTogether() {
    int[] cluster = {0, 0, 1, 1, 2, 2};

    double[] differences =
        new Bootstrap(cluster, 50, 1)
            .replicates(
                weight ->
                    Math.abs(weight[0] - weight[1])
                        + Math.abs(weight[2] - weight[3])
                        + Math.abs(weight[4] - weight[5]));

    assertThat(differences).containsOnly(0.0);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    Ranking ranking = random(300, 1.0);

    assertThat(Bootstrap.ofRows(300, 200, 5).interval(ranking::auc))
        .isEqualTo(Bootstrap.ofRows(300, 200, 5).interval(ranking::auc));
  }

  @Test
  void aScoreAgainstItselfIsNotBetter() {
    ScoredRows same = rows(500, 0);

    List<MetricResult> results = BinaryEvaluation.evaluate(same, 200, 1);

    assertThat(metric(results, BinaryEvaluation.AUC).verdict()).isEqualTo(Verdict.NOT_BETTER);
    assertThat(metric(results, BinaryEvaluation.AUC_GAIN).value()).isZero();
  }

  @Test
  void aScoreWithSignalBeatsNoise() {
    List<MetricResult> results = BinaryEvaluation.evaluate(rows(500, 1), 200, 1);

    MetricResult auc = metric(results, BinaryEvaluation.AUC);
    assertThat(auc.verdict()).isEqualTo(Verdict.BEATS_RULE);
    assertThat(auc.lower()).isLessThan(auc.value());
    assertThat(auc.upper()).isGreaterThan(auc.value());
  }

  @Test
  void nothingIsReportedWhereAllOutcomesAreEqual() {
    ScoredRows rows =
        new ScoredRows(
            new double[3],
            new double[1][3],
            new double[3],
            new boolean[3],
            new int[] {0, 1, 2},
            List.of());

    assertThat(BinaryEvaluation.evaluate(rows, 200, 1)).isEmpty();
  }

  @Test
  void spearmanTakesTiesAtTheirMeanRank() {
    assertThat(Correlation.ranks(new double[] {3, 1, 3, 2})).containsExactly(3.5, 1, 3.5, 2);
    assertThat(Correlation.spearman(new double[] {1, 2, 3, 4}, new double[] {10, 20, 40, 30}))
        .isCloseTo(0.8, within(1e-12));
    assertThat(Correlation.spearmanBrown(0.5)).isCloseTo(2.0 / 3, within(1e-12));
  }

  private static MetricResult metric(List<MetricResult> results, String name) {
    return results.stream()
        .filter(result -> result.metric().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Ranking random(int size, double signal) {
    ScoredRows rows = rows(size, signal);
    return new Ranking(rows.model(), rows.isPositive());
  }

  /**
   * Outcomes half and half; the model's score is shifted by the signal, the rule's is the noise.
   */
  private static ScoredRows rows(int size, double signal) {
    Random random = new Random(11);
    ScoredRows rows =
        new ScoredRows(
            new double[size],
            new double[1][size],
            new double[size],
            new boolean[size],
            new int[size],
            List.of());
    for (int i = 0; i < size; i++) {
      rows.isPositive()[i] = i % 2 == 0;
      rows.cluster()[i] = i;
      rows.rules()[0][i] = random.nextGaussian();
      rows.model()[i] = rows.rules()[0][i] + (rows.isPositive()[i] ? signal : 0);
      rows.ruleProbability()[i] = 0.5;
    }
    return rows;
  }
}
