package io.servicelake.ml.linear;

/**
 * One feature of a fitted model: it adds {@code coefficient * (x - mean) / scale} to the logit, so
 * that a row of average features is the reference.
 */
public record LinearTerm(String name, double mean, double scale, double coefficient) {

  /** What the feature adds per unit. */
  public double slope() {
    return coefficient / scale;
  }
}
