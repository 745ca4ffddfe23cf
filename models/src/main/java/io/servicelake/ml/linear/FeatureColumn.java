package io.servicelake.ml.linear;

import org.apache.spark.sql.Column;

/**
 * A feature of a linear model, never null.
 *
 * @param group what the feature speaks of: contributions are folded into groups
 */
public record FeatureColumn(String name, String group, Column value) {}
