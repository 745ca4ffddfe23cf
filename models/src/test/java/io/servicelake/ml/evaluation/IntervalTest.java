package io.servicelake.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final int RUNS = 40;
  private static final int ROWS = 1_000;

  @Test
  void theCalibrationErrorOfPerfectProbabilitiesLiesInItsIntervalWhichReachesDownToAlmostNothing() {
    SplittableRandom random = new SplittableRandom(11);
    int nearZero = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] probability = new double[ROWS];
      boolean[] outcome = new boolean[ROWS];
      for (int i = 0; i < ROWS; i++) {
        probability[i] = random.nextDouble();
        outcome[i] = random.nextDouble() < probability[i];
      }
      Ranking ranking = new Ranking(probability, outcome);
      Bootstrap bootstrap = Bootstrap.ofRows(ROWS, 200, run);
      double value = ranking.calibrationError(ranking.once());
      double[] replicates = bootstrap.replicates(ranking::calibrationError);

      Interval interval = Interval.ofDistance(value, replicates);

      assertThat(value).isBetween(interval.lower(), interval.upper());
      nearZero += interval.lower() < 0.012 ? 1 : 0;
      // Replicates are raised by chance once more: their own middle lies above the value.
      assertThat(interval.lower()).isLessThan(Interval.of95(replicates).lower());
    }
    // The true error is 0, chance alone makes about 0.035 of it with bins of 100 rows. A 95 %
    // interval misses in 2 of 40; 10 leaves room for the reflection, which is no exact one.
    assertThat(nearZero).isGreaterThanOrEqualTo(RUNS - 10);
  }
}
