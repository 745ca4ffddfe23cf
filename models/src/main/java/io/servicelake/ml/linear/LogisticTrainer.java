package io.servicelake.ml.linear;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits logistic regressions with an elastic-net penalty and calibrates them by cross-fitting:
 * logits of rows a fold has not seen, then Platt's scaling (Platt 1999). Each pass sums gradient
 * and Hessian on the executors and adds the partitions up in their order, so that a fit takes a
 * dozen passes and gives the same bits every time (MLlib's LogisticRegression takes a pass per
 * quasi-Newton step and adds partitions up as they finish).
 */
public final class LogisticTrainer {
  /** Features of a row, in the order of their names. */
  public static final Field FEATURES =
      new Field(
          "features",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "Features",
          "特征",
          "In the order of the names.");

  /** Outcome of a row. */
  public static final Field LABEL =
      new Field("label", Columns.DOUBLE, false, "Outcome", "结果", "1 if it happened, else 0.");

  /** Fold of a row: all rows of a customer or vehicle are in one. */
  public static final Field FOLD =
      new Field("fold", Columns.INT, false, "Fold", "折", "0 to folds - 1.");

  private static final int ALL = -1;
  private static final int HESSIAN_PASSES = 3;
  private static final double TOLERANCE = 1e-9;

  private LogisticTrainer() {}

  /** Rows for training: features, outcome and fold, in an order fixed by the key. */
  public static Dataset<Row> points(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      Column outcome,
      Column cluster,
      int folds,
      Column... key) {
    Column[] values = features.stream().map(FeatureColumn::value).toArray(Column[]::new);
    return FixedOrder.by(rows, key)
        .select(
            functions.array(values).as(FEATURES.name()),
            outcome.cast(Columns.DOUBLE).as(LABEL.name()),
            FixedOrder.bucket(folds, cluster).cast(Columns.INT).as(FOLD.name()));
  }

  /**
   * Fits and calibrates.
   *
   * @param points rows as {@link #points} makes them
   * @param names names of the features
   * @param folds folds of the cross-fitting; below 2 the model stays uncalibrated
   */
  public static LogisticModel fit(
      Dataset<Row> points, List<String> names, LogisticParameters parameters, int folds) {
    int width = names.size();
    JavaRDD<Block> raw =
        points
            .toJavaRDD()
            .mapPartitions(rows -> List.of(Block.of(rows, width)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    double[][] moments = moments(raw, width);
    double[] mean = moments[0];
    double[] scale = moments[1];
    JavaRDD<Block> blocks =
        raw.map(block -> block.standardised(mean, scale)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Fit whole = descend(blocks, new double[names.size() + 1], null, ALL, parameters);
      LogisticModel model = model(whole.coefficients(), names, mean, scale);
      if (folds < 2) {
        return model;
      }
      List<double[]> outOfFold = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        int leftOut = fold;
        double[] others =
            descend(blocks, whole.coefficients(), whole.hessian(), fold, parameters).coefficients();
        blocks
            .map(block -> block.scored(others, leftOut))
            .collect()
            .forEach(pairs -> Collections.addAll(outOfFold, pairs));
      }
      double[] scaling = platt(outOfFold);
      return model.calibrated(scaling[0], scaling[1]);
    } finally {
      blocks.unpersist();
      raw.unpersist();
    }
  }

  private record Fit(double[] coefficients, double[] hessian) {}

  /**
   * Newton's method with the Hessian of the first passes kept for the later ones; a step that
   * raises the objective is halved.
   *
   * @param knownHessian a Hessian to start with; null to measure it
   */
  private static Fit descend(
      JavaRDD<Block> blocks,
      double[] start,
      double[] knownHessian,
      int leftOut,
      LogisticParameters parameters) {
    int width = start.length - 1;
    double[] coefficients = start;
    double[] candidate = start;
    double[] hessian = knownHessian;
    double objective = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < parameters.maxIterations(); pass++) {
      boolean withHessian = knownHessian == null && pass < HESSIAN_PASSES;
      double[] sums = pass(blocks, candidate, leftOut, withHessian, width);
      double count = Math.max(sums[0], 1);
      double reached = sums[1] / count + ElasticNet.penalty(candidate, parameters);
      if (reached > objective + 1e-12) {
        candidate = middle(coefficients, candidate);
        continue;
      }
      boolean isSettled = objective - reached < TOLERANCE;
      coefficients = candidate;
      objective = reached;
      double[] gradient = divided(sums, 2, width + 1, count);
      if (withHessian) {
        hessian = divided(sums, 3 + width, sums.length - 3 - width, count);
      }
      if (isSettled) {
        break;
      }
      candidate = ElasticNet.step(coefficients, gradient, hessian, parameters);
    }
    return new Fit(coefficients, hessian);
  }

  private static double[] pass(
      JavaRDD<Block> blocks, double[] at, int leftOut, boolean withHessian, int width) {
    return FixedOrder.add(
        blocks.map(block -> block.pass(at, leftOut, withHessian).values()).collect(),
        Block.length(width, withHessian));
  }

  private static double[] middle(double[] a, double[] b) {
    double[] middle = new double[a.length];
    Arrays.setAll(middle, i -> (a[i] + b[i]) / 2);
    return middle;
  }

  private static double[] divided(double[] values, int from, int length, double by) {
    double[] result = new double[length];
    Arrays.setAll(result, i -> values[from + i] / by);
    return result;
  }

  /**
   * Slope and offset of the logit that fit outcomes best (maximum likelihood by Newton's method).
   *
   * @param points pairs of logit and outcome
   */
  static double[] platt(List<double[]> points) {
    double slope = 1;
    double offset = 0;
    for (int iteration = 0; iteration < 50; iteration++) {
      double gradientSlope = 0;
      double gradientOffset = 0;
      double ss = 1e-9;
      double so = 0;
      double oo = 1e-9;
      for (double[] point : points) {
        double p = 1 / (1 + Math.exp(-(offset + slope * point[0])));
        double error = point[1] - p;
        double weight = p * (1 - p);
        gradientSlope += error * point[0];
        gradientOffset += error;
        ss += weight * point[0] * point[0];
        so += weight * point[0];
        oo += weight;
      }
      double determinant = ss * oo - so * so;
      if (!(determinant > 1e-12)) {
        return new double[] {1, 0};
      }
      double stepSlope = (oo * gradientSlope - so * gradientOffset) / determinant;
      double stepOffset = (ss * gradientOffset - so * gradientSlope) / determinant;
      slope += stepSlope;
      offset += stepOffset;
      if (Math.abs(stepSlope) + Math.abs(stepOffset) < 1e-10) {
        break;
      }
    }
    // A slope that is not positive would turn the ranking round: the scores carry nothing then.
    return slope > 0 && Double.isFinite(slope + offset)
        ? new double[] {slope, offset}
        : new double[] {1, 0};
  }

  private static LogisticModel model(
      double[] coefficients, List<String> names, double[] mean, double[] scale) {
    List<LinearTerm> terms = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      terms.add(new LinearTerm(names.get(i), mean[i], scale[i], coefficients[i] + 0.0));
    }
    return new LogisticModel(coefficients[names.size()], terms, 1, 0);
  }

  /** Mean and population standard deviation of each feature; 1 for a feature that is constant. */
  private static double[][] moments(JavaRDD<Block> blocks, int width) {
    double[] sum = FixedOrder.add(blocks.map(Block::sums).collect(), width + 1);
    double count = Math.max(sum[width], 1);
    double[] mean = new double[width];
    Arrays.setAll(mean, i -> sum[i] / count);
    double[] squares = FixedOrder.add(blocks.map(block -> block.squares(mean)).collect(), width);
    double[] scale = new double[width];
    for (int i = 0; i < width; i++) {
      double sd = Math.sqrt(squares[i] / count);
      scale[i] = sd > 1e-12 ? sd : 1;
    }
    return new double[][] {mean, scale};
  }
}
