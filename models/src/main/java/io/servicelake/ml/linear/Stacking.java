package io.servicelake.ml.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * A calibrated logit out of the logits of models: an offset and their weighted sum. Fitted by
 * maximum likelihood on logits of rows the models had not seen, no weight below 0: a stacked
 * regression (Breiman 1996), of one model alone the scaling of Platt (1999).
 *
 * @param offset of the logit
 * @param weights one per model, 0 or more
 */
public record Stacking(double offset, List<Double> weights) {
  private static final int MAX_ITERATIONS = 50;
  private static final double TOLERANCE = 1e-8;
  private static final double RIDGE = 1e-9;

  public Stacking {
    weights = List.copyOf(weights);
  }

  /**
   * Fits. A model whose weight would be negative is left out, the worst first; where none is left,
   * also because the outcomes can be told without error and no weight is the best, the mean of the
   * logits stays as it is.
   *
   * @param outcomes 1 or 0, one per row
   * @param logits by model, one per row
   */
  public static Stacking fit(double[] outcomes, double[]... logits) {
    double[] weights = new double[logits.length];
    int[] models = IntStream.range(0, logits.length).toArray();
    while (models.length > 0) {
      double[][] kept = Arrays.stream(models).mapToObj(m -> logits[m]).toArray(double[][]::new);
      double[] found = maximum(outcomes, kept);
      int least =
          IntStream.range(0, kept.length)
              .reduce(0, (one, other) -> found[other + 1] < found[one + 1] ? other : one);
      if (found[least + 1] > 0) {
        for (int m = 0; m < models.length; m++) {
          weights[models[m]] = found[m + 1];
        }
        return new Stacking(found[0], DoubleStream.of(weights).boxed().toList());
      }
      int left = models[least];
      models = Arrays.stream(models).filter(m -> m != left).toArray();
    }
    Arrays.fill(weights, 1.0 / weights.length);
    return new Stacking(0, DoubleStream.of(weights).boxed().toList());
  }

  /** The calibrated logit of each row. */
  public double[] of(double[]... logits) {
    double[] sums = new double[logits[0].length];
    Arrays.setAll(sums, row -> offset + sum(row, logits));
    return sums;
  }

  private double sum(int row, double[][] logits) {
    double sum = 0;
    for (int m = 0; m < logits.length; m++) {
      sum += weights.get(m) * logits[m][row];
    }
    return sum;
  }

  /** Offset and weights of any sign by Newton's method; all 0 where it does not settle. */
  private static double[] maximum(double[] outcomes, double[][] logits) {
    int width = logits.length + 1;
    double[] found = new double[width];
    Arrays.fill(found, 1, width, 1.0 / logits.length);
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      double[] step = step(outcomes, logits, found);
      double length = 0;
      for (int i = 0; i < width; i++) {
        found[i] += step[i];
        length += Math.abs(step[i]);
      }
      if (length < TOLERANCE) {
        return found;
      }
    }
    return new double[width];
  }

  private static double[] step(double[] outcomes, double[][] logits, double[] at) {
    int width = at.length;
    double[] gradient = new double[width];
    double[][] information = new double[width][width];
    double[] row = new double[width];
    for (int r = 0; r < outcomes.length; r++) {
      row[0] = 1;
      double logit = at[0];
      for (int i = 1; i < width; i++) {
        row[i] = logits[i - 1][r];
        logit += at[i] * row[i];
      }
      double p = 1 / (1 + Math.exp(-logit));
      for (int i = 0; i < width; i++) {
        gradient[i] += (outcomes[r] - p) * row[i];
        for (int j = 0; j <= i; j++) {
          information[i][j] += p * (1 - p) * row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      information[i][i] += RIDGE;
      for (int j = 0; j < i; j++) {
        information[j][i] = information[i][j];
      }
    }
    try {
      return new CholeskyDecomposition(MatrixUtils.createRealMatrix(information), 0, 0)
          .getSolver()
          .solve(new ArrayRealVector(gradient, false))
          .toArray();
    } catch (NonPositiveDefiniteMatrixException e) {
      // The rows do not tell the weights apart.
      Arrays.fill(row, Double.NaN);
      return row;
    }
  }
}
