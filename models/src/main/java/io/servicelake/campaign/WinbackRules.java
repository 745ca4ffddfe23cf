package io.servicelake.campaign;

import java.util.List;

/**
 * Bounds of a campaign.
 *
 * @param offers what may be offered
 * @param liftPriorSd standard deviation of what offers truly add about what is assumed
 * @param lossProbability from which a person is a candidate
 * @param budgetAmountMinor of a dealer, expected costs, hundredths
 * @param calls of a dealer
 * @param contactCap contacts within the days before, from which a customer gets no further one
 * @param windowDays days after assignment in which visits count
 * @param marginShare margin in own pay, where no model tells the margin
 * @param yearlyDiscountRate 0.1: a margin in a year is worth 1 / 1.1 of one today
 */
public record WinbackRules(
    List<Offer> offers,
    double liftPriorSd,
    double lossProbability,
    long budgetAmountMinor,
    int calls,
    int contactCap,
    int contactCapDays,
    int windowDays,
    double marginShare,
    double yearlyDiscountRate) {
  private static final int YEARS = 3;

  /** What three years of a steady payment are worth today, in years of it. */
  double presentYears() {
    double rate = Math.log1p(yearlyDiscountRate);
    return rate == 0 ? YEARS : -Math.expm1(-rate * YEARS) / rate;
  }
}
