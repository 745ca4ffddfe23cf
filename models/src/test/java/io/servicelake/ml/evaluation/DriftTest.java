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
        .extracting(MetricResult::metric)
        .containsExactly(
            "auc@dealer=d1",
            "calibration_error@dealer=d1",
            "auc@segment=core",
            "calibration_error@segment=core");
  }
}
