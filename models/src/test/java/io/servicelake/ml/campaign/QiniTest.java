package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.ml.evaluation.MetricResult;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QiniTest {
  @Test
  void fourCustomersByHand() {
    // In order: treated came, control did not, treated did not, control came. g = 0, 1, 1, 0 (one
    // treated visit less one control visit scaled by 2 / 2), at the start 0; per treated customer
    // 0, 0.5, 0.5, 0. Area by trapezoids (0 + 0.25 + 0.5 + 0.25) / 4 = 0.25; g(n) / 2 = 0.
    Qini qini =
        new Qini(
            new double[] {0.4, 0.3, 0.2, 0.1},
            new boolean[] {true, false, true, false},
            new double[] {1, 0, 0, 1});

    assertThat(qini.q()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void theAreaIsThatOfTrapezoidsWhereTheEndIsNotZero() {
    // Treated came, control did not: g = 0, 1, at the start 0. Area (0 + 0.5) / 2 = 0.25 less
    // g(n) / 2 = 0.5.
    Qini qini = new Qini(new double[] {0.4, 0.3}, new boolean[] {true, false}, new double[] {1, 0});

    assertThat(qini.q()).isCloseTo(-0.25, within(1e-12));
  }

  @Test
  void tiesStandInTheOrderGiven() {
    boolean[] isTreated = {true, false, true, false};
    double[] outcome = {1, 0, 0, 1};

    assertThat(new Qini(new double[4], isTreated, outcome).q())
        .isEqualTo(new Qini(new double[] {4, 3, 2, 1}, isTreated, outcome).q());
    assertThat(new Qini(new double[] {1e-8, 2e-8, 3e-8, 4e-8}, isTreated, outcome).q())
        .isEqualTo(new Qini(new double[4], isTreated, outcome).q());
  }

  @Test
  void aWeightCountsAsThatManyCustomers() {
    Qini three =
        new Qini(
            new double[] {3, 2, 2, 1},
            new boolean[] {true, false, false, true},
            new double[] {1, 0, 0, 1});
    Qini weighted =
        new Qini(
            new double[] {3, 2, 1, 5},
            new boolean[] {true, false, true, true},
            new double[] {1, 0, 1, 1});

    assertThat(weighted.q(new int[] {1, 2, 1, 0})).isCloseTo(three.q(), within(1e-12));
    assertThat(weighted.q(new int[] {1, 0, 1, 1})).isNaN();
  }

  @Test
  void aPersonOfSeveralCampaignsIsDrawnWithAllRows() {
    int persons = 500;
    int campaigns = 4;
    Random random = new Random(7);
    double[] uplift = random.doubles(persons).toArray();
    boolean[] isTreated = new boolean[persons];
    double[] outcome = new double[persons];
    for (int i = 0; i < persons; i++) {
      isTreated[i] = i % 2 == 0;
      outcome[i] = random.nextDouble() < 0.3 ? 1 : 0;
    }
    int rows = persons * campaigns;
    double[] manyUplifts = new double[rows];
    boolean[] manyArms = new boolean[rows];
    double[] manyOutcomes = new double[rows];
    int[] person = new int[rows];
    for (int i = 0; i < rows; i++) {
      person[i] = i / campaigns;
      manyUplifts[i] = uplift[person[i]];
      manyArms[i] = isTreated[person[i]];
      manyOutcomes[i] = outcome[person[i]];
    }

    double once = width(new Qini(uplift, isTreated, outcome));
    double byPerson = width(new Qini(manyUplifts, manyArms, manyOutcomes, person));
    double byRow = width(new Qini(manyUplifts, manyArms, manyOutcomes));

    // Four rows that say the same tell no more than one; drawn by row they would halve the
    // interval.
    assertThat(byPerson / once).isCloseTo(1, within(0.05));
    assertThat(byRow / once).isLessThan(0.7);
  }

  private static double width(Qini qini) {
    MetricResult q = qini.evaluate(400, 3);
    return q.upper() - q.lower();
  }

  @Test
  void noiseHasAQAroundZeroWithTheStatedError() {
    Random random = new Random(5);
    int size = 2000;
    double[] values = new double[400];
    for (int i = 0; i < values.length; i++) {
      double[] uplift = random.doubles(size).toArray();
      boolean[] isTreated = new boolean[size];
      double[] outcome = new double[size];
      for (int j = 0; j < size; j++) {
        isTreated[j] = j % 3 != 0;
        outcome[j] = random.nextDouble() < 0.15 ? 1 : 0;
      }
      values[i] = new Qini(uplift, isTreated, outcome).q();
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(values).map(q -> (q - mean) * (q - mean)).sum() / 399);

    double stated = Qini.standardError(0.15 * 0.85, size * 2 / 3.0, size / 3.0);
    // 400 draws: the mean is known to a twentieth of the deviation, the deviation to 3.5 %; the
    // rough formula may be off by more.
    assertThat(mean).isCloseTo(0, within(0.2 * stated));
    assertThat(deviation / stated).isBetween(0.8, 1.25);
  }

  @Test
  void theIntervalHoldsTheValue() {
    int size = 4000;
    Random random = new Random(6);
    double[] uplift = new double[size];
    boolean[] isTreated = new boolean[size];
    double[] outcome = new double[size];
    for (int i = 0; i < size; i++) {
      uplift[i] = random.nextDouble() * 0.2;
      isTreated[i] = random.nextBoolean();
      outcome[i] = random.nextDouble() < 0.2 + (isTreated[i] ? uplift[i] : 0) ? 1 : 0;
    }

    MetricResult result = new Qini(uplift, isTreated, outcome).evaluate(200, 1);

    // The area between a mean uplift of 0.1 and one falling from 0.2 to 0 is 0.2 / 12.
    assertThat(result.value()).isCloseTo(0.0167, within(0.012));
    assertThat(result.lower()).isLessThan(result.value());
    assertThat(result.upper()).isGreaterThan(result.value());
  }

  @Test
  void arraysOfUnlikeLengthAreRefused() {
    assertThatThrownBy(() -> new Qini(new double[2], new boolean[1], new double[2]))
        .hasMessageStartingWith("Cannot measure uplift: 2 scores, 1 arms, 2 outcomes, 2 persons.");
  }
}
