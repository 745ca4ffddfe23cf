package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.ml.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class IntentionToTreatTest {
  private static final double Z = IntentionToTreat.singleLook();

  @Test
  void intervalsCoverTheTrueEffect() {
    for (double lift : new double[] {0, 0.03}) {
      int replicates = 2000;
      int visits = 0;
      int margin = 0;
      for (int seed = 0; seed < replicates; seed++) {
        CampaignResult result =
            IntentionToTreat.measure(new MadeUpCampaign(lift, seed).with(4000).outcomes(), Z);
        visits += covers(result.visits().interval(), lift) ? 1 : 0;
        margin += covers(result.margin().interval(), MadeUpCampaign.marginLift(lift)) ? 1 : 0;
      }
      // 2,000 replicates: the standard error of a coverage of 95 % is 0.5 points, the band four.
      assertThat((double) visits / replicates).as("visits, lift %s", lift).isBetween(0.93, 0.97);
      assertThat((double) margin / replicates).as("margin, lift %s", lift).isBetween(0.93, 0.97);
    }
  }

  @Test
  void anOfferWithoutEffectIsCalledSoAndOneWithEffectIsSeen() {
    CampaignResult none =
        IntentionToTreat.measure(new MadeUpCampaign(0, 1).with(20_000).outcomes(), Z);
    CampaignResult some =
        IntentionToTreat.measure(new MadeUpCampaign(0.05, 1).with(20_000).outcomes(), Z);
    CampaignResult harm =
        IntentionToTreat.measure(new MadeUpCampaign(-0.05, 1).with(20_000).outcomes(), Z);

    assertThat(none.visits().verdict()).isEqualTo(Effect.Verdict.NOT_SHOWN);
    assertThat(none.margin().verdict()).isEqualTo(Effect.Verdict.NOT_SHOWN);
    assertThat(some.visits().verdict()).isEqualTo(Effect.Verdict.HIGHER);
    assertThat(some.margin().verdict()).isEqualTo(Effect.Verdict.HIGHER);
    assertThat(harm.visits().verdict()).isEqualTo(Effect.Verdict.LOWER);
    assertThat(some.strata()).isEqualTo(3);
  }

  @Test
  void newcombesIntervalCoversMoreEvenlyThanItsRivals() {
    // Exact coverage, every pair of counts weighed by its probability: 400 offered, 100 held out.
    double[][] extremes = {{1, 0}, {1, 0}, {1, 0}};
    for (double base : new double[] {0.02, 0.05, 0.1, 0.2, 0.4}) {
      for (double lift : new double[] {0, 0.03}) {
        double[] coverage = coverage(400, base + lift, 100, base);
        for (int i = 0; i < coverage.length; i++) {
          extremes[i][0] = Math.min(extremes[i][0], coverage[i]);
          extremes[i][1] = Math.max(extremes[i][1], coverage[i]);
        }
      }
    }

    assertThat(extremes[0][0]).as("Newcombe, lowest").isCloseTo(0.950, within(0.001));
    assertThat(extremes[0][1]).as("Newcombe, highest").isCloseTo(0.967, within(0.001));
    assertThat(extremes[1][1]).as("Agresti & Caffo, highest").isCloseTo(0.988, within(0.001));
    assertThat(extremes[2][0]).as("Wald, lowest").isCloseTo(0.865, within(0.001));
  }

  @Test
  void oneStratumGivesNewcombesPublishedInterval() {
    // Newcombe 1998, table II, method 10: 56 of 70 against 48 of 80.
    Interval interval = proportions(70, 56).less(proportions(80, 48));

    assertThat(interval.lower()).isCloseTo(0.0524, within(1e-4));
    assertThat(interval.upper()).isCloseTo(0.3339, within(1e-4));
  }

  @Test
  void equalStrataGiveAboutTheIntervalOfTheWhole() {
    double[] weight = new double[20];
    long[] count = new long[20];
    long[] hits = new long[20];
    for (int i = 0; i < 20; i++) {
      weight[i] = 0.05;
      count[i] = 50;
      hits[i] = 10;
    }

    StratifiedProportions strata = StratifiedProportions.of(weight, count, hits, Z);
    StratifiedProportions whole = proportions(1000, 200);

    assertThat(strata.rate()).isCloseTo(0.2, within(1e-12));
    assertThat(strata.interval().lower()).isCloseTo(whole.interval().lower(), within(1e-4));
    assertThat(strata.interval().upper()).isCloseTo(whole.interval().upper(), within(1e-4));
  }

  @Test
  void smallStrataArePutTogetherAndTinyCampaignsHaveNoInterval() {
    List<ArmOutcomes> outcomes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      outcomes.add(arm("s" + i, Arm.OFFER, 16, 4));
      outcomes.add(arm("s" + i, Arm.HOLD_OUT, 4, 1));
    }
    outcomes.add(arm("large", Arm.OFFER, 400, 80));
    outcomes.add(arm("large", Arm.HOLD_OUT, 100, 10));

    CampaignResult result = IntentionToTreat.measure(outcomes, Z);
    CampaignResult tiny = IntentionToTreat.measure(outcomes.subList(0, 20), Z);

    assertThat(result.strata()).isEqualTo(2);
    assertThat(result.offered()).isEqualTo(880);
    // 600 customers without effect, 500 with a rise from 0.1 to 0.2.
    assertThat(result.visits().difference()).isCloseTo(0.1 * 500 / 1100, within(1e-12));
    assertThat(tiny.visits().verdict()).isEqualTo(Effect.Verdict.TOO_FEW);
    assertThat(tiny.visits().interval().lower()).isNaN();
  }

  @Test
  void momentsOfTwoPartsAreThoseOfTheWhole() {
    double[] values = {0, 0, 3, 7, 0, 11, 2};

    MarginMoments parts = moments(0, 0, 3).plus(moments(7, 0, 11, 2));
    MarginMoments whole = moments(values);

    assertThat(parts.mean()).isCloseTo(whole.mean(), within(1e-12));
    assertThat(parts.variance()).isCloseTo(whole.variance(), within(1e-12));
    assertThat(parts.third()).isCloseTo(whole.third(), within(1e-9));
    assertThat(parts.fourth()).isCloseTo(whole.fourth(), within(1e-9));
    assertThat(parts.varianceOfVariance()).isPositive();
  }

  @Test
  void chosenCustomersAreHeldAgainstRandomOnes() {
    List<ArmOutcomes> outcomes =
        List.of(
            arm("a", Arm.OFFER, 2000, 400),
            arm("a", Arm.HOLD_OUT, 500, 80),
            arm("a", Arm.RANDOM_CONTACT, 1000, 80));

    TargetingLift lift = IntentionToTreat.measure(outcomes, Z).targeting().orElseThrow();

    assertThat(lift.ratio()).isCloseTo(2.5, within(1e-12));
    // Log-ratio with variance 1/400 - 1/2000 + 1/80 - 1/1000, near enough.
    assertThat(lift.interval().lower()).isCloseTo(2.5 * Math.exp(-Z * 0.1162), within(0.02));
    assertThat(lift.interval().upper()).isCloseTo(2.5 * Math.exp(Z * 0.1162), within(0.04));
    assertThat(IntentionToTreat.measure(outcomes.subList(0, 2), Z).targeting()).isEmpty();
  }

  @Test
  void campaignsThatHeldOutUnlikeSharesDoNotMakeAnEffectTogether() {
    TreeMap<String, List<ArmOutcomes>> byCampaign = new TreeMap<>();
    // Nobody comes for the offer: 30 % come in winter, 10 % in summer, with or without.
    byCampaign.put(
        "winter", List.of(arm("D1", Arm.OFFER, 800, 240), arm("D1", Arm.HOLD_OUT, 200, 60)));
    byCampaign.put(
        "summer", List.of(arm("D1", Arm.OFFER, 500, 50), arm("D1", Arm.HOLD_OUT, 500, 50)));

    Effect visits = IntentionToTreat.measure(IntentionToTreat.together(byCampaign), Z).visits();

    assertThat(visits.difference()).isCloseTo(0, within(1e-12));
  }

  @Test
  void smallStrataArePutTogetherWithinTheirCampaignFirst() {
    TreeMap<String, List<ArmOutcomes>> byCampaign = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      byCampaign
          .computeIfAbsent("winter", any -> new ArrayList<>())
          .addAll(List.of(arm("D" + i, Arm.OFFER, 30, 9), arm("D" + i, Arm.HOLD_OUT, 9, 3)));
      byCampaign
          .computeIfAbsent("summer", any -> new ArrayList<>())
          .addAll(List.of(arm("D" + i, Arm.OFFER, 9, 1), arm("D" + i, Arm.HOLD_OUT, 9, 1)));
    }

    CampaignResult result = IntentionToTreat.measure(IntentionToTreat.together(byCampaign), Z);

    // Two strata of 1,560 and 720 customers: 0.3 against a third, and a ninth each.
    assertThat(result.visits().difference()).isCloseTo(-(1.0 / 30) * 1560 / 2280, within(1e-12));
  }

  @Test
  void onlyCampaignsThatAlsoContactedAtRandomTellWhatTargetingIsWorth() {
    TreeMap<String, List<ArmOutcomes>> byCampaign = new TreeMap<>();
    byCampaign.put(
        "without", List.of(arm("D1", Arm.OFFER, 3000, 900), arm("D1", Arm.HOLD_OUT, 750, 225)));
    byCampaign.put(
        "with",
        List.of(
            arm("D1", Arm.OFFER, 800, 120),
            arm("D1", Arm.HOLD_OUT, 200, 30),
            arm("D1", Arm.RANDOM_CONTACT, 120, 18)));

    CampaignResult result = IntentionToTreat.measure(IntentionToTreat.together(byCampaign), Z);

    assertThat(result.targeting().orElseThrow().ratio()).isCloseTo(1, within(1e-12));
  }

  private static ArmOutcomes arm(String stratum, Arm arm, long customers, long visitors) {
    return new ArmOutcomes(
        stratum,
        arm,
        visitors,
        new MarginMoments(customers, visitors, customers, 0, customers),
        0,
        0);
  }

  private static MarginMoments moments(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double[] sums = new double[5];
    for (double value : values) {
      for (int power = 2; power <= 4; power++) {
        sums[power] += Math.pow(value - mean, power);
      }
    }
    return new MarginMoments(values.length, mean, sums[2], sums[3], sums[4]);
  }

  private static StratifiedProportions proportions(long count, long hits) {
    return StratifiedProportions.of(new double[] {1}, new long[] {count}, new long[] {hits}, Z);
  }

  private static boolean covers(Interval interval, double truth) {
    return interval.lower() <= truth && truth <= interval.upper();
  }

  /** Exact coverage of Newcombe's, Agresti & Caffo's and Wald's intervals. */
  private static double[] coverage(int n, double p, int m, double q) {
    BinomialDistribution offered = new BinomialDistribution(null, n, p);
    BinomialDistribution heldOut = new BinomialDistribution(null, m, q);
    double[] coverage = new double[3];
    for (int x = 0; x <= n; x++) {
      double ofX = offered.probability(x);
      for (int y = 0; ofX > 1e-8 && y <= m; y++) {
        double both = ofX * heldOut.probability(y);
        if (both < 1e-10) {
          continue;
        }
        coverage[0] += covers(proportions(n, x).less(proportions(m, y)), p - q) ? both : 0;
        coverage[1] += isNear((x + 1.0) / (n + 2), n + 2, (y + 1.0) / (m + 2), m + 2, p - q, both);
        coverage[2] += isNear((double) x / n, n, (double) y / m, m, p - q, both);
      }
    }
    return coverage;
  }

  private static double isNear(double a, int n, double b, int m, double truth, double weight) {
    double half = Z * Math.sqrt(a * (1 - a) / n + b * (1 - b) / m);
    return Math.abs(a - b - truth) <= half ? weight : 0;
  }
}
