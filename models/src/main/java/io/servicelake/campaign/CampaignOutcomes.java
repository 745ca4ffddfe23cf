package io.servicelake.campaign;

import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.campaign.ArmOutcomes;
import io.servicelake.ml.campaign.CampaignResult;
import io.servicelake.ml.campaign.IntentionToTreat;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What became of the customers of campaigns. */
public final class CampaignOutcomes {
  private CampaignOutcomes() {}

  /**
   * One row per campaign and person drawn: the assignment's columns and those of {@link
   * ArmOutcomes}.
   *
   * @param assignments decision.campaign_assignments, or candidates who were drawn
   * @param marginShare margin in own pay, 0 to 1
   */
  public static Dataset<Row> of(
      Dataset<Row> assignments,
      Dataset<Row> identities,
      Dataset<Row> visits,
      Dataset<Row> contacts,
      Dataset<Row> callOutcomes,
      double marginShare,
      LocalDate asOf) {
    return SqlTransform.of("decision/campaign_outcomes.sql")
        .reading(CampaignAssignments.TABLE, assignments)
        .reading(CustomerIdentities.TABLE, identities)
        .reading(ServiceVisits.TABLE, visits)
        .reading(CustomerContacts.TABLE, contacts)
        .reading(CallOutcomes.TABLE, callOutcomes)
        .with("margin_share", marginShare)
        .with("as_of", asOf)
        .rows();
  }

  /**
   * What offers added to the visit rate, by code and version, over all campaigns that are over;
   * offers with fewer than {@value IntentionToTreat#FEWEST_PER_ARM} customers in an arm are left
   * out.
   */
  public static Map<Offer.Version, MeasuredLift> measuredLifts(
      Dataset<Row> outcomes, LocalDate asOf) {
    Map<Offer.Version, SortedMap<String, List<ArmOutcomes>>> byOffer = new HashMap<>();
    ArmOutcomes.byGroup(
            outcomes.where(CampaignAssignments.WINDOW_UNTIL_ON.col().leq(asOf)),
            CampaignAssignments.OFFER_CODE,
            CampaignAssignments.OFFER_VERSION,
            CampaignAssignments.CAMPAIGN_ID)
        .forEach(
            (group, arms) ->
                byOffer
                    .computeIfAbsent(
                        new Offer.Version((String) group.get(0), (String) group.get(1)),
                        any -> new TreeMap<>())
                    .put((String) group.get(2), arms));
    Map<Offer.Version, MeasuredLift> lifts = new HashMap<>();
    byOffer.forEach(
        (offer, byCampaign) -> {
          CampaignResult result =
              IntentionToTreat.measure(
                  IntentionToTreat.together(byCampaign), IntentionToTreat.singleLook());
          if (!Double.isNaN(result.visits().interval().lower())) {
            lifts.put(offer, MeasuredLift.of(result.visits()));
          }
        });
    return lifts;
  }
}
