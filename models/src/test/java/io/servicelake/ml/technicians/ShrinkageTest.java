package io.servicelake.ml.technicians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShrinkageTest {

  @Test
  void spreadThatChanceExplainsLeavesNoVarianceBetween() {
    // Spread of 1, chance of 4: less than chance leads one to expect.
    assertThat(Shrinkage.varianceBetween(new double[] {0, 1, 2}, new double[] {4, 4, 4})).isZero();
  }

  @Test
  void varianceBetweenIsSpreadLessChance() {
    // Equal chance: sample variance 16 less 1.
    assertThat(Shrinkage.varianceBetween(new double[] {0, 4, 8}, new double[] {1, 1, 1}))
        .isCloseTo(15, within(1e-9));
  }

  @Test
  void gammaPriorIsFoundAgain() {
    // 400 units, theta of variance 0.25 (prior worth 4), 10 expected events each: the variance of
    // ratios is 0.35, its estimate off by about 0.35 * sqrt(2/400) = 0.025, so the prior lies in
    // 1/(0.25 +- 0.075).
    Random random = new Random(2);
    double[] observed = new double[400];
    double[] expected = new double[400];
    for (int i = 0; i < observed.length; i++) {
      expected[i] = 10;
      double theta = 0;
      for (int part = 0; part < 4; part++) {
        theta -= Math.log(random.nextDouble()) / 4;
      }
      double time = -Math.log(random.nextDouble());
      while (time < theta * expected[i]) {
        observed[i]++;
        time -= Math.log(random.nextDouble());
      }
    }

    assertThat(Shrinkage.gammaPrior(observed, expected)).isBetween(3.0, 5.8);
  }

  @Test
  void oneUnitTellsNothingOfTheSpread() {
    assertThat(Shrinkage.varianceBetween(new double[] {3}, new double[] {1})).isZero();
  }
}
