package io.servicelake.ml.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A fitted logistic regression with its calibration: logit = offset + slope * (intercept + terms).
 *
 * @param calibrationSlope slope of the logit after Platt's scaling, 1 without
 * @param calibrationOffset offset of the logit after Platt's scaling, 0 without
 */
public record LogisticModel(
    double intercept, List<LinearTerm> terms, double calibrationSlope, double calibrationOffset) {

  public LogisticModel {
    terms = List.copyOf(terms);
  }

  /** The same model with another calibration. */
  public LogisticModel calibrated(double slope, double offset) {
    return new LogisticModel(intercept, terms, slope, offset);
  }

  /** The same model with another intercept. */
  public LogisticModel shifted(double by) {
    return new LogisticModel(intercept + by, terms, calibrationSlope, calibrationOffset);
  }

  /**
   * Contribution of each group of features to the calibrated logit, relative to a row of average
   * features; in the order groups first appear.
   */
  public Map<String, Column> contributions(List<FeatureColumn> features) {
    Map<String, FeatureColumn> byName = new HashMap<>();
    features.forEach(feature -> byName.put(feature.name(), feature));
    Map<String, List<Column>> parts = new LinkedHashMap<>();
    Map<String, Double> atZero = new HashMap<>();
    for (LinearTerm term : terms) {
      FeatureColumn feature = byName.get(term.name());
      if (feature == null) {
        throw new IllegalArgumentException(
            "Cannot score: the model has feature %s, the code has none of that name. The model is of another version. Train it again."
                .formatted(term.name()));
      }
      List<Column> group = parts.computeIfAbsent(feature.group(), key -> new ArrayList<>());
      if (term.coefficient() != 0) {
        double slope = calibrationSlope * term.slope();
        group.add(feature.value().multiply(functions.lit(slope)));
        atZero.merge(feature.group(), -slope * term.mean(), Double::sum);
      }
    }
    Map<String, Column> contributions = new LinkedHashMap<>();
    parts.forEach(
        (group, columns) ->
            contributions.put(
                group,
                columns.stream()
                    .reduce(functions.lit(atZero.getOrDefault(group, 0.0)), Column::plus)));
    return contributions;
  }

  /** Calibrated logit of a row of average features. */
  public double reference() {
    return calibrationOffset + calibrationSlope * intercept;
  }

  /** Probability of a calibrated logit, rounded to 6 digits. */
  public static Column probability(Column logit) {
    return functions.round(
        functions.lit(1.0).divide(functions.lit(1.0).plus(functions.exp(functions.negate(logit)))),
        6);
  }

  /** Probability from the features, rounded to 6 digits. */
  public Column probability(List<FeatureColumn> features) {
    return probability(
        contributions(features).values().stream().reduce(functions.lit(reference()), Column::plus));
  }

  /** Uncalibrated logit of one row. */
  public double logit(double[] features) {
    double logit = intercept;
    for (int i = 0; i < features.length; i++) {
      LinearTerm term = terms.get(i);
      logit += term.coefficient() * (features[i] - term.mean()) / term.scale();
    }
    return logit;
  }
}
