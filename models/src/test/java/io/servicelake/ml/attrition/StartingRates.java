package io.servicelake.ml.attrition;

/** The visit process before any fit: for tests of what reads it. */
public final class StartingRates {
  private StartingRates() {}

  /** A model of them. */
  public static AttritionModel model() {
    return new AttritionModel(Rates.start().toMap(), 0, 0, 0);
  }
}
