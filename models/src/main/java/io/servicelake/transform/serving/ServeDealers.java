package io.servicelake.transform.serving;

import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the manufacturer's region reads of dealers: benchmarks and base health. */
public final class ServeDealers {
  /** Peer groups smaller than this are not compared: a dealer could be told from the figures. */
  public static final int MIN_PEERS = 5;

  private ServeDealers() {}

  /**
   * serving.dealer_benchmarks: one row per dealer and key figure with a direction.
   *
   * @param days serving.dealer_days
   */
  public static Dataset<Row> benchmarks(Dataset<Row> days, LocalDate asOf) {
    return SqlTransform.of("serving/dealer_benchmarks.sql")
        .reading("daily_parts", AggregateKpis.dailyParts(days))
        .with("as_of", asOf)
        .with("min_peers", MIN_PEERS)
        .to(DealerBenchmarks.TABLE);
  }

  /**
   * serving.base_health: one row per dealer and month from its first customer on; persons only.
   *
   * @param months gold.customer_months
   * @param dealers current silver.dealers
   */
  public static Dataset<Row> baseHealth(Dataset<Row> months, Dataset<Row> dealers, LocalDate asOf) {
    return SqlTransform.of("serving/base_health.sql")
        .reading(CustomerMonths.TABLE, months)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(BaseHealth.TABLE);
  }
}
