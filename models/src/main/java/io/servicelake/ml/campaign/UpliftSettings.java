package io.servicelake.ml.campaign;

import io.servicelake.ml.linear.LogisticParameters;

/**
 * Settings of learning uplift.
 *
 * @param logistic of the two models
 * @param ridge penalty of the transformed outcome's regression, on standardised features
 * @param smallestQ Q worth finding, visits per treated customer: customers are too few where it
 *     would lie within 1.96 standard errors of 0
 * @param fewestPerFeature customers with and without the outcome for each feature, in each arm
 */
public record UpliftSettings(
    LogisticParameters logistic, double ridge, double smallestQ, int fewestPerFeature) {

  /**
   * The light penalty of all models here; Q of half a visit per hundred treated; twenty customers
   * per feature, twice the usual ten (Peduzzi et al. 1996), since errors of two models add up.
   */
  public static UpliftSettings defaults() {
    return new UpliftSettings(LogisticParameters.defaults(), 1e-3, 0.005, 20);
  }
}
