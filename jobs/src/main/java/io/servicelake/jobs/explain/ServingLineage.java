package io.servicelake.jobs.explain;

import static io.servicelake.jobs.explain.Link.CHILD;
import static io.servicelake.jobs.explain.Link.PARENT;
import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.last_day;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.CampaignCards;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.jobs.serve.Publisher;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** The ways back from boards, lists and scores; key figures go by {@link CellParts}. */
final class ServingLineage {
  static final List<Link> LINKS = links();

  private ServingLineage() {}

  private static List<Link> links() {
    List<Link> links = new ArrayList<>();
    Publisher.tables().stream()
        .filter(table -> table.field(Dealers.DEALER_ID.name()).isPresent())
        .forEach(table -> links.add(Link.of(table, Dealers.TABLE).on(Dealers.DEALER_ID).current()));
    links.addAll(
        List.of(
            Link.of(BaseHealth.TABLE, CustomerMonths.TABLE)
                .on(BaseHealth.DEALER_ID, CustomerMonths.DEALER_ID)
                .where(CustomerMonths.ACCOUNT_CLASS.of(PARENT).equalTo("PERSON"))
                .where(CustomerMonths.MONTH_ON.of(PARENT).leq(BaseHealth.MONTH_ON.of(CHILD))),
            latest(CustomerCards.TABLE, CustomerSnapshots.TABLE, CustomerCards.CUSTOMER_ID),
            scored(CustomerCards.TABLE, CustomerSegments.TABLE, CustomerSegments.CUSTOMER_ID)
                .feeding(
                    CustomerCards.SPEND_SCORE,
                    CustomerCards.VEHICLE_SCORE,
                    CustomerCards.PROXIMITY_SCORE,
                    CustomerCards.LOYALTY_SCORE,
                    CustomerCards.PARTICIPATION_SCORE,
                    CustomerCards.VALUE_TIER,
                    CustomerCards.CORE_SCORE,
                    CustomerCards.IS_CORE,
                    CustomerCards.CLUSTER_LABEL_EN,
                    CustomerCards.CLUSTER_LABEL_ZH),
            scored(CustomerCards.TABLE, CustomerStates.TABLE, CustomerStates.CUSTOMER_ID)
                .on(CustomerStates.DEALER_ID)
                .feeding(
                    CustomerCards.STATE, CustomerCards.DEALER_STATE, CustomerCards.MISSED_COUNT),
            Link.of(SegmentFlows.TABLE, CustomerSegments.TABLE)
                .on(SegmentFlows.DEALER_ID, CustomerSegments.DEALER_ID)
                .where(
                    CustomerSegments.SCORED_ON
                        .of(PARENT)
                        .between(
                            date_sub(SegmentFlows.MONTH_ON.of(CHILD), 1),
                            SegmentFlows.UNTIL_ON.of(CHILD))),
            scored(CustomerCards.TABLE, ChurnScores.TABLE, ChurnScores.CUSTOMER_ID)
                .feeding(
                    CustomerCards.CHURN_180D_PROBABILITY,
                    CustomerCards.REASON_CODE_1,
                    CustomerCards.REASON_CODE_2,
                    CustomerCards.REASON_EVIDENCE_EN,
                    CustomerCards.REASON_EVIDENCE_ZH),
            scored(CustomerCards.TABLE, CustomerValues.TABLE, CustomerValues.CUSTOMER_ID)
                .feeding(
                    CustomerCards.EXPECTED_180D_VISITS,
                    CustomerCards.VISIT_180D_PROBABILITY,
                    CustomerCards.MARGIN_36M_AMOUNT,
                    CustomerCards.MARGIN_36M_LOWER_AMOUNT,
                    CustomerCards.MARGIN_36M_UPPER_AMOUNT,
                    CustomerCards.VALUE_MODEL_ID),
            Link.of(WinbackList.TABLE, WinbackCandidates.TABLE)
                .on(WinbackCandidates.CAMPAIGN_ID, WinbackCandidates.CUSTOMER_ID),
            Link.of(WinbackList.TABLE, CallOutcomes.TABLE)
                .on(CallOutcomes.CAMPAIGN_ID, CallOutcomes.CUSTOMER_ID)
                .feeding(WinbackList.STATE, WinbackList.MAY_CONTACT, WinbackList.HOLD_REASON),
            Link.of(WinbackList.TABLE, CustomerContacts.TABLE)
                .on(CustomerContacts.CUSTOMER_ID)
                .feeding(WinbackList.MAY_CONTACT, WinbackList.HOLD_REASON),
            Link.of(CampaignResults.TABLE, CampaignAssignments.TABLE)
                .where(ofTheResult(CampaignResults.CAMPAIGN_ID, CampaignAssignments.CAMPAIGN_ID))
                .where(ofTheResult(CampaignResults.OFFER_CODE, CampaignAssignments.OFFER_CODE)),
            Link.of(OfferFairness.TABLE, WinbackCandidates.TABLE).on(OfferFairness.CAMPAIGN_ID),
            latest(WinbackList.TABLE, CustomerSnapshots.TABLE, WinbackList.CUSTOMER_ID),
            scored(WinbackList.TABLE, CustomerStates.TABLE, CustomerStates.CUSTOMER_ID)
                .where(CustomerStates.IS_HOME.of(PARENT))
                .feeding(WinbackList.MAY_CONTACT, WinbackList.HOLD_REASON),
            Link.of(WinbackList.TABLE, CustomerIdentities.TABLE)
                .on(CustomerIdentities.CUSTOMER_ID)
                .feeding(WinbackList.MAY_CONTACT, WinbackList.HOLD_REASON),
            Link.of(CustomerIdentities.TABLE, Consents.TABLE)
                .on(Consents.CUSTOMER_RECORD_ID)
                .current()
                .feeding(WinbackList.MAY_CONTACT, WinbackList.HOLD_REASON),
            scored(ServiceDueList.TABLE, ServiceDues.TABLE, ServiceDues.VEHICLE_ID),
            Link.of(ComponentWatch.TABLE, VisitJobs.TABLE)
                .on(VisitJobs.DEALER_ID, VisitJobs.MODEL, VisitJobs.COMPONENT_CODE),
            scored(ComponentWatch.TABLE, ComponentRisks.TABLE, ComponentRisks.COMPONENT_CODE)
                .on(ComponentRisks.DEALER_ID, ComponentRisks.MODEL),
            scored(TechnicianCards.TABLE, TechnicianClusters.TABLE, TechnicianClusters.STAFF_ID),
            Link.of(TechnicianCards.TABLE, Staff.TABLE).on(Staff.STAFF_ID).current(),
            Link.of(FollowUpBoard.TABLE, ContactDuties.TABLE).on(ContactDuties.DUTY_ID),
            Link.of(FollowUpBoard.TABLE, CustomerContacts.TABLE)
                .on(FollowUpBoard.REPAIR_ORDER_ID)
                .feeding(FollowUpBoard.DONE_ON, FollowUpBoard.STATE),
            Link.of(ComplaintBoard.TABLE, ComplaintCases.TABLE).on(ComplaintCases.COMPLAINT_ID),
            Link.of(ModelReport.TABLE, ModelCards.TABLE).on(ModelCards.MODEL_ID, ModelCards.METRIC),
            Link.of(ModelReport.TABLE, CampaignCards.TABLE)
                .on(CampaignCards.MODEL_ID, CampaignCards.METRIC),
            Link.of(DataQuality.TABLE, RowCounts.TABLE)
                .on(RowCounts.SOURCE_ID, RowCounts.TARGET_TABLE),
            Link.of(DataQuality.TABLE, Rejects.TABLE)
                .on(Rejects.SOURCE_ID, Rejects.TARGET_TABLE)
                .feeding(
                    DataQuality.REJECTED_COUNT, DataQuality.REJECT_RATE, DataQuality.TOP_REASON),
            newest(RepairOrders.TABLE),
            newest(Contacts.TABLE),
            newest(Complaints.TABLE),
            Link.of(BaseHealth.TABLE, CustomerStates.TABLE)
                .on(BaseHealth.DEALER_ID, CustomerStates.DEALER_ID)
                .where(
                    CustomerStates.SCORED_ON
                        .of(PARENT)
                        .between(
                            date_sub(BaseHealth.MONTH_ON.of(CHILD), 1),
                            BaseHealth.UNTIL_ON.of(CHILD))),
            scoredFrom(VehicleStates.TABLE, VehicleSnapshots.TABLE, VehicleStates.SCORED_ON)
                .on(VehicleStates.VEHICLE_ID),
            scoredFrom(CustomerStates.TABLE, CustomerSnapshots.TABLE, CustomerStates.SCORED_ON)
                .on(CustomerStates.CUSTOMER_ID),
            Link.of(CustomerStates.TABLE, VehicleStates.TABLE)
                .on(CustomerStates.VEHICLE_ID, VehicleStates.VEHICLE_ID)
                .on(VehicleStates.SCORED_ON),
            scoredFrom(CustomerSegments.TABLE, CustomerSnapshots.TABLE, CustomerSegments.SCORED_ON)
                .on(CustomerSegments.CUSTOMER_ID),
            scoredFrom(ChurnScores.TABLE, CustomerSnapshots.TABLE, ChurnScores.SCORED_ON)
                .on(ChurnScores.CUSTOMER_ID),
            scoredFrom(CustomerValues.TABLE, CustomerSnapshots.TABLE, CustomerValues.SCORED_ON)
                .on(CustomerValues.CUSTOMER_ID),
            scoredFrom(ServiceDues.TABLE, VehicleSnapshots.TABLE, ServiceDues.SCORED_ON)
                .on(ServiceDues.VEHICLE_ID),
            scoredFrom(ComponentRisks.TABLE, ComponentSnapshots.TABLE, ComponentRisks.SCORED_ON)
                .on(ComponentRisks.VEHICLE_ID, ComponentRisks.COMPONENT_CODE),
            scoredFrom(
                    TechnicianClusters.TABLE,
                    TechnicianSnapshots.TABLE,
                    TechnicianClusters.SCORED_ON)
                .on(TechnicianClusters.STAFF_ID)));
    return List.copyOf(links);
  }

  /** Scores of the board's day. */
  private static Link scored(TableContract board, TableContract scores, Field entity) {
    return Link.of(board, scores)
        .on(entity)
        .where(CustomerSegments.SCORED_ON.of(PARENT).equalTo(CustomerCards.AS_OF_ON.of(CHILD)));
  }

  /** Snapshots up to the board's day; the latest of them tells. */
  private static Link latest(TableContract board, TableContract snapshots, Field entity) {
    return Link.of(board, snapshots).on(entity).where(newestBy(CustomerCards.AS_OF_ON));
  }

  /** The part a result is of, or all of them. */
  private static Column ofTheResult(Field result, Field assigned) {
    return result
        .of(CHILD)
        .equalTo(CampaignResults.ALL)
        .or(result.of(CHILD).equalTo(assigned.of(PARENT)));
  }

  /** Snapshots a score was computed from. */
  private static Link scoredFrom(TableContract scores, TableContract snapshots, Field scoredOn) {
    return Link.of(scores, snapshots).where(newestBy(scoredOn));
  }

  private static Column newestBy(Field day) {
    Column snapshotOn = CustomerSnapshots.SNAPSHOT_ON.of(PARENT);
    return snapshotOn
        .leq(day.of(CHILD))
        .and(snapshotOn.geq(last_day(add_months(day.of(CHILD), -1))));
  }

  private static Link newest(TableContract facts) {
    return Link.of(Freshness.TABLE, facts)
        .on(Freshness.DEALER_ID)
        .where(Freshness.FACT.of(CHILD).equalTo(facts.name()))
        .where(Versioned.KNOWN_AT.of(PARENT).equalTo(Freshness.LAST_KNOWN_AT.of(CHILD)));
  }
}
