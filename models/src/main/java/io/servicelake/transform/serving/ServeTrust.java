package io.servicelake.transform.serving;

import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.transform.SqlTransform;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What everybody reads before trusting a number: model cards, data quality, freshness. */
public final class ServeTrust {
  private ServeTrust() {}

  /** serving.model_cards: all metrics of the latest model of each name known on the as-of day. */
  public static Dataset<Row> modelReport(
      Dataset<Row> cards, Dataset<Row> campaignCards, LocalDate asOf) {
    return SqlTransform.of("serving/model_cards.sql")
        .reading(ModelCards.TABLE, cards.unionByName(campaignCards))
        .with("as_of", asOf)
        .to(ModelReport.TABLE);
  }

  /** serving.data_quality: what became of the rows of each source, added up over batches. */
  public static Dataset<Row> dataQuality(Dataset<Row> rowCounts, Dataset<Row> rejects) {
    return SqlTransform.of("serving/data_quality.sql")
        .reading(RowCounts.TABLE, rowCounts)
        .reading(Rejects.TABLE, rejects)
        .to(DataQuality.TABLE);
  }

  /**
   * serving.freshness: how far orders, contacts and complaints of each dealer reach.
   *
   * @param endOfAsOf first instant after the as-of day
   * @param zone the lake's zone
   */
  public static Dataset<Row> freshness(
      Dataset<Row> orders,
      Dataset<Row> contacts,
      Dataset<Row> complaints,
      Dataset<Row> dealers,
      LocalDate asOf,
      Instant endOfAsOf,
      ZoneId zone) {
    return SqlTransform.of("serving/freshness.sql")
        .reading(RepairOrders.TABLE, orders)
        .reading(Contacts.TABLE, contacts)
        .reading(Complaints.TABLE, complaints)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .with("end_at", endOfAsOf)
        .with("zone", zone.getId())
        .to(Freshness.TABLE);
  }
}
