package io.servicelake.ml.repeat;

/**
 * What margin is counted.
 *
 * @param days how far ahead
 * @param yearlyDiscountRate 0.1: a margin in a year is worth 1 / 1.1 of one today
 * @param share margin per unit of a visit's value
 */
public record Margins(int days, double yearlyDiscountRate, double share) {

  /** Three years, 10 % a year, the value itself. */
  public static Margins defaults() {
    return new Margins(1095, 0.1, 1);
  }
}
