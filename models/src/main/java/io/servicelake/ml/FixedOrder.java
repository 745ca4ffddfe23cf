package io.servicelake.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Puts rows in an order that depends on their content alone, so that two trainings on the same rows
 * give the same bits. Two partitions: their sums add up to the same whichever comes first.
 */
public final class FixedOrder {
  private static final int PARTITIONS = 2;
  private static final long BUCKETS = 1_000_003;

  private FixedOrder() {}

  /** Two partitions by hash of the key, each sorted by it; the key has to be unique. */
  public static Dataset<Row> by(Dataset<Row> rows, Column... key) {
    return rows.repartition(PARTITIONS, key).sortWithinPartitions(key);
  }

  /**
   * About {@code wanted} of {@code count} rows, chosen by a hash of the key: the same rows in every
   * run.
   */
  public static Dataset<Row> sample(Dataset<Row> rows, long wanted, long count, Column... key) {
    if (count <= wanted) {
      return rows;
    }
    return rows.where(isSampled((double) wanted / count, key));
  }

  /** True for a share of keys, chosen by their hash. */
  public static Column isSampled(double share, Column... key) {
    return bucket(BUCKETS, key).lt(Math.round(share * BUCKETS));
  }

  /** Number of a key's group, 0 to groups - 1, by its hash. */
  public static Column bucket(long groups, Column... key) {
    return functions.pmod(functions.xxhash64(key), functions.lit(groups));
  }

  /** The sum per column over all rows, added up partition by partition in their order. */
  public static double[] add(List<double[]> partials, int width) {
    double[] sum = new double[width];
    for (double[] partial : partials) {
      for (int i = 0; i < width; i++) {
        sum[i] += partial[i];
      }
    }
    return sum;
  }

  /** Exact quantiles of a column, sorted; NaN where there are no rows. */
  public static double[] quantiles(Dataset<Row> rows, Column value, double... shares) {
    Column[] wanted =
        Arrays.stream(shares)
            .mapToObj(share -> functions.percentile(value, functions.lit(share)))
            .toArray(Column[]::new);
    Row row = rows.select(wanted).head();
    double[] result = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      result[i] = row.isNullAt(i) ? Double.NaN : row.getDouble(i);
    }
    return result;
  }
}
