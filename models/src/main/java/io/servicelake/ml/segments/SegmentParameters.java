package io.servicelake.ml.segments;

import io.servicelake.ml.cluster.ClusterParameters;

/**
 * Settings of the segments.
 *
 * @param weights weight of each trait in the core score
 * @param coreCut core score from which on a person is a core customer
 * @param spendQuantile share of active persons whose spend lies below full marks
 * @param fullVisits visit days in 24 months that give full marks for frequency
 * @param bestAgeYears age of the vehicle up to which it gets full marks, years
 * @param lastAgeYears age at which it gets none, years
 * @param fullKmPerDay daily distance that gives full marks for use
 * @param nearKm way to the dealer up to which it gets full marks, km
 * @param farKm way at which it gets none, km
 * @param fullContacts contacts reached in 12 months that give full marks
 * @param tiers shares of all spend that make the tiers by value
 * @param clusters settings of the behaviour clusters
 */
public record SegmentParameters(
    Weights weights,
    double coreCut,
    double spendQuantile,
    int fullVisits,
    double bestAgeYears,
    double lastAgeYears,
    double fullKmPerDay,
    double nearKm,
    double farKm,
    int fullContacts,
    ValueTiers.Shares tiers,
    ClusterParameters clusters) {

  /** Weights of the five traits; they need not add up to 1. */
  public record Weights(
      double spend, double vehicle, double proximity, double loyalty, double participation) {
    public Weights {
      double least =
          Math.min(Math.min(spend, vehicle), Math.min(proximity, Math.min(loyalty, participation)));
      if (!(least >= 0) || spend + vehicle + proximity + loyalty + participation <= 0) {
        throw new IllegalArgumentException(
            "Cannot weigh traits: %s, %s, %s, %s, %s. Weights are not negative and at least one is positive. Correct them."
                .formatted(spend, vehicle, proximity, loyalty, participation));
      }
    }

    /** Sum of the weights. */
    public double sum() {
      return spend + vehicle + proximity + loyalty + participation;
    }
  }

  /** Equal weights, cut at 0.6, tiers of half and four fifths of the spend, four clusters. */
  public static SegmentParameters defaults() {
    return new SegmentParameters(
        new Weights(1, 1, 1, 1, 1),
        0.6,
        0.9,
        4,
        6,
        12,
        30,
        5,
        30,
        2,
        new ValueTiers.Shares(0.5, 0.8),
        new ClusterParameters(4, 10, 100, 100_000, 100));
  }
}
