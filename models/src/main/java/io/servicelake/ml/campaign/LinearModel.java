package io.servicelake.ml.campaign;

import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LinearTerm;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A ridge regression (Hoerl & Kennard 1970) on standardised features: intercept plus terms. */
public record LinearModel(double intercept, List<LinearTerm> terms) {

  public LinearModel {
    terms = List.copyOf(terms);
  }

  /**
   * Fits from sums.
   *
   * @param moments number of rows; sums of each feature and of the outcome; sums of their products,
   *     lower triangle row by row
   */
  static LinearModel fit(double[] moments, List<String> names, double ridge) {
    int size = names.size();
    double count = moments[0];
    double[] mean = new double[size + 1];
    for (int i = 0; i <= size; i++) {
      mean[i] = moments[1 + i] / count;
    }
    double[][] covariance = new double[size + 1][size + 1];
    int at = 2 + size;
    for (int i = 0; i <= size; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = moments[at++] / count - mean[i] * mean[j];
        covariance[j][i] = covariance[i][j];
      }
    }
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      scale[i] = covariance[i][i] > 1e-18 ? Math.sqrt(covariance[i][i]) : 1;
    }
    RealMatrix left = MatrixUtils.createRealMatrix(size, size);
    double[] right = new double[size];
    for (int i = 0; i < size; i++) {
      right[i] = covariance[i][size] / scale[i];
      for (int j = 0; j < size; j++) {
        left.setEntry(i, j, covariance[i][j] / (scale[i] * scale[j]) + (i == j ? ridge : 0));
      }
    }
    double[] found =
        new CholeskyDecomposition(left).getSolver().solve(new ArrayRealVector(right)).toArray();
    List<LinearTerm> terms = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      terms.add(new LinearTerm(names.get(i), mean[i], scale[i], found[i]));
    }
    return new LinearModel(mean[size], terms);
  }

  /** The value of a row; features in the order of the terms. */
  Column value(List<FeatureColumn> features) {
    double atZero = intercept;
    Column value = functions.lit(0.0);
    for (int i = 0; i < terms.size(); i++) {
      LinearTerm term = terms.get(i);
      atZero -= term.slope() * term.mean();
      value = value.plus(features.get(i).value().multiply(functions.lit(term.slope())));
    }
    return value.plus(functions.lit(atZero));
  }
}
