package io.servicelake.campaign;

import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Staff;
import io.servicelake.ml.campaign.Assignments;
import io.servicelake.ml.campaign.CampaignDesign;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.decision.ContactHolds;
import io.servicelake.transform.decision.Managers;
import io.servicelake.transform.decision.ReasonEvidence;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whom to win back with what: the offer of most expected gain per person at risk, greedily within
 * each dealer's budget and calls, then the arms. A campaign drawn on one day stands: another day
 * adds nothing to it, the same day decides it anew.
 */
public final class DecideWinback {
  private DecideWinback() {}

  /**
   * Rows of decision.winback_candidates of the campaign as decided on a day; none if it was decided
   * on another.
   *
   * @param measured what campaigns have shown of offers; asked for only if there is to decide
   * @param assignedOn as-of day
   */
  public static Dataset<Row> compute(
      WinbackInputs in,
      WinbackRules rules,
      Supplier<Map<Offer.Version, MeasuredLift>> measured,
      CampaignDesign design,
      LocalDate assignedOn) {
    Dataset<Row> ofCampaign =
        in.candidates()
            .where(
                WinbackCandidates.CAMPAIGN_ID
                    .col()
                    .equalTo(design.campaignId())
                    .and(WinbackCandidates.ASSIGNED_ON.col().notEqual(assignedOn)));
    if (!ofCampaign.isEmpty()) {
      return ofCampaign.limit(0);
    }
    // Once for drawing and for what is kept: both have to see the same rows.
    Dataset<Row> candidates =
        candidates(in, rules, measured.get(), design, assignedOn).localCheckpoint();
    return withArms(candidates, design);
  }

  /** Rows of decision.campaign_assignments: the candidates of all campaigns who were drawn. */
  public static Dataset<Row> assignments(Dataset<Row> candidates) {
    return candidates
        .where(WinbackCandidates.ARM.col().isNotNull())
        .select(
            CampaignAssignments.TABLE.fields().stream()
                .map(field -> field.col())
                .toArray(Column[]::new));
  }

  private static Dataset<Row> candidates(
      WinbackInputs in,
      WinbackRules rules,
      Map<Offer.Version, MeasuredLift> measured,
      CampaignDesign design,
      LocalDate assignedOn) {
    Dataset<Row> atRisk =
        SqlTransform.of("decision/customers_at_risk.sql")
            .reading(ChurnScores.TABLE, in.churnScores())
            .reading(CustomerSnapshots.TABLE, in.snapshots())
            .reading(CustomerSegments.TABLE, in.segments())
            .reading(CustomerValues.TABLE, in.values())
            .reading(ContactHolds.NAME, in.holds())
            .reading(ReasonEvidence.NAME, ReasonEvidence.of(in.snapshots()))
            .reading(CustomerIdentities.TABLE, in.identities())
            .reading(ServiceVisits.TABLE, in.visits())
            .reading(Staff.TABLE, in.staff())
            .reading(Managers.NAME, Managers.on(assignedOn, in.staff()))
            .reading(WinbackCandidates.TABLE, in.candidates())
            .with("assigned_on", assignedOn)
            .with("loss_probability", rules.lossProbability())
            .with("margin_share", rules.marginShare())
            .with("present_years", rules.presentYears())
            .rows();
    return SqlTransform.of("decision/winback_candidates.sql")
        .reading("customers_at_risk", atRisk)
        .reading(
            "offers",
            Offer.rows(atRisk.sparkSession(), rules.offers(), measured, rules.liftPriorSd()))
        .reading(WinbackRules.DEALER_BOUNDS, rules.dealerBounds(atRisk.sparkSession()))
        .with("campaign_id", design.campaignId())
        .with("assigned_on", assignedOn)
        .with("window_days", rules.windowDays())
        .with("calls", rules.bounds().calls())
        .with("budget_amount_minor", rules.bounds().budgetAmountMinor())
        .to(WinbackCandidates.TABLE);
  }

  private static Dataset<Row> withArms(Dataset<Row> candidates, CampaignDesign design) {
    Column isChosen = WinbackCandidates.HOLD_REASON.col().isNull();
    Dataset<Row> drawn =
        Assignments.draw(
                candidates.where(WinbackCandidates.OFFER_CODE.col().isNotNull()),
                WinbackCandidates.CUSTOMER_ID.col(),
                isChosen,
                List.of(WinbackCandidates.DEALER_ID.col(), WinbackCandidates.IS_CORE.col()),
                design)
            .drop(Assignments.CAMPAIGN_ID.name());
    return candidates
        .drop(
            WinbackCandidates.ARM.name(),
            WinbackCandidates.STRATUM.name(),
            WinbackCandidates.ASSIGNMENT_PROBABILITY.name(),
            WinbackCandidates.SALT_ID.name())
        .join(drawn, new String[] {WinbackCandidates.CUSTOMER_ID.name()}, "left")
        .select(
            WinbackCandidates.TABLE.fields().stream()
                .map(field -> field.col())
                .toArray(Column[]::new));
  }
}
