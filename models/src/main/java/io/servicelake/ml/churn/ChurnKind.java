package io.servicelake.ml.churn;

/**
 * How a churn outcome is modelled. A regression on the visit process alone is none of them: it
 * would call everything overdue.
 */
public enum ChurnKind {
  /** Logistic regression on shaped features: the incumbent at the start. */
  LOGISTIC(true, false),

  /** Boosted trees on plain features. */
  TREES(false, true),

  /** The mean of the logits of both. */
  BLEND(true, true),

  /** The mean of the logits of trees and of a regression on what the visit process says alone. */
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
