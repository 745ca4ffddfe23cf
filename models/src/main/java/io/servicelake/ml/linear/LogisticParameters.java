package io.servicelake.ml.linear;

/**
 * Settings of a logistic regression on standardised features.
 *
 * @param penalty strength of the elastic-net penalty on the mean log-loss
 * @param elasticNet share of the absolute penalty, 0 ridge to 1 lasso (Zou & Hastie 2005)
 * @param maxIterations passes over the rows at most
 */
public record LogisticParameters(double penalty, double elasticNet, int maxIterations) {

  /** A light penalty: features are few and rows are many. */
  public static LogisticParameters defaults() {
    return new LogisticParameters(2e-4, 0.2, 40);
  }
}
