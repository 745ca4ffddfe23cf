package io.servicelake.ml.linear;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits logistic regressions by MLlib on features it standardises itself, and calibrates them by
 * cross-fitting: logits of rows a fold has not seen, then Platt's scaling (Platt 1999).
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

  private static final String VECTOR = "vector";
  private static final StructType POINTS =
      new StructType()
          .add(LABEL.name(), DataTypes.DoubleType, false)
          .add(FOLD.name(), DataTypes.IntegerType, false)
          .add(VECTOR, SQLDataTypes.VectorType(), false);

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
    StorageLevel storage = StorageLevel.MEMORY_AND_DISK();
    Dataset<Row> kept = points.persist(storage);
    double[][] moments = moments(kept, names.size());
    double[] mean = moments[0];
    double[] scale = moments[1];
    JavaRDD<Row> rdd =
        kept.toJavaRDD()
            .map(
                row ->
                    RowFactory.create(
                        row.getDouble(1), row.getInt(2), standardised(row, mean, scale)));
    Dataset<Row> standard = points.sparkSession().createDataFrame(rdd, POINTS).persist(storage);
    try {
      LogisticModel model = model(fit(standard, parameters), names, mean, scale);
      if (folds < 2) {
        return model;
      }
      List<double[]> outOfFold = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        LogisticRegressionModel other = fit(standard.where(FOLD.col().notEqual(fold)), parameters);
        outOfFold.addAll(
            logits(
                standard.where(FOLD.col().equalTo(fold)),
                other.coefficients().toArray(),
                other.intercept()));
      }
      double[] scaling = platt(outOfFold);
      return model.calibrated(scaling[0], scaling[1]);
    } finally {
      standard.unpersist();
      kept.unpersist();
    }
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

  private static LogisticRegressionModel fit(Dataset<Row> points, LogisticParameters parameters) {
    return new LogisticRegression()
        .setFeaturesCol(VECTOR)
        .setLabelCol(LABEL.name())
        .setFamily("binomial")
        .setStandardization(false)
        .setRegParam(parameters.penalty())
        .setElasticNetParam(parameters.elasticNet())
        .setMaxIter(parameters.maxIterations())
        .setTol(1e-7)
        .fit(points);
  }

  private static LogisticModel model(
      LogisticRegressionModel fitted, List<String> names, double[] mean, double[] scale) {
    double[] coefficients = fitted.coefficients().toArray();
    List<LinearTerm> terms = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      terms.add(new LinearTerm(names.get(i), mean[i], scale[i], coefficients[i] + 0.0));
    }
    return new LogisticModel(fitted.intercept(), terms, 1, 0);
  }

  private static Vector standardised(Row row, double[] mean, double[] scale) {
    List<Double> features = row.getList(0);
    double[] values = new double[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (features.get(i) - mean[i]) / scale[i];
    }
    return Vectors.dense(values);
  }

  private static List<double[]> logits(
      Dataset<Row> points, double[] coefficients, double intercept) {
    return points
        .toJavaRDD()
        .map(
            row -> {
              Vector features = row.getAs(2);
              double logit = intercept;
              for (int i = 0; i < coefficients.length; i++) {
                logit += coefficients[i] * features.apply(i);
              }
              return new double[] {logit, row.getDouble(0)};
            })
        .collect();
  }

  /** Mean and population standard deviation of each feature; 1 for a feature that is constant. */
  private static double[][] moments(Dataset<Row> points, int width) {
    JavaRDD<Row> rdd = points.toJavaRDD();
    double[] sum =
        FixedOrder.add(rdd.mapPartitions(rows -> sums(rows, width)).collect(), width + 1);
    double count = sum[width];
    double[] mean = new double[width];
    for (int i = 0; i < width; i++) {
      mean[i] = sum[i] / Math.max(count, 1);
    }
    double[] squares =
        FixedOrder.add(rdd.mapPartitions(rows -> squares(rows, width, mean)).collect(), width);
    double[] scale = new double[width];
    for (int i = 0; i < width; i++) {
      double sd = Math.sqrt(squares[i] / Math.max(count, 1));
      scale[i] = sd > 1e-12 ? sd : 1;
    }
    return new double[][] {mean, scale};
  }

  private static Iterator<double[]> sums(Iterator<Row> rows, int width) {
    double[] sum = new double[width + 1];
    while (rows.hasNext()) {
      List<Double> features = rows.next().getList(0);
      for (int i = 0; i < width; i++) {
        sum[i] += features.get(i);
      }
      sum[width]++;
    }
    return List.of(sum).iterator();
  }

  private static Iterator<double[]> squares(Iterator<Row> rows, int width, double[] mean) {
    double[] sum = new double[width];
    while (rows.hasNext()) {
      List<Double> features = rows.next().getList(0);
      for (int i = 0; i < width; i++) {
        double difference = features.get(i) - mean[i];
        sum[i] += difference * difference;
      }
    }
    return List.of(sum).iterator();
  }
}
