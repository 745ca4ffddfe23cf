package io.servicelake;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.CampaignCards;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.ops.Alerts;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.ops.Runs;
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
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Parts;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.VehicleReadings;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import java.util.List;

/** Every table of the lake and of serving, in the order data flows. */
public final class AllTables {
  public static final List<TableContract> ALL =
      List.of(
          SourceRows.TABLE,
          SubjectKeys.TABLE,
          Secrets.TABLE,
          Dealers.TABLE,
          Customers.TABLE,
          Vehicles.TABLE,
          VehicleOwnerships.TABLE,
          Staff.TABLE,
          RepairOrders.TABLE,
          RepairOrderLines.TABLE,
          Contacts.TABLE,
          Complaints.TABLE,
          Consents.TABLE,
          Parts.TABLE,
          VehicleReadings.TABLE,
          RecallModels.TABLE,
          Rejects.TABLE,
          CustomerLinks.TABLE,
          CustomerIdentities.TABLE,
          VisitVersions.TABLE,
          ServiceVisits.TABLE,
          VisitJobs.TABLE,
          CustomerContacts.TABLE,
          ComplaintSteps.TABLE,
          ComplaintCases.TABLE,
          CustomerMonths.TABLE,
          VehicleUsage.TABLE,
          VehicleRecalls.TABLE,
          CustomerSnapshots.TABLE,
          VehicleSnapshots.TABLE,
          ComponentSnapshots.TABLE,
          TechnicianSnapshots.TABLE,
          VehicleStates.TABLE,
          CustomerStates.TABLE,
          CustomerSegments.TABLE,
          ChurnScores.TABLE,
          CustomerValues.TABLE,
          ServiceDues.TABLE,
          ComponentRisks.TABLE,
          TechnicianClusters.TABLE,
          ModelCards.TABLE,
          ContactDuties.TABLE,
          WinbackCandidates.TABLE,
          CampaignAssignments.TABLE,
          Campaigns.TABLE,
          CampaignCards.TABLE,
          CallOutcomes.TABLE,
          DealerDays.TABLE,
          DealerMonths.TABLE,
          DealerBenchmarks.TABLE,
          BaseHealth.TABLE,
          CustomerCards.TABLE,
          SegmentFlows.TABLE,
          WinbackList.TABLE,
          CampaignResults.TABLE,
          OfferFairness.TABLE,
          ServiceDueList.TABLE,
          ComponentWatch.TABLE,
          TechnicianCards.TABLE,
          FollowUpBoard.TABLE,
          ComplaintBoard.TABLE,
          ModelReport.TABLE,
          DataQuality.TABLE,
          Freshness.TABLE,
          ExpectationResults.TABLE,
          WinbackContacts.TABLE,
          Runs.TABLE,
          Alerts.TABLE,
          RowCounts.TABLE);

  private AllTables() {}
}
