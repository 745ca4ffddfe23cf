package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows a likelihood is summed over: equal rows folded into one with a weight, kept on the
 * executors as arrays until closed. Partitions and their order follow from the content, and partial
 * sums, a few numbers each, are added up in the order of partitions: two runs give the same bits.
 */
final class FoldedRows implements AutoCloseable {
  private static final Field WEIGHT =
      new Field("weight", Columns.LONG, false, "Weight", "权重", "Customers alike.");

  private final JavaRDD<Block> blocks;
  private final double[] totals;

  /**
   * Folds and keeps rows.
   *
   * @param count a whole number, 0 or more
   * @param values never null
   */
  FoldedRows(Dataset<Row> rows, int partitions, Field count, List<Field> values) {
    List<Column> typed = new ArrayList<>();
    List<Column> key = new ArrayList<>();
    typed.add(count.col().cast(Columns.INT).as(count.name()));
    key.add(count.col());
    for (Field value : values) {
      typed.add(value.col().cast(Columns.DOUBLE).as(value.name()));
      key.add(value.col());
    }
    Column[] names = key.toArray(Column[]::new);
    int width = values.size();
    blocks =
        rows.select(typed.toArray(Column[]::new))
            .groupBy(names)
            .agg(functions.count(functions.lit(1)).as(WEIGHT.name()))
            .repartition(partitions, names)
            .sortWithinPartitions(names)
            .toJavaRDD()
            .mapPartitions(source -> List.of(Block.of(source, width)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    totals = add(Block::totals, 2 + width);
  }

  /** Customers. */
  double customers() {
    return totals[0];
  }

  /** Customers with a count above 0. */
  double repeaters() {
    return totals[1];
  }

  /** Mean of a value over customers. */
  double mean(int value) {
    return totals[2 + value] / totals[0];
  }

  /** Log-likelihood and gradient at each point, one after the other, in one pass. */
  double[] sums(Likelihood likelihood, double[]... points) {
    return add(
        block -> block.sums(likelihood, points), points.length * (1 + likelihood.names().size()));
  }

  private double[] add(Function<Block, double[]> partial, int length) {
    return FixedOrder.add(blocks.map(partial).collect(), length);
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
