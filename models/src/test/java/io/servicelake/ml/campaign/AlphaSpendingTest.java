package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlphaSpendingTest {
  private static final double[] FIVE = {0.2, 0.4, 0.6, 0.8, 1};

  @Test
  void fiveEvenLooksHaveThePublishedCriticalValues() {
    // Reboussin, DeMets, Kim & Lan (2000), two-sided 5 %, spending after O'Brien and Fleming.
    assertThat(AlphaSpending.criticalValues(0.05, FIVE))
        .containsExactly(new double[] {4.8769, 3.3570, 2.6803, 2.2898, 2.0310}, within(1e-4));
  }

  @Test
  void aSingleLookAtTheEndIsThePlainTest() {
    assertThat(AlphaSpending.criticalValues(0.05, 1)[0])
        .isCloseTo(IntentionToTreat.singleLook(), within(1e-6));
    assertThat(AlphaSpending.spent(0.05, 1)).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void laterLooksDoNotChangeEarlierOnes() {
    double[] three = AlphaSpending.criticalValues(0.05, 0.1, 0.45, 0.5);

    assertThat(AlphaSpending.criticalValues(0.05, 0.1, 0.45)).containsExactly(three[0], three[1]);
  }

  @Test
  void looksThatBringNothingNewAreRefused() {
    assertThatThrownBy(() -> AlphaSpending.criticalValues(0.05, 0.5, 0.5))
        .hasMessageStartingWith("Cannot guard looks: alpha 0.05, fractions [0.5, 0.5].");
    assertThatThrownBy(() -> AlphaSpending.criticalValues(0.05, 0.5, 1.2))
        .hasMessageStartingWith("Cannot guard looks");
  }

  @Test
  void fiveLooksAtNoEffectSeeOneInOneCampaignOfTwentyAtMost() {
    double[] critical = AlphaSpending.criticalValues(0.05, FIVE);
    int replicates = 4000;
    int visits = 0;
    int margin = 0;
    int unguarded = 0;
    for (int seed = 0; seed < replicates; seed++) {
      MadeUpCampaign campaign = new MadeUpCampaign(0, 50_000 + seed);
      boolean isVisitsSeen = false;
      boolean isMarginSeen = false;
      boolean isSeenUnguarded = false;
      for (double z : critical) {
        campaign.with(1000);
        CampaignResult guarded = IntentionToTreat.measure(campaign.outcomes(), z);
        isVisitsSeen |= guarded.visits().verdict() != Effect.Verdict.NOT_SHOWN;
        isMarginSeen |= guarded.margin().verdict() != Effect.Verdict.NOT_SHOWN;
        isSeenUnguarded |=
            IntentionToTreat.measure(campaign.outcomes(), IntentionToTreat.singleLook())
                    .visits()
                    .verdict()
                != Effect.Verdict.NOT_SHOWN;
      }
      visits += isVisitsSeen ? 1 : 0;
      margin += isMarginSeen ? 1 : 0;
      unguarded += isSeenUnguarded ? 1 : 0;
    }

    // 5 % of 4,000 have a standard error of 0.34 points; the band is 2.33 of them (99 %, one side).
    assertThat((double) visits / replicates).isLessThanOrEqualTo(0.058);
    assertThat((double) margin / replicates).isLessThanOrEqualTo(0.058);
    // Five plain looks see something in 14 % (Armitage, McPherson & Rowe 1969).
    assertThat((double) unguarded / replicates).isCloseTo(0.142, within(0.02));
  }
}
