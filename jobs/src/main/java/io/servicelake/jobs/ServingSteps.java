package io.servicelake.jobs;

import io.servicelake.campaign.CampaignOutcomes;
import io.servicelake.campaign.MeasureCampaigns;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.CampaignCards;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
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
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
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
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.jobs.config.ValueSettings;
import io.servicelake.jobs.config.WinbackSettings;
import io.servicelake.transform.decision.ContactHolds;
import io.servicelake.transform.feature.SnapshotsAsOf;
import io.servicelake.transform.serving.AggregateKpis;
import io.servicelake.transform.serving.ServeCare;
import io.servicelake.transform.serving.ServeCustomers;
import io.servicelake.transform.serving.ServeDealers;
import io.servicelake.transform.serving.ServeTrust;
import io.servicelake.transform.serving.ServeWinback;
import io.servicelake.transform.serving.ServeWorkshop;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The steps from gold, scores and decisions to the tables that are served. */
final class ServingSteps {
  private ServingSteps() {}

  static Step dealerDays() {
    return Step.to(DealerDays.TABLE)
        .from(facts())
        .from(Dealers.TABLE)
        .dependsOnAsOf()
        .by((in, run) -> AggregateKpis.dealerDays(in::get, in.current(Dealers.TABLE), run.asOf()));
  }

  static Step dealerMonths() {
    return Step.to(DealerMonths.TABLE)
        .from(facts())
        .from(DealerDays.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                AggregateKpis.dealerMonths(
                    in.get(DealerDays.TABLE), in::get, in.current(Dealers.TABLE), run.asOf()));
  }

  static Step dealerBenchmarks() {
    return Step.to(DealerBenchmarks.TABLE)
        .from(DealerDays.TABLE)
        .dependsOnAsOf()
        .by((in, run) -> ServeDealers.benchmarks(in.get(DealerDays.TABLE), run.asOf()));
  }

  static Step baseHealth() {
    return Step.to(BaseHealth.TABLE)
        .from(CustomerMonths.TABLE, CustomerStates.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeDealers.baseHealth(
                    in.get(CustomerMonths.TABLE),
                    in.get(CustomerStates.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step complaintBoard() {
    return Step.to(ComplaintBoard.TABLE)
        .from(ComplaintCases.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeCare.complaintBoard(
                    in.get(ComplaintCases.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf(),
                    run.endOfAsOf()));
  }

  static Step followUpBoard() {
    return Step.to(FollowUpBoard.TABLE)
        .from(ContactDuties.TABLE, CustomerContacts.TABLE, CustomerSegments.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeCare.followUpBoard(
                    in.get(ContactDuties.TABLE),
                    in.get(CustomerContacts.TABLE),
                    in.get(CustomerSegments.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step customerCards() {
    return Step.to(CustomerCards.TABLE)
        .from(
            CustomerSnapshots.TABLE,
            CustomerStates.TABLE,
            CustomerSegments.TABLE,
            ChurnScores.TABLE,
            CustomerValues.TABLE,
            Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeCustomers.cards(
                    latest(CustomerSnapshots.TABLE, in, run),
                    in.get(CustomerStates.TABLE),
                    in.get(CustomerSegments.TABLE),
                    in.get(ChurnScores.TABLE),
                    in.get(CustomerValues.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step segmentFlows() {
    return Step.to(SegmentFlows.TABLE)
        .from(CustomerSegments.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeCustomers.segmentFlows(
                    in.get(CustomerSegments.TABLE), in.current(Dealers.TABLE), run.asOf()));
  }

  static Step winbackList() {
    return Step.to(WinbackList.TABLE)
        .from(
            WinbackCandidates.TABLE,
            CallOutcomes.TABLE,
            CustomerContacts.TABLE,
            CustomerSnapshots.TABLE,
            CustomerStates.TABLE,
            Consents.TABLE,
            Customers.TABLE,
            CustomerIdentities.TABLE,
            Dealers.TABLE,
            Staff.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("winback")
        .by(
            (in, run) -> {
              Dataset<Row> snapshots = latest(CustomerSnapshots.TABLE, in, run);
              return ServeWinback.list(
                  in.get(WinbackCandidates.TABLE),
                  in.get(CallOutcomes.TABLE),
                  snapshots,
                  DecisionSteps.contactHolds(snapshots, in, run, ContactHolds.ALL_HEARD),
                  in.get(CustomerIdentities.TABLE),
                  in.current(Dealers.TABLE),
                  in.current(Staff.TABLE),
                  run.asOf());
            });
  }

  static Step campaignResults() {
    return Step.to(CampaignResults.TABLE)
        .from(
            CampaignAssignments.TABLE,
            Campaigns.TABLE,
            CustomerIdentities.TABLE,
            ServiceVisits.TABLE,
            CustomerContacts.TABLE,
            CallOutcomes.TABLE,
            Dealers.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("value")
        .by(
            (in, run) ->
                MeasureCampaigns.compute(
                    CampaignOutcomes.of(
                        in.get(CampaignAssignments.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        in.get(ServiceVisits.TABLE),
                        in.get(CustomerContacts.TABLE),
                        in.get(CallOutcomes.TABLE),
                        run.settings(ValueSettings.class).marginShare(),
                        run.asOf()),
                    in.get(Campaigns.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step offerFairness() {
    return Step.to(OfferFairness.TABLE)
        .from(WinbackCandidates.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("winback")
        .by(
            (in, run) ->
                ServeWinback.fairness(
                    in.get(WinbackCandidates.TABLE),
                    run.settings(WinbackSettings.class).fairnessTolerance(),
                    run.asOf()));
  }

  static Step serviceDueList() {
    return Step.to(ServiceDueList.TABLE)
        .from(
            ServiceDues.TABLE,
            VehicleSnapshots.TABLE,
            CustomerSegments.TABLE,
            ChurnScores.TABLE,
            Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeWorkshop.serviceDueList(
                    in.get(ServiceDues.TABLE),
                    latest(VehicleSnapshots.TABLE, in, run),
                    in.get(CustomerSegments.TABLE),
                    in.get(ChurnScores.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step componentWatch() {
    return Step.to(ComponentWatch.TABLE)
        .from(ComponentRisks.TABLE, VisitJobs.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeWorkshop.componentWatch(
                    in.get(ComponentRisks.TABLE),
                    in.get(VisitJobs.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step technicianCards() {
    return Step.to(TechnicianCards.TABLE)
        .from(TechnicianClusters.TABLE, Staff.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeWorkshop.technicianCards(
                    in.get(TechnicianClusters.TABLE),
                    in.current(Staff.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf()));
  }

  static Step modelReport() {
    return Step.to(ModelReport.TABLE)
        .from(ModelCards.TABLE, CampaignCards.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeTrust.modelReport(
                    in.get(ModelCards.TABLE), in.get(CampaignCards.TABLE), run.asOf()));
  }

  static Step dataQuality() {
    return Step.to(DataQuality.TABLE)
        .from(RowCounts.TABLE, Rejects.TABLE)
        .by((in, run) -> ServeTrust.dataQuality(in.get(RowCounts.TABLE), in.get(Rejects.TABLE)));
  }

  static Step freshness() {
    return Step.to(Freshness.TABLE)
        .from(RepairOrders.TABLE, Contacts.TABLE, Complaints.TABLE, Dealers.TABLE)
        .dependsOnAsOf()
        .by(
            (in, run) ->
                ServeTrust.freshness(
                    in.get(RepairOrders.TABLE),
                    in.get(Contacts.TABLE),
                    in.get(Complaints.TABLE),
                    in.current(Dealers.TABLE),
                    run.asOf(),
                    run.endOfAsOf(),
                    run.zone()));
  }

  private static TableContract[] facts() {
    return AggregateKpis.facts().toArray(TableContract[]::new);
  }

  private static Dataset<Row> latest(TableContract table, Inputs in, RunContext run) {
    return SnapshotsAsOf.latest(table, in.get(table), run.asOf());
  }
}
