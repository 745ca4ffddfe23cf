package io.servicelake.ml.campaign;

/** How uplift is learned. */
public enum UpliftKind {
  /** Probability if treated less probability if not, a logistic regression for each. */
  TWO_MODEL,
  /**
   * A ridge regression of the outcome over the probability of the arm, negative where not treated:
   * its mean given the features is the uplift (Athey & Imbens 2016).
   */
  TRANSFORMED_OUTCOME
}
