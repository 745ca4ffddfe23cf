package io.servicelake.ml.evaluation;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Draws clusters (customers, vehicles) with replacement; a row counts as often as its cluster was
 * drawn. Model and rule see the same draws, so their difference is paired. The same seed gives the
 * same draws.
 */
public final class Bootstrap {
  private final int[] clusterOfRow;
  private final int clusters;
  private final byte[][] drawn;

  /**
   * Draws all replicates.
   *
   * @param clusterOfRow number of each row's cluster, 0 to clusters - 1
   * @param replicates number of draws; 200 or more for a 95 % interval
   */
  public Bootstrap(int[] clusterOfRow, int replicates, long seed) {
    this.clusterOfRow = clusterOfRow;
    int highest = -1;
    for (int cluster : clusterOfRow) {
      highest = Math.max(highest, cluster);
    }
    this.clusters = highest + 1;
    this.drawn = new byte[replicates][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < replicates; i++) {
      drawn[i] = draw(random.split());
    }
  }

  /** Every row its own cluster. */
  public static Bootstrap ofRows(int rows, int replicates, long seed) {
    int[] own = new int[rows];
    for (int i = 0; i < rows; i++) {
      own[i] = i;
    }
    return new Bootstrap(own, replicates, seed);
  }

  /** A measure on every replicate. */
  public double[] replicates(ToDoubleFunction<int[]> measure) {
    double[] values = new double[drawn.length];
    int[] weight = new int[clusterOfRow.length];
    for (int i = 0; i < drawn.length; i++) {
      for (int row = 0; row < weight.length; row++) {
        weight[row] = drawn[i][clusterOfRow[row]];
      }
      values[i] = measure.applyAsDouble(weight);
    }
    return values;
  }

  /** The 95 % interval of a measure. */
  public Interval interval(ToDoubleFunction<int[]> measure) {
    return Interval.of95(replicates(measure));
  }

  /** The 95 % interval of the paired difference of two measures. */
  public Interval difference(ToDoubleFunction<int[]> model, ToDoubleFunction<int[]> rule) {
    return Interval.of95(
        replicates(weight -> model.applyAsDouble(weight) - rule.applyAsDouble(weight)));
  }

  private byte[] draw(SplittableRandom random) {
    byte[] times = new byte[clusters];
    for (int i = 0; i < clusters; i++) {
      int cluster = random.nextInt(clusters);
      times[cluster] = (byte) Math.min(times[cluster] + 1, Byte.MAX_VALUE);
    }
    return times;
  }
}
