package io.servicelake.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingTest {
  /** Scores 0.9+, 0.8-, 0.7+, 0.7-, 0.1-: six pairs, of which 3 + 1 + 1/2 + 1 are in order. */
  private static final Ranking SMALL =
      new Ranking(
          new double[] {0.1, 0.7, 0.9, 0.8, 0.7}, new boolean[] {false, true, true, false, false});

  @Test
  void aucCountsPairsInOrderAndTiesHalf() {
    // 0.9 beats 3 of 3; 0.7 beats 0.1, ties with 0.7, loses to 0.8: 1.5. Of 6 pairs 4.5.
    assertThat(SMALL.auc(SMALL.once())).isEqualTo(4.5 / 6);
  }

  @Test
  void scoresEqualInSixDigitsAreTies() {
    Ranking ranking =
        new Ranking(new double[] {0.50000001, 0.50000002}, new boolean[] {false, true});

    assertThat(ranking.auc(ranking.once())).isEqualTo(0.5);
  }

  @Test
  void averagePrecisionTakesATieAsOneThreshold() {
    // First positive at precision 1/1, second within the tie that ends at rank 4: 2/4.
    assertThat(SMALL.averagePrecision(SMALL.once())).isEqualTo((1.0 + 0.5) / 2);
  }

  @Test
  void aRowDrawnTwiceCountsLikeTwoRows() {
    Ranking twice =
        new Ranking(
            new double[] {0.1, 0.7, 0.9, 0.9, 0.8, 0.7},
            new boolean[] {false, true, true, true, false, false});
    int[] weight = {1, 1, 2, 1, 1};

    assertThat(SMALL.auc(weight)).isEqualTo(twice.auc(twice.once()));
    assertThat(SMALL.averagePrecision(weight)).isEqualTo(twice.averagePrecision(twice.once()));
    assertThat(SMALL.brier(weight)).isCloseTo(twice.brier(twice.once()), within(1e-12));
    assertThat(SMALL.precisionAt(0.5, weight)).isEqualTo(twice.precisionAt(0.5, twice.once()));
  }

  @Test
  void precisionSharesATieAtTheEdge() {
    // Top 3 of 5: 0.9 (positive), 0.8 (negative), one of the tied pair (half positive).
    assertThat(SMALL.precisionAt(0.6, SMALL.once())).isEqualTo(1.5 / 3);
    assertThat(SMALL.liftAt(0.6, SMALL.once())).isCloseTo(0.5 / 0.4, within(1e-12));
  }

  @Test
  void brierIsTheMeanSquaredError() {
    assertThat(SMALL.brier(SMALL.once()))
        .isCloseTo((0.01 + 0.09 + 0.01 + 0.64 + 0.49) / 5, within(1e-12));
  }

  @Test
  void logLossIsTheMeanSurpriseAndFiniteAtCertainty() {
    assertThat(SMALL.logLoss(SMALL.once()))
        .isCloseTo(
            -(Math.log(0.9) + Math.log(0.7) + Math.log(0.9) + Math.log(0.2) + Math.log(0.3)) / 5,
            within(1e-12));
    Ranking wrong = new Ranking(new double[] {1, 0.5}, new boolean[] {false, true});
    assertThat(wrong.logLoss(new int[] {1, 0})).isCloseTo(-Math.log(5e-7), within(1e-12));
  }

  @Test
  void calibrationErrorComparesEqualCountBins() {
    // Two bins of two: mean score 0.8 against rate 0.5, mean 0.2 against 0: (0.3 + 0.2) / 2.
    Ranking ranking =
        new Ranking(new double[] {0.9, 0.1, 0.7, 0.3}, new boolean[] {true, false, false, false});

    assertThat(ranking.calibrationError(ranking.once(), 2)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void binsOfUnevenCountShareTheRowAtTheirEdge() {
    // Three rows in two bins of 1.5: (0.8-1)*1 + (0.6-0)*0.5 = 0.1; (0.6)*0.5 + 0.4 = 0.7.
    Ranking ranking = new Ranking(new double[] {0.8, 0.6, 0.4}, new boolean[] {true, false, false});

    assertThat(ranking.calibrationError(ranking.once(), 2)).isCloseTo(0.8 / 3, within(1e-12));
  }

  @Test
  void aucIsNotANumberWithoutBothOutcomes() {
    Ranking ranking = new Ranking(new double[] {0.8, 0.6}, new boolean[] {true, true});

    assertThat(ranking.auc(ranking.once())).isNaN();
  }
}
