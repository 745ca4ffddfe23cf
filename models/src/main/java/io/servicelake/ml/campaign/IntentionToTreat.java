package io.servicelake.ml.campaign;

import io.servicelake.ml.evaluation.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Measures a campaign by assignment: whoever was to be offered counts as offered, reached or not
 * (intention to treat). Strata weigh by their customers in both arms. Visits: Newcombe's interval
 * over strata; margin: difference of means, variances of each arm and stratum apart (Welch 1947),
 * degrees of freedom by how uncertain their sum is (Satterthwaite 1946).
 */
public final class IntentionToTreat {
  /** Fewest customers of an arm for an interval: a mean of skewed margins is not normal below. */
  public static final int FEWEST_PER_ARM = 100;

  /** Fewest customers of an arm in a stratum; smaller strata are put together. */
  public static final int FEWEST_PER_STRATUM = 10;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private IntentionToTreat() {}

  /** Critical value of a single look with a 95 % interval. */
  public static double singleLook() {
    return NORMAL.inverseCumulativeProbability(0.975);
  }

  /**
   * Measures.
   *
   * @param outcomes of one campaign, or of several {@link #together}
   * @param critical half-width of intervals in standard deviations: {@link #singleLook}, or that of
   *     the look by {@link AlphaSpending}
   */
  public static CampaignResult measure(List<ArmOutcomes> outcomes, double critical) {
    ArmOutcomes offered = total(outcomes, Arm.OFFER);
    ArmOutcomes heldOut = total(outcomes, Arm.HOLD_OUT);
    boolean isEnough = Math.min(offered.customers(), heldOut.customers()) >= FEWEST_PER_ARM;
    List<Stratum> strata = isEnough ? strata(outcomes) : List.of();
    return new CampaignResult(
        isEnough
            ? visits(strata, critical)
            : Effect.tooFew(share(offered.visitors(), offered), share(heldOut.visitors(), heldOut)),
        isEnough
            ? margin(strata, critical)
            : Effect.tooFew(offered.margin().mean(), heldOut.margin().mean()),
        offered.customers(),
        heldOut.customers(),
        strata.size(),
        share(offered.customers() - offered.reached(), offered),
        share(heldOut.contacted(), heldOut),
        targeting(byName(outcomes).values(), critical));
  }

  /**
   * Outcomes of several campaigns as those of one: strata of different campaigns stay apart, and
   * those too small are put together within their campaign.
   */
  public static List<ArmOutcomes> together(SortedMap<String, List<ArmOutcomes>> byCampaign) {
    List<ArmOutcomes> all = new ArrayList<>();
    byCampaign.forEach(
        (campaign, parts) ->
            strata(parts).stream()
                .flatMap(stratum -> stratum.parts().stream())
                .forEach(part -> all.add(part.within(campaign))));
    return all;
  }

  /** Only where customers were contacted at random are they like the others. */
  private static Optional<TargetingLift> targeting(Collection<Stratum> strata, double critical) {
    List<ArmOutcomes> beside =
        strata.stream()
            .filter(stratum -> stratum.random().customers() > 0)
            .flatMap(stratum -> stratum.parts().stream())
            .toList();
    ArmOutcomes offered = total(beside, Arm.OFFER);
    ArmOutcomes random = total(beside, Arm.RANDOM_CONTACT);
    return Math.min(offered.customers(), random.customers()) >= FEWEST_PER_ARM
        ? Optional.of(TargetingLift.of(offered, random, critical))
        : Optional.empty();
  }

  private record Stratum(ArmOutcomes offered, ArmOutcomes heldOut, ArmOutcomes random) {
    static Stratum of(ArmOutcomes part) {
      return new Stratum(
          part.arm() == Arm.OFFER ? part : ArmOutcomes.none(part.stratum(), Arm.OFFER),
          part.arm() == Arm.HOLD_OUT ? part : ArmOutcomes.none(part.stratum(), Arm.HOLD_OUT),
          part.arm() == Arm.RANDOM_CONTACT
              ? part
              : ArmOutcomes.none(part.stratum(), Arm.RANDOM_CONTACT));
    }

    List<ArmOutcomes> parts() {
      return List.of(offered, heldOut, random);
    }

    long fewest() {
      return Math.min(offered.customers(), heldOut.customers());
    }

    double customers() {
      return offered.customers() + heldOut.customers();
    }

    Stratum plus(Stratum other) {
      return new Stratum(
          offered.plus(other.offered), heldOut.plus(other.heldOut), random.plus(other.random));
    }
  }

  private static SortedMap<String, Stratum> byName(List<ArmOutcomes> outcomes) {
    SortedMap<String, Stratum> byName = new TreeMap<>();
    outcomes.forEach(part -> byName.merge(part.stratum(), Stratum.of(part), Stratum::plus));
    return byName;
  }

  /** Strata by name; those with too few in an arm in one, with the next larger if need be. */
  private static List<Stratum> strata(List<ArmOutcomes> outcomes) {
    List<Stratum> bySize = new ArrayList<>(byName(outcomes).values());
    bySize.sort(Comparator.comparingLong(Stratum::fewest));
    List<Stratum> kept = new ArrayList<>();
    Stratum rest = null;
    for (Stratum stratum : bySize) {
      if (stratum.fewest() < FEWEST_PER_STRATUM
          || rest != null && rest.fewest() < FEWEST_PER_STRATUM) {
        rest = rest == null ? stratum : rest.plus(stratum);
      } else {
        kept.add(stratum);
      }
    }
    if (rest != null) {
      kept.add(rest);
    }
    return kept;
  }

  private static Effect visits(List<Stratum> strata, double critical) {
    double[] weight = weights(strata);
    StratifiedProportions offered =
        proportions(strata.stream().map(Stratum::offered).toList(), weight, critical);
    StratifiedProportions heldOut =
        proportions(strata.stream().map(Stratum::heldOut).toList(), weight, critical);
    return Effect.of(offered.rate(), heldOut.rate(), offered.less(heldOut));
  }

  private static StratifiedProportions proportions(
      List<ArmOutcomes> parts, double[] weight, double critical) {
    return StratifiedProportions.of(
        weight,
        parts.stream().mapToLong(ArmOutcomes::customers).toArray(),
        parts.stream().mapToLong(ArmOutcomes::visitors).toArray(),
        critical);
  }

  private static Effect margin(List<Stratum> strata, double critical) {
    double[] weight = weights(strata);
    double offered = 0;
    double heldOut = 0;
    double variance = 0;
    double uncertainty = 0;
    double ifNormal = 0;
    for (int i = 0; i < weight.length; i++) {
      double square = weight[i] * weight[i];
      offered += weight[i] * strata.get(i).offered().margin().mean();
      heldOut += weight[i] * strata.get(i).heldOut().margin().mean();
      for (ArmOutcomes part : List.of(strata.get(i).offered(), strata.get(i).heldOut())) {
        MarginMoments margin = part.margin();
        double ofPart = square * margin.variance() / margin.count();
        variance += ofPart;
        ifNormal += 2 * ofPart * ofPart / (margin.count() - 1);
        uncertainty +=
            square * square * margin.varianceOfVariance() / (margin.count() * margin.count());
      }
    }
    // Skewed margins leave the variance less certain than normal ones would: never more freedom.
    double freedom = 2 * variance * variance / Math.max(uncertainty, ifNormal);
    double half = variance == 0 ? 0 : student(critical, Math.max(1, freedom)) * Math.sqrt(variance);
    double difference = offered - heldOut;
    return Effect.of(offered, heldOut, new Interval(difference - half, difference + half));
  }

  /** The value of Student's distribution with the tail of a normal one. */
  private static double student(double critical, double freedom) {
    double tail = NORMAL.cumulativeProbability(-critical);
    return -new TDistribution(null, freedom).inverseCumulativeProbability(tail);
  }

  private static double[] weights(List<Stratum> strata) {
    double total = strata.stream().mapToDouble(Stratum::customers).sum();
    return strata.stream().mapToDouble(stratum -> stratum.customers() / total).toArray();
  }

  private static ArmOutcomes total(List<ArmOutcomes> outcomes, Arm arm) {
    return outcomes.stream()
        .filter(part -> part.arm() == arm)
        .reduce(ArmOutcomes.none("", arm), ArmOutcomes::plus);
  }

  private static double share(double count, ArmOutcomes of) {
    return of.customers() == 0 ? Double.NaN : count / of.customers();
  }
}
