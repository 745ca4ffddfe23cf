package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerTest {
  @Test
  void theNumberNeededIsThatOfOtherTools() {
    // R's power.prop.test(p1 = .50, p2 = .75, power = .90) gives 76.7 in each arm.
    assertThat(new Power(0.05, 0.9).customersNeeded(0.5, 0.25, 0.5)).isEqualTo(2 * 77);
  }

  @Test
  void theSmallestLiftIsTheOneTheNumberIsNeededFor() {
    long needed = Power.usual().customersNeeded(0.1, 0.03, 0.2);

    double lift =
        Power.usual()
            .smallestLift(Math.round(needed * 0.8), Math.round(needed * 0.2), 0.1)
            .orElseThrow();

    assertThat(lift).isCloseTo(0.03, within(1e-4));
  }

  @Test
  void aLiftOfTheStatedSizeIsSeenAsOftenAsPromised() {
    long needed = Power.usual().customersNeeded(0.1, 0.03, 0.2);
    long heldOut = Math.round(needed * 0.2);
    SplittableRandom random = new SplittableRandom(3);
    int replicates = 1000;
    int seen = 0;
    for (int i = 0; i < replicates; i++) {
      List<ArmOutcomes> outcomes =
          List.of(
              arm(Arm.OFFER, needed - heldOut, 0.13, random),
              arm(Arm.HOLD_OUT, heldOut, 0.1, random));
      Effect visits = IntentionToTreat.measure(outcomes, IntentionToTreat.singleLook()).visits();
      seen += visits.verdict() == Effect.Verdict.HIGHER ? 1 : 0;
    }
    // 80 % of 1,000: standard error 1.3 points, and the interval is not the formula's test.
    assertThat((double) seen / replicates).isCloseTo(0.8, within(0.04));
  }

  @Test
  void aHandfulOfCustomersShowsNothing() {
    assertThat(Power.usual().smallestLift(3, 1, 0.5)).isEmpty();
    assertThat(Power.usual().smallestLift(0, 100, 0.1)).isEmpty();
  }

  @Test
  void plansWithoutSpreadAreRefused() {
    assertThatThrownBy(() -> Power.usual().smallestLift(100, 100, 0))
        .hasMessageStartingWith("Cannot plan a campaign: base rate 0.0.");
    assertThatThrownBy(() -> new Power(0.05, 0.3))
        .hasMessageStartingWith("Cannot plan a campaign: alpha 0.05, power 0.3.");
  }

  private static ArmOutcomes arm(Arm arm, long customers, double rate, SplittableRandom random) {
    long visitors = 0;
    for (long i = 0; i < customers; i++) {
      visitors += random.nextDouble() < rate ? 1 : 0;
    }
    return new ArmOutcomes(
        "[]", arm, visitors, new MarginMoments(customers, 0, customers, 0, customers), 0, 0);
  }
}
