package io.servicelake.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final double[] TENTHS = IntStream.range(0, 1000).asDoubleStream().toArray();

  @Test
  void equalDistributionsDoNotDrift() {
    assertThat(Drift.stabilityIndex(TENTHS, TENTHS)).isCloseTo(0, within(1e-3));
    assertThat(Drift.stabilityIndex(TENTHS, new double[0])).isZero();
  }

  @Test
  void theIndexIsTheSumOverBinsOfTheDifferenceTimesTheLogRatio() {
    // All rows fall into the upper half: five bins of 0.2 instead of 0.1, five of 1e-4.
    double[] upper = IntStream.range(0, 1000).mapToDouble(i -> 500 + i / 2.0).toArray();
    double expected = 5 * 0.1 * Math.log(2) + 5 * (0.1 - 1e-4) * Math.log(0.1 / 1e-4);

    assertThat(Drift.stabilityIndex(TENTHS, upper)).isCloseTo(expected, within(0.02));
  }

  @Test
  void slicesOfFewRowsAreLeftOut() {
    int size = 500;
    double[] model = new double[size];
    boolean[] isPositive = new boolean[size];
    int[] cluster = new int[size];
    List<Set<String>> slices = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      isPositive[i] = i % 3 == 0;
      model[i] = (isPositive[i] ? 0.5 : 0.4) + (i % 7) / 20.0;
      cluster[i] = i;
      slices.add(Set.of(i < 300 ? "dealer=d1" : "dealer=d2", "segment=core"));
    }
    for (int i = 450; i < size; i++) {
      slices.set(i, Set.of());
    }
    ScoredRows rows =
        new ScoredRows(model, new double[1][size], model, isPositive, cluster, slices);

    assertThat(BinaryEvaluation.slices(rows, 50, 1))
        .extracting(result -> result.metric().replaceFirst(".*@", ""))
        .containsOnly("dealer=d1", "segment=core");
  }

  @Test
  void aSliceHasTheFiguresOfItsOwnRows() {
    ScoredRows rows = halves();
    List<MetricResult> slices = BinaryEvaluation.slices(rows, 50, 1);

    assertThat(slices).extracting(MetricResult::metric).doesNotHaveDuplicates();
    assertThat(slices)
        .filteredOn(result -> result.metric().endsWith("@dealer=good"))
        .extracting(result -> result.metric().replaceFirst("@.*", ""))
        .containsExactlyInAnyOrder(
            BinaryEvaluation.AUC,
            BinaryEvaluation.AUC_GAIN,
            BinaryEvaluation.AVERAGE_PRECISION,
            BinaryEvaluation.BRIER,
            BinaryEvaluation.CALIBRATION_ERROR,
            BinaryEvaluation.POSITIVE_RATE,
            BinaryEvaluation.PRECISION_AT + 5,
            BinaryEvaluation.PRECISION_AT + 10,
            BinaryEvaluation.PRECISION_AT + 20,
            BinaryEvaluation.LIFT_AT + 5,
            BinaryEvaluation.LIFT_AT + 10,
            BinaryEvaluation.LIFT_AT + 20);
    // Where the score tells all, the top is all lost: twice the rate of one half.
    assertThat(value(slices, "auc@dealer=good")).isEqualTo(1);
    assertThat(value(slices, "precision_at_20@dealer=good")).isEqualTo(1);
    assertThat(value(slices, "lift_at_20@dealer=good")).isEqualTo(2);
    // Where it says the opposite, none is.
    assertThat(value(slices, "auc@dealer=bad")).isZero();
    assertThat(value(slices, "precision_at_20@dealer=bad")).isZero();
    assertThat(slices)
        .filteredOn(result -> result.metric().equals("average_precision@dealer=good"))
        .first()
        .satisfies(result -> assertThat(result.lower()).isEqualTo(result.value()));
  }

  private static double value(List<MetricResult> results, String metric) {
    return results.stream()
        .filter(result -> result.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** One dealer whose customers are ranked as they are lost, one with the opposite. */
  private static ScoredRows halves() {
    int size = 400;
    double[] model = new double[size];
    boolean[] isPositive = new boolean[size];
    int[] cluster = new int[size];
    List<Set<String>> slices = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean isGood = i < size / 2;
      isPositive[i] = i % 2 == 0;
      model[i] = (isPositive[i] == isGood ? 0.5 : 0.1) + i / 1000.0;
      cluster[i] = i;
      slices.add(Set.of(isGood ? "dealer=good" : "dealer=bad"));
    }
    return new ScoredRows(model, new double[1][size], model, isPositive, cluster, slices);
  }
}
