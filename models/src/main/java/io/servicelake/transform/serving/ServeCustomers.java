package io.servicelake.transform.serving;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.decision.ReasonEvidence;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What marketing reads of customers, pseudonymous. */
public final class ServeCustomers {
  private ServeCustomers() {}

  /**
   * serving.customer_cards: one row per person of the latest snapshot.
   *
   * @param latest latest row per person of feature.customer_snapshots
   * @param states score.customer_states
   * @param values score.customer_values
   */
  public static Dataset<Row> cards(
      Dataset<Row> latest,
      Dataset<Row> states,
      Dataset<Row> segments,
      Dataset<Row> churnScores,
      Dataset<Row> values,
      Dataset<Row> dealers,
      LocalDate asOf) {
    return SqlTransform.of("serving/customer_cards.sql")
        .reading(CustomerSnapshots.TABLE, latest)
        .reading(CustomerStates.TABLE, states)
        .reading(CustomerSegments.TABLE, segments)
        .reading(ChurnScores.TABLE, churnScores)
        .reading(CustomerValues.TABLE, values)
        .reading(ReasonEvidence.NAME, ReasonEvidence.of(latest))
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(CustomerCards.TABLE);
  }

  /**
   * serving.segment_flows: one row per dealer, month, segment before and after.
   *
   * @param segments score.customer_segments of all month ends scored
   */
  public static Dataset<Row> segmentFlows(
      Dataset<Row> segments, Dataset<Row> dealers, LocalDate asOf) {
    return SqlTransform.of("serving/segment_flows.sql")
        .reading(CustomerSegments.TABLE, segments)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(SegmentFlows.TABLE);
  }
}
