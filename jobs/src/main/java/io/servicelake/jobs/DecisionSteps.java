package io.servicelake.jobs;

import io.servicelake.campaign.CampaignOutcomes;
import io.servicelake.campaign.DecideWinback;
import io.servicelake.campaign.MeasureUplift;
import io.servicelake.campaign.MeasuredLift;
import io.servicelake.campaign.Offer;
import io.servicelake.campaign.PlanCampaigns;
import io.servicelake.campaign.WinbackInputs;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.CampaignCards;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.Staff;
import io.servicelake.jobs.TrainingInputs.Dated;
import io.servicelake.jobs.config.CareSettings;
import io.servicelake.jobs.config.OfferRules;
import io.servicelake.jobs.config.ValueSettings;
import io.servicelake.jobs.config.WinbackSettings;
import io.servicelake.jobs.winback.ExportedLists;
import io.servicelake.ml.Json;
import io.servicelake.ml.campaign.UpliftSettings;
import io.servicelake.transform.decision.AssignContactDuties;
import io.servicelake.transform.decision.ContactHolds;
import io.servicelake.transform.decision.Frozen;
import io.servicelake.transform.feature.SnapshotsAsOf;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The steps that decide. */
final class DecisionSteps {
  private static final int UPLIFT_DRAWS = 500;

  private DecisionSteps() {}

  static Step contactDuties() {
    return Step.to(ContactDuties.TABLE)
        .from(ServiceVisits.TABLE, CustomerSegments.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("care")
        .merge(ContactDuties.ASSIGNED_ON)
        .by(
            whileOpen(
                ContactDuties.ASSIGNED_ON,
                (in, run) ->
                    Frozen.isFrozen(
                        run.asOf(), in.get(CustomerSegments.TABLE), CustomerSegments.SCORED_ON),
                (in, run) -> {
                  CareSettings care = run.settings(CareSettings.class);
                  LocalDate asOf = run.asOf();
                  return AssignContactDuties.compute(
                      in.get(ServiceVisits.TABLE),
                      in.get(CustomerSegments.TABLE)
                          .where(
                              CustomerSegments.IS_CORE
                                  .col()
                                  .and(CustomerSegments.SCORED_ON.col().equalTo(asOf)))
                          .select(CustomerSegments.CUSTOMER_ID.col()),
                      in.output(),
                      care.cadenceInUse(),
                      care.highValueAmountMinor(),
                      asOf.minusDays(care.assignDays()),
                      asOf);
                }));
  }

  static Step winbackCandidates() {
    return Step.to(WinbackCandidates.TABLE)
        .from(
            ChurnScores.TABLE,
            CustomerSnapshots.TABLE,
            CustomerStates.TABLE,
            CustomerSegments.TABLE,
            CustomerValues.TABLE,
            Consents.TABLE,
            Customers.TABLE,
            CustomerIdentities.TABLE,
            CustomerContacts.TABLE,
            ServiceVisits.TABLE,
            Staff.TABLE,
            Dealers.TABLE,
            CallOutcomes.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("winback", "value")
        .alsoReads("lists out", DecisionSteps::listsOut)
        .alsoReads("offers", run -> Json.sha256(offers(run).toString()))
        .onLastDayOnly()
        .merge(WinbackCandidates.ASSIGNED_ON)
        .by(
            whileOpen(
                WinbackCandidates.ASSIGNED_ON,
                DecisionSteps::isCampaignFrozen,
                (in, run) -> {
                  WinbackSettings winback = run.settings(WinbackSettings.class);
                  refuseUnknownDealers(winback, in);
                  Dataset<Row> snapshots =
                      SnapshotsAsOf.latest(
                          CustomerSnapshots.TABLE, in.get(CustomerSnapshots.TABLE), run.asOf());
                  return DecideWinback.compute(
                      new WinbackInputs(
                          in.get(ChurnScores.TABLE),
                          snapshots,
                          contactHolds(snapshots, in, run, run.asOf()),
                          in.get(CustomerSegments.TABLE),
                          in.get(CustomerValues.TABLE),
                          in.get(CustomerIdentities.TABLE),
                          in.get(ServiceVisits.TABLE),
                          in.current(Staff.TABLE),
                          in.output()),
                      winback.rules(offers(run), run.settings(ValueSettings.class)),
                      () -> measuredLifts(in, run),
                      winback.design(run.asOf()),
                      run.asOf());
                }));
  }

  static Step campaignAssignments() {
    return Step.to(CampaignAssignments.TABLE)
        .from(WinbackCandidates.TABLE)
        .by((in, run) -> DecideWinback.assignments(in.get(WinbackCandidates.TABLE)));
  }

  /** What was stated of a campaign stands, as the drawing does; one not stated yet is stated. */
  static Step campaigns() {
    return Step.to(Campaigns.TABLE)
        .from(WinbackCandidates.TABLE, CustomerStates.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("winback")
        .alsoReads("lists out", DecisionSteps::listsOut)
        .by(
            (in, run) -> {
              WinbackSettings winback = run.settings(WinbackSettings.class);
              Column stands = Campaigns.ASSIGNED_ON.col().notEqual(run.asOf());
              Dataset<Row> stated =
                  isCampaignFrozen(in, run) ? in.output() : in.output().where(stands);
              Dataset<Row> notStated =
                  in.get(WinbackCandidates.TABLE)
                      .join(
                          stated.select(Campaigns.CAMPAIGN_ID.col()),
                          new String[] {Campaigns.CAMPAIGN_ID.name()},
                          "left_anti");
              return stated.unionByName(
                  PlanCampaigns.compute(
                      notStated, winback.design(run.asOf()), winback.plannedLift()));
            });
  }

  /** The card that tells whether uplift could be learned from campaigns. */
  static Step winbackUplift() {
    TrainingInputs learnsFrom =
        new TrainingInputs(
            List.of(
                new Dated(WinbackCandidates.TABLE, WinbackCandidates.ASSIGNED_ON),
                new Dated(CampaignAssignments.TABLE, CampaignAssignments.ASSIGNED_ON),
                new Dated(Campaigns.TABLE, Campaigns.ASSIGNED_ON),
                new Dated(CustomerIdentities.TABLE, null),
                new Dated(ServiceVisits.TABLE, ServiceVisits.VISIT_ON)));
    return Step.action("measure " + MeasureUplift.WINBACK_UPLIFT)
        .from(learnsFrom.contracts())
        .writes(CampaignCards.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models")
        .by(
            run -> {
              if (!learnsFrom.areUnchanged(run)) {
                ScoreSteps.fileCard(
                    CampaignCards.TABLE,
                    MeasureUplift.card(
                        run.in().get(WinbackCandidates.TABLE),
                        run.in().get(CampaignAssignments.TABLE),
                        run.in().get(Campaigns.TABLE),
                        run.in().get(CustomerIdentities.TABLE),
                        run.in().get(ServiceVisits.TABLE),
                        ScoreSteps.training(run, learnsFrom),
                        UpliftSettings.defaults(),
                        UPLIFT_DRAWS),
                    run);
              }
            });
  }

  /** Decides while the day is open; what was decided stands afterwards. */
  private static Step.Body whileOpen(
      Field assignedOn, BiPredicate<Inputs, RunContext> isFrozen, Step.Body decide) {
    return (in, run) ->
        isFrozen.test(in, run)
            ? in.output().where(assignedOn.col().equalTo(run.asOf()))
            : decide.compute(in, run);
  }

  /** A campaign stands from its first call lists on, and once a later day was run. */
  private static boolean isCampaignFrozen(Inputs in, RunContext run) {
    return ExportedLists.until(run.lake().files())
            .filter(day -> !run.asOf().isAfter(day))
            .isPresent()
        || Frozen.isFrozen(run.asOf(), in.get(CustomerStates.TABLE), CustomerStates.SCORED_ON);
  }

  private static String listsOut(RunContext run) {
    return ExportedLists.until(run.lake().files()).map(LocalDate::toString).orElse("none");
  }

  private static void refuseUnknownDealers(WinbackSettings winback, Inputs in) {
    Set<String> unknown = new TreeSet<>(winback.dealers().keySet());
    if (!unknown.isEmpty()) {
      in.current(Dealers.TABLE)
          .select(Dealers.DEALER_ID.col())
          .collectAsList()
          .forEach(row -> unknown.remove(row.getString(0)));
    }
    if (!unknown.isEmpty()) {
      throw new CannotException(
          "Cannot decide the campaign: winback.dealers names %s, of which silver.dealers knows nothing. Their bounds would be those of all dealers. Correct the ids."
              .formatted(String.join(", ", unknown)));
    }
  }

  /**
   * What stands against contacting the persons of the as-of day.
   *
   * @param heardUntil last day of calls whose outcome counts
   */
  static Dataset<Row> contactHolds(
      Dataset<Row> snapshots, Inputs in, RunContext run, LocalDate heardUntil) {
    WinbackSettings winback = run.settings(WinbackSettings.class);
    return ContactHolds.on(
        new ContactHolds.Rule(
            run.asOf(),
            run.endOfAsOf(),
            heardUntil,
            winback.consent().equals("REQUIRED"),
            winback.contactCap(),
            winback.contactCapDays()),
        snapshots,
        in.get(CustomerStates.TABLE),
        in.get(Consents.TABLE),
        in.get(Customers.TABLE),
        in.get(CustomerIdentities.TABLE),
        in.get(CustomerContacts.TABLE),
        in.get(CallOutcomes.TABLE));
  }

  private static List<Offer> offers(RunContext run) {
    return OfferRules.read(Path.of(run.resolve(run.settings(WinbackSettings.class).offers())));
  }

  private static Map<Offer.Version, MeasuredLift> measuredLifts(Inputs in, RunContext run) {
    Dataset<Row> over =
        in.output()
            .where(
                WinbackCandidates.ARM
                    .col()
                    .isNotNull()
                    .and(WinbackCandidates.WINDOW_UNTIL_ON.col().leq(run.asOf())));
    return over.isEmpty()
        ? Map.of()
        : CampaignOutcomes.measuredLifts(
            CampaignOutcomes.of(
                over,
                in.get(CustomerIdentities.TABLE),
                in.get(ServiceVisits.TABLE),
                in.get(CustomerContacts.TABLE),
                in.get(CallOutcomes.TABLE),
                run.settings(ValueSettings.class).marginShare(),
                run.asOf()),
            run.asOf());
  }
}
