package io.servicelake.ml.linear;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** The training rows of one partition as plain arrays, row after row. */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ALL = -1;

  private final int width;
  private double[] features = new double[0];
  private double[] label = new double[0];
  private int[] fold = new int[0];
  private long[] cluster = new long[0];
  private int rows;

  private Block(int width) {
    this.width = width;
  }

  /**
   * Sums of one pass: count, log-loss, gradient and, if wanted, the lower triangle of the Hessian.
   */
  record Sums(double[] values) implements Serializable {}

  /** The rows of a partition, features as they are. */
  static Block of(Iterator<Row> source, int width) {
    Block block = new Block(width);
    while (source.hasNext()) {
      block.add(source.next());
    }
    return block;
  }

  /** The same rows, features centred and scaled. */
  Block standardised(double[] mean, double[] scale) {
    Block block = new Block(width);
    block.features = new double[rows * width];
    for (int i = 0; i < block.features.length; i++) {
      block.features[i] = (features[i] - mean[i % width]) / scale[i % width];
    }
    block.label = label;
    block.fold = fold;
    block.cluster = cluster;
    block.rows = rows;
    return block;
  }

  /** The same rows with some features only. */
  Block only(int... places) {
    Block block = new Block(places.length);
    block.features = new double[rows * places.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < places.length; i++) {
        block.features[row * places.length + i] = features[row * width + places[i]];
      }
    }
    block.label = label;
    block.fold = fold;
    block.cluster = cluster;
    block.rows = rows;
    return block;
  }

  /** The same rows with the outcomes of others, which stand in the same order. */
  Block labelledAs(Block other) {
    Block block = new Block(width);
    block.features = features;
    block.label = other.label;
    block.fold = fold;
    block.cluster = cluster;
    block.rows = rows;
    return block;
  }

  /** Sum of each feature, then the number of rows. */
  double[] sums() {
    double[] sums = new double[width + 1];
    for (int i = 0; i < rows * width; i++) {
      sums[i % width] += features[i];
    }
    sums[width] = rows;
    return sums;
  }

  /** Sum of squared differences of each feature from its mean. */
  double[] squares(double[] mean) {
    double[] squares = new double[width];
    for (int i = 0; i < rows * width; i++) {
      double difference = features[i] - mean[i % width];
      squares[i % width] += difference * difference;
    }
    return squares;
  }

  private void add(Row row) {
    if (rows == label.length) {
      int capacity = Math.max(256, rows * 2);
      features = Arrays.copyOf(features, capacity * width);
      label = Arrays.copyOf(label, capacity);
      fold = Arrays.copyOf(fold, capacity);
      cluster = Arrays.copyOf(cluster, capacity);
    }
    List<Double> values = row.getList(0);
    for (int i = 0; i < width; i++) {
      features[rows * width + i] = values.get(i);
    }
    label[rows] = row.getDouble(1);
    fold[rows] = row.getInt(2);
    cluster[rows] = row.getLong(3);
    rows++;
  }

  /** Number of rows. */
  public int size() {
    return rows;
  }

  /** Length of the sums of a pass. */
  static int length(int width, boolean withHessian) {
    return 2 + (width + 1) + (withHessian ? (width + 1) * (width + 2) / 2 : 0);
  }

  /**
   * One pass at given coefficients: count, log-loss, gradient and, if wanted, the lower triangle of
   * the Hessian; the intercept is the last coefficient.
   *
   * @param leftOut fold whose rows are passed over; -1 for none
   */
  double[] pass(double[] coefficients, int leftOut, boolean withHessian) {
    double[] sums = new double[length(width, withHessian)];
    int hessian = 2 + width + 1;
    double[] x = new double[width + 1];
    x[width] = 1;
    for (int row = 0; row < rows; row++) {
      if (leftOut != ALL && fold[row] == leftOut) {
        continue;
      }
      System.arraycopy(features, row * width, x, 0, width);
      double logit = dot(x, coefficients);
      double p = 1 / (1 + Math.exp(-logit));
      double error = p - label[row];
      sums[0]++;
      sums[1] += Math.max(logit, 0) - logit * label[row] + Math.log1p(Math.exp(-Math.abs(logit)));
      for (int i = 0; i <= width; i++) {
        sums[2 + i] += error * x[i];
      }
      if (withHessian) {
        double weight = p * (1 - p);
        int at = hessian;
        for (int i = 0; i <= width; i++) {
          double weighted = weight * x[i];
          for (int j = 0; j <= i; j++) {
            sums[at++] += weighted * x[j];
          }
        }
      }
    }
    return sums;
  }

  /** A feature of a row. */
  public double feature(int row, int index) {
    return features[row * width + index];
  }

  /** Outcome of a row, 1 or 0. */
  public double label(int row) {
    return label[row];
  }

  /** Fold of a row. */
  public int fold(int row) {
    return fold[row];
  }

  /** Hash of the customer or vehicle a row is of. */
  public long cluster(int row) {
    return cluster[row];
  }

  /** Logits of a fold's rows, put in their places from an offset on. */
  void score(double[] coefficients, int wantedFold, double[] logits, int offset) {
    double[] x = new double[width + 1];
    x[width] = 1;
    for (int row = 0; row < rows; row++) {
      if (fold[row] == wantedFold) {
        System.arraycopy(features, row * width, x, 0, width);
        logits[offset + row] = dot(x, coefficients);
      }
    }
  }

  private static double dot(double[] x, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * coefficients[i];
    }
    return sum;
  }
}
