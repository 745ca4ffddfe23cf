package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.serving.DealerDays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows by dealer as the page tells them: dealers that are not shown lumped together, and, where
 * sums would not tell the whole, all rows again for the group.
 */
final class DealerRows {
  /** Stands for all dealers that are not shown. */
  static final String OTHERS = "+";

  /** Stands for the group itself. */
  static final String GROUP = "";

  private DealerRows() {}

  /** Dealers that are not shown are named {@link #OTHERS}. */
  static Dataset<Row> lumpOthers(Dataset<Row> table, List<String> shown) {
    Column dealer = DealerDays.DEALER_ID.col();
    return table.withColumn(
        DealerDays.DEALER_ID.name(),
        when(dealer.isin(shown.toArray()), dealer).otherwise(lit(OTHERS)));
  }

  /** The rows of each dealer, and all of them again under the group's name. */
  static Dataset<Row> withGroup(Dataset<Row> table) {
    return table.unionByName(table.withColumn(DealerDays.DEALER_ID.name(), lit(GROUP)));
  }
}
