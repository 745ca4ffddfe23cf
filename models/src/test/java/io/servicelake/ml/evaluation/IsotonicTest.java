package io.servicelake.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsotonicTest {
  @Test
  void ratesThatFallArePooledAndTiesAreOnePool() {
    // Rates by score 1, 2, 3: 1/2 (a tie), 0/1, 1/1. The second falls: 1/3 with the first.
    Isotonic fitted = Isotonic.fit(new double[] {3, 1, 2, 1}, new double[] {1, 1, 0, 0});

    assertThat(fitted.probability(0)).isEqualTo(1.5 / 4);
    assertThat(fitted.probability(1)).isEqualTo(1.5 / 4);
    assertThat(fitted.probability(2)).isEqualTo(1.5 / 4);
    assertThat(fitted.probability(2.5)).isEqualTo(1.5 / 2);
    assertThat(fitted.probability(9)).isEqualTo(1.5 / 2);
  }
}
