package io.servicelake.ml.linear;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Fits logistic regressions with an elastic-net penalty and calibrates them by cross-fitting:
 * logits of rows a fold has not seen, then Platt's scaling (Platt 1999). Training rows are bounded
 * samples: they are gathered as plain arrays and fitted by Newton's method on the driver, partition
 * by partition in a fixed order, so that a fit takes a dozen passes of milliseconds and gives the
 * same bits every time (MLlib's LogisticRegression takes a Spark job per quasi-Newton step and adds
 * partitions up as they finish).
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

  private static final Field CLUSTER =
      new Field("cluster", Columns.LONG, false, "Cluster", "群", "Hash of customer or vehicle.");

  private static final int ALL = -1;
  private static final int HESSIAN_PASSES = 3;
  private static final double TOLERANCE = 1e-8;

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
            FixedOrder.bucket(folds, cluster).cast(Columns.INT).as(FOLD.name()),
            functions.xxhash64(cluster).as(CLUSTER.name()));
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
    TrainingRows rows = TrainingRows.gather(points, names.size());
    CrossFit<LogisticModel> fitted = crossFit(rows, names, parameters, folds);
    if (folds < 2) {
      return fitted.model();
    }
    Stacking scaling = Stacking.fit(rows.labels(), fitted.logits());
    return fitted.model().calibrated(scaling.weights().get(0), scaling.offset());
  }

  /**
   * Fits without calibration, on all rows and on those outside each fold.
   *
   * @param folds below 2 no logits of unseen rows are made
   */
  public static CrossFit<LogisticModel> crossFit(
      TrainingRows rows, List<String> names, LogisticParameters parameters, int folds) {
    int width = names.size();
    double[] mean = mean(rows.blocks(), width);
    double[] scale = scale(rows.blocks(), mean);
    List<Block> blocks =
        rows.blocks().stream().map(block -> block.standardised(mean, scale)).toList();
    Fit whole = descend(blocks, new double[width + 1], null, ALL, parameters);
    double[] logits = new double[folds < 2 ? 0 : rows.size()];
    for (int fold = 0; fold < folds && folds > 1; fold++) {
      double[] others =
          descend(blocks, whole.coefficients(), whole.hessian(), fold, parameters).coefficients();
      int offset = 0;
      for (Block block : blocks) {
        block.score(others, fold, logits, offset);
        offset += block.size();
      }
    }
    return new CrossFit<>(model(whole.coefficients(), names, mean, scale), logits);
  }

  private record Fit(double[] coefficients, double[] hessian) {}

  /**
   * Newton's method with the Hessian of the first passes kept for the later ones; a step that
   * raises the objective is halved.
   *
   * @param knownHessian a Hessian to start with; null to measure it
   */
  private static Fit descend(
      List<Block> blocks,
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
      List<Block> blocks, double[] at, int leftOut, boolean withHessian, int width) {
    return FixedOrder.add(
        blocks.parallelStream().map(block -> block.pass(at, leftOut, withHessian)).toList(),
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

  private static LogisticModel model(
      double[] coefficients, List<String> names, double[] mean, double[] scale) {
    List<LinearTerm> terms = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      terms.add(new LinearTerm(names.get(i), mean[i], scale[i], coefficients[i] + 0.0));
    }
    return new LogisticModel(coefficients[names.size()], terms, 1, 0);
  }

  private static double[] mean(List<Block> blocks, int width) {
    double[] sum = FixedOrder.add(blocks.stream().map(Block::sums).toList(), width + 1);
    return divided(sum, 0, width, Math.max(sum[width], 1));
  }

  /** Population standard deviation of each feature; 1 for a feature that is constant. */
  private static double[] scale(List<Block> blocks, double[] mean) {
    double count = Math.max(blocks.stream().mapToDouble(Block::size).sum(), 1);
    double[] squares =
        FixedOrder.add(blocks.stream().map(block -> block.squares(mean)).toList(), mean.length);
    double[] scale = new double[mean.length];
    for (int i = 0; i < scale.length; i++) {
      double sd = Math.sqrt(squares[i] / count);
      scale[i] = sd > 1e-12 ? sd : 1;
    }
    return scale;
  }
}
