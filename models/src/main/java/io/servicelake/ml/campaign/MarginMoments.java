package io.servicelake.ml.campaign;

/**
 * Margins of customers by their central moments, sums over customers; taken together after Pébay
 * (2008).
 *
 * @param count customers
 * @param mean margin per customer
 * @param second sum of squared distances from the mean; third and fourth: of higher powers
 */
public record MarginMoments(double count, double mean, double second, double third, double fourth) {

  /** Nobody. */
  public static final MarginMoments NONE = new MarginMoments(0, 0, 0, 0, 0);

  /** From a mean, a sum of squares and the shape, as databases tell them. */
  static MarginMoments of(
      double count, double mean, double second, double skewness, double excessKurtosis) {
    double variance = second / count;
    return new MarginMoments(
        count,
        mean,
        second,
        skewness * Math.pow(variance, 1.5) * count,
        (excessKurtosis + 3) * variance * variance * count);
  }

  /** Both together. */
  public MarginMoments plus(MarginMoments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    double a = count;
    double b = other.count;
    double n = a + b;
    double gap = other.mean - mean;
    double gap2 = gap * gap;
    return new MarginMoments(
        n,
        mean + gap * b / n,
        second + other.second + gap2 * a * b / n,
        third
            + other.third
            + gap2 * gap * a * b * (a - b) / (n * n)
            + 3 * gap * (a * other.second - b * second) / n,
        fourth
            + other.fourth
            + gap2 * gap2 * a * b * (a * a - a * b + b * b) / (n * n * n)
            + 6 * gap2 * (a * a * other.second + b * b * second) / (n * n)
            + 4 * gap * (a * other.third - b * third) / n);
  }

  /** Variance, n - 1 below; 0 of a single customer. */
  public double variance() {
    return count < 2 ? 0 : second / (count - 1);
  }

  /** How uncertain the variance is: its own variance over samples (Cramér 1946, 27.4). */
  double varianceOfVariance() {
    double square = variance() * variance();
    return Math.max(0, (fourth / count - square * (count - 3) / (count - 1)) / count);
  }
}
