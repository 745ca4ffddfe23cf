package io.servicelake.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BeliefTest {
  @Test
  void silenceThroughAServiceThatWasDueTellsOfLeaving() {
    Belief belief = new Belief();
    belief.pass(0.1, 0);
    for (int day = 0; day < 60; day++) {
      belief.stayAway(0.05, 0.002);
    }

    // Bayes: 0.1 · 0.998^60 against 0.9 · 0.95^60.
    double left = 0.1 * Math.pow(0.998, 60);
    double attached = 0.9 * Math.pow(0.95, 60);
    assertThat(belief.left()).isCloseTo(left / (left + attached), within(1e-12));
    assertThat(belief.attached()).isCloseTo(attached / (left + attached), within(1e-12));
  }

  @Test
  void aVisitThatWhoLeftSeldomMakesSpeaksAgainstLeavingAndOfAVehicleStillHeld() {
    Belief belief = new Belief();
    belief.pass(0.2, 0.1);
    belief.come(0.04);

    double attached = 0.8 * 0.9;
    double left = 0.2 * 0.04;
    assertThat(belief.left()).isCloseTo(left / (left + attached), within(1e-12));
    assertThat(belief.attached() + belief.left()).isCloseTo(1, within(1e-12));
  }

  @Test
  void whoLetTheVehicleGoIsNeitherAttachedNorLeft() {
    Belief belief = new Belief();
    belief.pass(0.5, 0);
    belief.pass(0, 0.3);

    assertThat(belief.attached()).isCloseTo(0.35, within(1e-12));
    assertThat(belief.left()).isCloseTo(0.35, within(1e-12));
  }

  @Test
  void aNewVehicleFromTheGroupBringsBackSomeOfThoseWhoLeft() {
    Belief belief = new Belief();
    belief.pass(0.5, 0);
    belief.buyAgain(0.25, 0.15, 0.6);

    double back = 0.5 * 0.15 * 0.6;
    double stillLeft = 0.5 * 0.15 * 0.4;
    double attached = 0.5 * 0.25 + back;
    assertThat(belief.attached()).isCloseTo(attached / (attached + stillLeft), within(1e-12));
  }
}
