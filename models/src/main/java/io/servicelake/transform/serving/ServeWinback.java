package io.servicelake.transform.serving;

import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.decision.ContactHolds;
import io.servicelake.transform.decision.Managers;
import java.time.LocalDate;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The win-back list, and whether its offers are fair. */
public final class ServeWinback {
  /** Several groups are looked at: 99 in 100 intervals hold the difference. */
  private static final double CRITICAL =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.995);

  private ServeWinback() {}

  /**
   * serving.winback_list: candidates of the latest campaign and of earlier ones whose window is
   * open, but those held out.
   *
   * @param latest latest row per person of feature.customer_snapshots
   * @param holds of {@link ContactHolds} on the day
   * @param dealers current silver.dealers
   * @param staff current silver.staff
   */
  public static Dataset<Row> list(
      Dataset<Row> candidates,
      Dataset<Row> callOutcomes,
      Dataset<Row> latest,
      Dataset<Row> holds,
      Dataset<Row> identities,
      Dataset<Row> dealers,
      Dataset<Row> staff,
      LocalDate asOf) {
    return SqlTransform.of("serving/winback_list.sql")
        .reading(WinbackCandidates.TABLE, candidates)
        .reading(
            "last_calls",
            SqlTransform.of("decision/last_calls.sql")
                .reading(CallOutcomes.TABLE, callOutcomes)
                .rows())
        .reading(CustomerSnapshots.TABLE, latest)
        .reading(ContactHolds.NAME, holds)
        .reading(CustomerIdentities.TABLE, identities)
        .reading(Dealers.TABLE, dealers)
        .reading(Managers.NAME, Managers.on(asOf, staff))
        .with("as_of", asOf)
        .to(WinbackList.TABLE);
  }

  /**
   * serving.offer_fairness of the latest campaign.
   *
   * @param tolerance difference of the discount and of the share with an offer, as a share of the
   *     group's own, from which they are flagged
   */
  public static Dataset<Row> fairness(Dataset<Row> candidates, double tolerance, LocalDate asOf) {
    return SqlTransform.of("serving/offer_fairness.sql")
        .reading(WinbackCandidates.TABLE, candidates)
        .with("as_of", asOf)
        .with("critical", CRITICAL)
        .with("tolerance", tolerance)
        .to(OfferFairness.TABLE);
  }
}
