package io.servicelake.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterQualityTest {
  private static final List<double[]> POINTS =
      List.of(new double[] {0}, new double[] {2}, new double[] {10}, new double[] {12});
  private static final List<List<Double>> CENTROIDS = List.of(List.of(1.0), List.of(11.0));

  @Test
  void pointsGoToTheNearestCentroid() {
    assertThat(ClusterQuality.assign(POINTS, CENTROIDS)).containsExactly(0, 0, 1, 1);
  }

  @Test
  void costIsTheSumOfSquaredDistances() {
    assertThat(ClusterQuality.wssse(POINTS, CENTROIDS, new int[] {0, 0, 1, 1})).isEqualTo(4);
  }

  @Test
  void silhouetteComparesOwnClusterWithTheNextBySquaredDistance() {
    // Outer points: inside 4, outside (100 + 144) / 2; inner ones: inside 4, outside (64 + 100) /
    // 2.
    double outer = 1 - 4 / 122.0;
    double inner = 1 - 4 / 82.0;

    assertThat(ClusterQuality.silhouette(POINTS, new int[] {0, 0, 1, 1}, 2))
        .isCloseTo((outer + inner) / 2, within(1e-12));
  }

  @Test
  void aPointAloneCountsNothing() {
    assertThat(ClusterQuality.silhouette(POINTS, new int[] {0, 1, 1, 1}, 2)).isLessThan(0.75);
  }

  @Test
  void theAdjustedRandIndexIsOneForTheSameClustersUnderOtherNumbersAndKnownForOthers() {
    int[] one = {0, 0, 0, 1, 1, 1};
    assertThat(Stability.adjustedRand(one, new int[] {1, 1, 1, 0, 0, 0}, 2)).isEqualTo(1);
    // Pairs together in both: 1 + 1 + 0 = 2 of 6 and 3; expected 6 * 3 / 15 = 1.2, most 4.5.
    assertThat(Stability.adjustedRand(one, new int[] {0, 0, 1, 1, 2, 2}, 3))
        .isCloseTo((2 - 1.2) / (4.5 - 1.2), within(1e-12));
  }
}
