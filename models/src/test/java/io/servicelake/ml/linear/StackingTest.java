package io.servicelake.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StackingTest {
  private static final int ROWS = 20_000;

  private final Random random = new Random(8);
  private final double[] truth = normal();
  private final double[] outcomes = outcomes(truth);

  @Test
  void ofOneModelItUndoesAStretchedLogit() {
    Stacking stacking = Stacking.fit(outcomes, combined(2, truth, 1, ones()));

    // Standard errors on 20,000 rows are 0.009 and 0.018 / 2: four of them.
    assertThat(stacking.weights().get(0)).isCloseTo(0.5, within(0.04));
    assertThat(stacking.offset()).isCloseTo(-0.5, within(0.07));
  }

  @Test
  void twoModelsThatEachKnowAPartGetTheWeightsOfTheirParts() {
    double[] other = normal();
    double[] both = outcomes(combined(0.8, truth, 0.3, other));

    Stacking stacking = Stacking.fit(both, truth, other);

    // Standard errors are about 0.018: four of them.
    assertThat(stacking.weights().get(0)).isCloseTo(0.8, within(0.07));
    assertThat(stacking.weights().get(1)).isCloseTo(0.3, within(0.07));
    double[] weights = stacking.weights().stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(stacking.of(truth, other)[7])
        .isCloseTo(
            stacking.offset() + weights[0] * truth[7] + weights[1] * other[7], within(1e-12));
  }

  @Test
  void theSameModelTwiceIsAsGoodAsOnce() {
    Stacking once = Stacking.fit(outcomes, truth);
    Stacking twice = Stacking.fit(outcomes, truth, truth);

    assertThat(twice.weights().get(0) + twice.weights().get(1))
        .isCloseTo(once.weights().get(0), within(1e-6));
  }

  @Test
  void aModelThatWouldCountAgainstIsLeftOut() {
    double[] noise = normal();
    double[] against = combined(-1, truth, 1, noise);
    double[] both = outcomes(combined(1, truth, 0.5, noise));

    Stacking stacking = Stacking.fit(both, truth, combined(-1, noise, 0, noise));

    assertThat(stacking.weights().get(1)).isZero();
    assertThat(stacking).isEqualTo(withNothingOf(Stacking.fit(both, truth)));
    assertThat(Stacking.fit(outcomes, against).weights()).containsExactly(1.0);
    assertThat(Stacking.fit(outcomes, against).offset()).isZero();
  }

  @Test
  void ofLogitsThatTellNothingTheShareOfOutcomesIsLeft() {
    double share = Arrays.stream(outcomes).average().orElseThrow();
    double[] nothing = new double[ROWS];

    double[] calibrated = Stacking.fit(outcomes, nothing, nothing).of(nothing, nothing);

    assertThat(calibrated).containsOnly(calibrated[0]);
    assertThat(calibrated[0]).isCloseTo(Math.log(share / (1 - share)), within(1e-9));
  }

  @Test
  void outcomesToldWithoutErrorLeaveTheLogitsAsTheyAre() {
    double[] told = Arrays.stream(truth).map(logit -> logit > 0.3 ? 1 : 0).toArray();

    assertThat(Stacking.fit(told, truth)).isEqualTo(new Stacking(0, List.of(1.0)));
  }

  private static Stacking withNothingOf(Stacking one) {
    return new Stacking(one.offset(), List.of(one.weights().get(0), 0.0));
  }

  private double[] normal() {
    return random.doubles(ROWS, 0, 1).map(u -> random.nextGaussian()).toArray();
  }

  private double[] outcomes(double[] logits) {
    return Arrays.stream(logits)
        .map(logit -> random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0)
        .toArray();
  }

  private static double[] ones() {
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] combined(double a, double[] one, double b, double[] other) {
    double[] sum = new double[one.length];
    Arrays.setAll(sum, i -> a * one[i] + b * other[i]);
    return sum;
  }
}
