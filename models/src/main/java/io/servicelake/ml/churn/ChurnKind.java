package io.servicelake.ml.churn;

/**
 * How a churn outcome is modelled. Where two models are stacked, the log loss for customers they
 * had not seen sets their weights. A regression on the visit process alone is no kind: it would
 * call everything overdue.
 */
public enum ChurnKind {
  /** Logistic regression on shaped features: the incumbent at the start. */
  LOGISTIC(true, false),

  /** Boosted trees on plain features. */
  TREES(false, true),

  /** Both, stacked. */
  BLEND(true, true),

  /** A regression on what the visit process says alone and trees, stacked. */
  PROCESS(true, true);

  private final boolean hasRegression;
  private final boolean hasTrees;

  ChurnKind(boolean hasRegression, boolean hasTrees) {
    this.hasRegression = hasRegression;
    this.hasTrees = hasTrees;
  }

  boolean hasRegression() {
    return hasRegression;
  }

  boolean hasTrees() {
    return hasTrees;
  }
}
