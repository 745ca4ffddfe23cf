package io.servicelake.ml.churn;

/** How a churn outcome is modelled. */
public enum ChurnKind {
  /** Logistic regression on shaped features: the incumbent at the start. */
  LOGISTIC(true, false),

  /** Boosted trees on plain features. */
  TREES(false, true),

  /** The mean of the logits of both. */
  BLEND(true, true),

  /** Logistic regression on what the visit process says, and nothing else. */
  PROCESS(true, false),

  /** The mean of the logits of that and of the trees. */
  PROCESS_BLEND(true, true);

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

  /** True where the regression knows the visit process alone. */
  boolean isOfProcess() {
    return this == PROCESS || this == PROCESS_BLEND;
  }
}
