package io.servicelake.transform.serving;

import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.score.CustomerStates;
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
   * serving.base_health: one row per dealer, definition and period; persons only. By visits from
   * the dealer's first customer on, by states from the second month end scored on.
   *
   * @param months gold.customer_months
   * @param states score.customer_states
   * @param dealers current silver.dealers
   */
  public static Dataset<Row> baseHealth(
      Dataset<Row> months, Dataset<Row> states, Dataset<Row> dealers, LocalDate asOf) {
    Dataset<Row> spells =
        SqlTransform.of("serving/base_spells.sql")
            .reading(CustomerMonths.TABLE, months)
            .with("as_of", asOf)
            .rows();
    Dataset<Row> byStates =
        SqlTransform.of("serving/base_states.sql")
            .reading(CustomerStates.TABLE, states)
            .with("as_of", asOf)
            .rows();
    return SqlTransform.of("serving/base_health.sql")
        .reading("base_spells", spells)
        .reading("base_states", byStates)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(BaseHealth.TABLE);
  }
}
