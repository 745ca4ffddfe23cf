package io.servicelake.ml.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Median of figures under bootstrap weights; sorted once. */
public final class WeightedMedian {
  private final double[] values;
  private final int[] order;

  /** Figures, one per row. */
  public WeightedMedian(double[] values) {
    this.values = values;
    this.order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** The median; the mean of both middle figures where the count is even, NaN without figures. */
  public double of(int[] weight) {
    long total = 0;
    for (int w : weight) {
      total += w;
    }
    if (total == 0) {
      return Double.NaN;
    }
    long lower = (total + 1) / 2;
    long upper = total / 2 + 1;
    long seen = 0;
    double first = Double.NaN;
    for (int row : order) {
      seen += weight[row];
      if (Double.isNaN(first) && seen >= lower) {
        first = values[row];
      }
      if (seen >= upper) {
        return (first + values[row]) / 2;
      }
    }
    return Double.NaN;
  }

  /** The median with every figure counted once. */
  public double ofAll() {
    int[] once = new int[values.length];
    java.util.Arrays.fill(once, 1);
    return of(once);
  }
}
