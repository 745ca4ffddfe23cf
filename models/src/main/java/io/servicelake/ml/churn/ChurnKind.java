package io.servicelake.ml.churn;

/** How a churn outcome is modelled. */
public enum ChurnKind {
  /** Logistic regression on shaped features: the incumbent at the start. */
  LOGISTIC,
  /** Boosted trees on plain features. */
  TREES,
  /** The mean of the logits of both. */
  BLEND
}
