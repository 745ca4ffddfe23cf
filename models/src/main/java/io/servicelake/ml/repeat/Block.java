package io.servicelake.ml.repeat;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** The folded rows of one partition as plain arrays: count, values, weight. */
final class Block implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int width;
  private int rows;
  private int[] count = new int[0];
  private double[] values = new double[0];
  private double[] weight = new double[0];
  private double[] weightByCount = new double[0];

  private Block(int width) {
    this.width = width;
  }

  /** Rows of a count, so many values and a weight. */
  static Block of(Iterator<Row> source, int width) {
    Block block = new Block(width);
    while (source.hasNext()) {
      block.add(source.next());
    }
    return block;
  }

  private void add(Row row) {
    if (rows == count.length) {
      int capacity = Math.max(256, rows + rows / 2);
      count = Arrays.copyOf(count, capacity);
      values = Arrays.copyOf(values, capacity * width);
      weight = Arrays.copyOf(weight, capacity);
    }
    count[rows] = row.getInt(0);
    for (int i = 0; i < width; i++) {
      values[rows * width + i] = row.getDouble(1 + i);
    }
    weight[rows] = row.getLong(1 + width);
    if (count[rows] >= weightByCount.length) {
      weightByCount = Arrays.copyOf(weightByCount, count[rows] + 16);
    }
    weightByCount[count[rows]] += weight[rows];
    rows++;
  }

  /** Sum of weights, of weights with a count above 0, and of each value times its weight. */
  double[] totals() {
    double[] totals = new double[2 + width];
    for (int row = 0; row < rows; row++) {
      totals[0] += weight[row];
      totals[1] += count[row] > 0 ? weight[row] : 0;
      for (int i = 0; i < width; i++) {
        totals[2 + i] += weight[row] * values[row * width + i];
      }
    }
    return totals;
  }

  /** Log-likelihood and gradient at each point, one after the other. */
  double[] sums(Likelihood likelihood, double[][] points) {
    int length = 1 + likelihood.names().size();
    double[] all = new double[points.length * length];
    for (int point = 0; point < points.length; point++) {
      Likelihood.Terms terms = likelihood.at(points[point]);
      double[] sums = new double[length];
      for (int i = 0; i < weightByCount.length; i++) {
        if (weightByCount[i] > 0) {
          terms.addByCount(i, weightByCount[i], sums);
        }
      }
      for (int row = 0; row < rows; row++) {
        terms.addByHistory(count[row], values, row * width, weight[row], sums);
      }
      System.arraycopy(sums, 0, all, point * length, length);
    }
    return all;
  }
}
