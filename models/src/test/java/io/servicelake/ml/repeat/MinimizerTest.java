package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MinimizerTest {

  @Test
  void theBottomOfABentValleyIsFound() {
    // Rosenbrock 1960: least at (1, 1).
    Minimizer.Result result =
        Minimizer.minimize(
            at -> {
              double along = 1 - at[0];
              double off = at[1] - at[0] * at[0];
              return new Minimizer.Value(
                  along * along + 100 * off * off,
                  new double[] {-2 * along - 400 * at[0] * off, 200 * off});
            },
            new double[] {-1.2, 1},
            200);

    assertThat(result.at()[0]).isCloseTo(1, within(1e-7));
    assertThat(result.at()[1]).isCloseTo(1, within(1e-7));
    assertThat(result.end()).isEqualTo("gradient");
  }

  @Test
  void aFunctionWithoutABottomEndsWithoutOne() {
    Minimizer.Result result =
        Minimizer.minimize(
            at -> new Minimizer.Value(Math.exp(at[0]), new double[] {Math.exp(at[0])}),
            new double[] {0},
            5);

    assertThat(result.iterations()).isEqualTo(5);
    assertThat(result.end()).isEqualTo("steps");
  }
}
