package io.servicelake.ml;

import io.servicelake.TestRows;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Helps for tests on made-up tables of some thousand rows. */
public final class MadeUpRows {
  private MadeUpRows() {}

  /** The rows outside of the plan: plans that carry many rows are slow to analyse. */
  public static Dataset<Row> build(TestRows rows) {
    Dataset<Row> local = rows.build();
    return local.sparkSession().createDataFrame(local.toJavaRDD(), local.schema()).cache();
  }

  /** The same rows in another order and other partitions. */
  public static Dataset<Row> shuffled(Dataset<Row> rows) {
    return rows.repartition(5).orderBy(functions.rand(1)).repartition(3);
  }

  /** The rows as sorted texts, for comparison. */
  public static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
