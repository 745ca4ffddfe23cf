package io.servicelake.campaign;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.ml.campaign.CampaignDesign;
import io.servicelake.ml.campaign.Power;
import io.servicelake.ml.evaluation.Ranking;
import io.servicelake.transform.SqlTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What a campaign can show, stated on the day it is drawn. */
public final class PlanCampaigns {

  private PlanCampaigns() {}

  /**
   * Rows of decision.campaigns, one for each campaign of the candidates.
   *
   * @param plannedLift rise of the visit rate to be shown
   */
  public static Dataset<Row> compute(
      Dataset<Row> candidates, CampaignDesign design, double plannedLift) {
    List<Row> rows =
        SqlTransform.of("decision/campaign_counts.sql")
            .reading(WinbackCandidates.TABLE, candidates)
            .rows()
            .collectAsList()
            .stream()
            .map(counts -> row(counts, design, plannedLift))
            .toList();
    return candidates.sparkSession().createDataFrame(rows, Campaigns.TABLE.schema());
  }

  private static Row row(Row counts, CampaignDesign design, double plannedLift) {
    Map<String, Object> values = new HashMap<>();
    for (String name : counts.schema().fieldNames()) {
      values.put(name, counts.getAs(name));
    }
    values.put(Campaigns.HOLD_OUT_RATE.name(), design.holdOut());
    values.put(Campaigns.RANDOM_CONTACT_RATE.name(), design.randomContact());
    values.put(Campaigns.PLANNED_LIFT.name(), plannedLift);
    values.put(Campaigns.SALT.name(), design.salt());
    Double baseRate = counts.getAs(Campaigns.BASE_VISIT_RATE.name());
    if (baseRate != null && baseRate > 0 && baseRate + plannedLift < 1) {
      // Shares among those who are offered or held out; random contacts are neither.
      double holdOut = design.holdOut() / (1 - design.randomContact());
      values.put(
          Campaigns.NEEDED_COUNT.name(),
          Power.usual().customersNeeded(baseRate, plannedLift, holdOut));
      OptionalDouble smallest =
          Power.usual()
              .smallestLift(
                  counts.getAs(Campaigns.OFFER_COUNT.name()),
                  counts.getAs(Campaigns.HOLD_OUT_COUNT.name()),
                  baseRate);
      if (smallest.isPresent()) {
        values.put(Campaigns.SMALLEST_LIFT.name(), Ranking.round6(smallest.getAsDouble()));
      }
    }
    return inOrder(Campaigns.TABLE, values);
  }

  private static Row inOrder(TableContract table, Map<String, Object> values) {
    return RowFactory.create(
        table.fields().stream().map(field -> values.get(field.name())).toArray());
  }
}
