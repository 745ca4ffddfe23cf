package io.servicelake.jobs;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.decision.ContactDuties;
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
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.serving.BaseHealth;
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
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.jobs.config.CareSettings;
import io.servicelake.jobs.config.ComponentSettings;
import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.ModelSettings;
import io.servicelake.jobs.config.ServiceIntervalSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.ingest.Mapping;
import io.servicelake.jobs.ingest.MappingReader;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.quality.QualitySteps;
import io.servicelake.transform.decision.AssignContactDuties;
import io.servicelake.transform.feature.SnapshotComponents;
import io.servicelake.transform.feature.SnapshotCustomers;
import io.servicelake.transform.feature.SnapshotTechnicians;
import io.servicelake.transform.feature.SnapshotVehicles;
import io.servicelake.transform.feature.SnapshotsAsOf;
import io.servicelake.transform.gold.ComputeComplaintCases;
import io.servicelake.transform.gold.ComputeComplaintSteps;
import io.servicelake.transform.gold.ComputeCustomerContacts;
import io.servicelake.transform.gold.ComputeCustomerMonths;
import io.servicelake.transform.gold.ComputeServiceVisits;
import io.servicelake.transform.gold.ComputeVehicleRecalls;
import io.servicelake.transform.gold.ComputeVehicleUsage;
import io.servicelake.transform.gold.ComputeVisitJobs;
import io.servicelake.transform.gold.ComputeVisitVersions;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.gold.TouchedCases;
import io.servicelake.transform.gold.TouchedOrders;
import io.servicelake.transform.serving.AggregateKpis;
import io.servicelake.transform.serving.ServeCare;
import io.servicelake.transform.serving.ServeCustomers;
import io.servicelake.transform.serving.ServeDealers;
import io.servicelake.transform.serving.ServeTrust;
import io.servicelake.transform.serving.ServeWorkshop;
import io.servicelake.transform.silver.ResolveCustomers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The map: every step from source files to serving tables, in order. A step reads only what it
 * names and no later layer; where nothing it reads changed, it is passed over.
 */
public final class Flow {
  private Flow() {}

  /**
   * All steps, in order.
   *
   * @throws io.servicelake.jobs.CannotException naming every fault of the mappings
   */
  public static List<Step> steps(Settings settings) {
    return QualitySteps.guarded(unguarded(settings));
  }

  private static List<Step> unguarded(Settings settings) {
    return Stream.of(
            ingest(settings),
            gold(),
            features(),
            ScoreSteps.all(),
            decisions(),
            boards(),
            lists(),
            trust())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The steps that follow what topics bring, up to the boards that matter within the hour. What is
   * expected of the tables is judged by the whole flow, not here.
   *
   * @param fed silver tables that topics feed
   */
  public static List<Step> withinTheHour(Settings settings, Collection<TableContract> fed) {
    Set<String> names = new HashSet<>();
    fed.forEach(table -> names.add(table.id()));
    Stream.of(
            RowCounts.TABLE,
            CustomerLinks.TABLE,
            CustomerIdentities.TABLE,
            CustomerContacts.TABLE,
            ComplaintCases.TABLE,
            ComplaintBoard.TABLE,
            FollowUpBoard.TABLE)
        .forEach(table -> names.add(table.id()));
    return unguarded(settings).stream().filter(step -> names.contains(step.name())).toList();
  }

  private static List<Step> ingest(Settings settings) {
    return IngestSteps.of(
        mappings(settings),
        settings.resolve(settings.get(IngestSettings.class).folder()),
        masterKey(settings));
  }

  /**
   * The sources as their mapping files describe them.
   *
   * @throws io.servicelake.jobs.CannotException naming every fault of the mappings
   */
  public static List<Mapping> mappings(Settings settings) {
    return new MappingReader(IngestSteps.TABLES)
        .readFolders(settings.get(IngestSettings.class).mappingFolders(settings::resolve))
        .orThrow();
  }

  /** The key that personal values are kept under: from the environment, else from a key file. */
  public static MasterKey masterKey(Settings settings) {
    return MasterKey.load(
        Optional.ofNullable(System.getenv(MasterKey.VARIABLE)),
        Path.of(settings.resolve(".servicelake/secrets/master.key")));
  }

  private static List<Step> gold() {
    return List.of(
        Step.to(VisitVersions.TABLE)
            .from(RepairOrders.TABLE, RepairOrderLines.TABLE, VehicleOwnerships.TABLE)
            .touching(VisitVersions.REPAIR_ORDER_ID)
            .touchedBy(
                VehicleOwnerships.TABLE,
                (changed, in) ->
                    ComputeVisitVersions.ordersOfPlates(in.whole(RepairOrders.TABLE), changed))
            .by(
                (in, run) ->
                    ComputeVisitVersions.compute(
                        in.get(RepairOrders.TABLE),
                        in.get(RepairOrderLines.TABLE),
                        in.whole(VehicleOwnerships.TABLE),
                        run.zone())),
        Step.to(ServiceVisits.TABLE)
            .from(VisitVersions.TABLE, Vehicles.TABLE, CustomerIdentities.TABLE)
            .touching(ServiceVisits.REPAIR_ORDER_ID)
            .touchedBy(VisitVersions.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
            .touchedBy(Vehicles.TABLE, orders(VisitVersions.VEHICLE_ID))
            .touchedBy(CustomerIdentities.TABLE, orders(VisitVersions.CUSTOMER_RECORD_ID))
            .by(
                (in, run) ->
                    ComputeServiceVisits.compute(
                        in.get(VisitVersions.TABLE),
                        in.current(Vehicles.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        PaceRules.USUAL,
                        run.zone())),
        Step.to(VisitJobs.TABLE)
            .from(VisitVersions.TABLE, RepairOrderLines.TABLE, Vehicles.TABLE)
            .touching(VisitJobs.REPAIR_ORDER_ID)
            .touchedBy(VisitVersions.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
            .touchedBy(RepairOrderLines.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
            .touchedBy(Vehicles.TABLE, orders(VisitVersions.VEHICLE_ID))
            .by(
                (in, run) ->
                    ComputeVisitJobs.compute(
                        in.get(VisitVersions.TABLE),
                        in.current(RepairOrderLines.TABLE),
                        in.current(Vehicles.TABLE),
                        run.zone())),
        Step.to(CustomerContacts.TABLE)
            .from(Contacts.TABLE, RepairOrders.TABLE, CustomerIdentities.TABLE)
            .touching(CustomerContacts.CONTACT_ID)
            .touchedBy(RepairOrders.TABLE, onOrders(Contacts.TABLE, Contacts.CONTACT_ID))
            .touchedBy(CustomerIdentities.TABLE, ofFiles(Contacts.TABLE, Contacts.CONTACT_ID))
            .by(
                (in, run) ->
                    ComputeCustomerContacts.compute(
                        in.current(Contacts.TABLE),
                        in.current(RepairOrders.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        run.zone())),
        Step.to(ComplaintSteps.TABLE)
            .from(Complaints.TABLE, Staff.TABLE)
            .touching(ComplaintSteps.COMPLAINT_ID)
            .touchedBy(
                Staff.TABLE,
                (changed, in) -> TouchedCases.ofOwners(in.whole(Complaints.TABLE), changed))
            .by(
                (in, run) ->
                    ComputeComplaintSteps.compute(in.get(Complaints.TABLE), in.get(Staff.TABLE))),
        Step.to(ComplaintCases.TABLE)
            .from(
                Complaints.TABLE,
                ComplaintSteps.TABLE,
                RepairOrders.TABLE,
                CustomerIdentities.TABLE)
            .touching(ComplaintCases.COMPLAINT_ID)
            .touchedBy(RepairOrders.TABLE, onOrders(Complaints.TABLE, Complaints.COMPLAINT_ID))
            .touchedBy(CustomerIdentities.TABLE, ofFiles(Complaints.TABLE, Complaints.COMPLAINT_ID))
            .dependsOnConfig("care")
            .by(
                (in, run) ->
                    ComputeComplaintCases.compute(
                        in.current(Complaints.TABLE),
                        in.get(ComplaintSteps.TABLE),
                        in.current(RepairOrders.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        run.settings(CareSettings.class).clockInUse(),
                        run.zone())),
        Step.to(CustomerMonths.TABLE)
            .from(ServiceVisits.TABLE)
            .touching(CustomerMonths.CUSTOMER_ID)
            .by((in, run) -> ComputeCustomerMonths.compute(in.get(ServiceVisits.TABLE))),
        Step.to(VehicleUsage.TABLE)
            .from(VisitVersions.TABLE, Vehicles.TABLE)
            .by(
                (in, run) ->
                    ComputeVehicleUsage.compute(
                        in.get(VisitVersions.TABLE), in.get(Vehicles.TABLE), PaceRules.USUAL)),
        Step.to(VehicleRecalls.TABLE)
            .from(Vehicles.TABLE, RecallModels.TABLE)
            .touching(VehicleRecalls.VEHICLE_ID)
            .by(
                (in, run) ->
                    ComputeVehicleRecalls.compute(
                        in.get(Vehicles.TABLE), in.get(RecallModels.TABLE))));
  }

  private static Step.TouchedKeys orders(Field by) {
    return (changed, in) -> TouchedOrders.compute(in.whole(VisitVersions.TABLE), changed, by);
  }

  private static Step.TouchedKeys onOrders(TableContract cases, Field id) {
    return (changed, in) -> TouchedCases.onOrders(in.whole(cases), id, changed);
  }

  private static Step.TouchedKeys ofFiles(TableContract cases, Field id) {
    return (changed, in) ->
        TouchedCases.ofFiles(in.whole(cases), id, in.whole(RepairOrders.TABLE), changed);
  }

  private static List<Step> features() {
    return List.of(
        Step.to(VehicleSnapshots.TABLE)
            .from(
                VisitVersions.TABLE,
                Vehicles.TABLE,
                VehicleOwnerships.TABLE,
                Customers.TABLE,
                CustomerLinks.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models", "service_interval")
            .merge(VehicleSnapshots.SNAPSHOT_ON)
            .by(
                (in, run) -> {
                  ModelSettings models = run.settings(ModelSettings.class);
                  SnapshotDays days =
                      SnapshotDays.of(
                          VehicleSnapshots.TABLE,
                          models.snapshotMonths(),
                          List.of(
                              VisitVersions.TABLE,
                              Vehicles.TABLE,
                              VehicleOwnerships.TABLE,
                              Customers.TABLE,
                              CustomerLinks.TABLE),
                          List.of(),
                          in,
                          run);
                  return days.changed(
                      SnapshotVehicles.compute(
                          days.rows(),
                          identities(in, days),
                          in.get(VisitVersions.TABLE),
                          in.get(Vehicles.TABLE),
                          in.get(VehicleOwnerships.TABLE),
                          run.settings(ServiceIntervalSettings.class).intervals(),
                          PaceRules.USUAL,
                          run.zone()));
                }),
        Step.to(CustomerSnapshots.TABLE)
            .from(
                VisitVersions.TABLE,
                Complaints.TABLE,
                Contacts.TABLE,
                VehicleOwnerships.TABLE,
                Customers.TABLE,
                CustomerLinks.TABLE,
                VehicleSnapshots.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models")
            .merge(CustomerSnapshots.SNAPSHOT_ON)
            .by(
                (in, run) -> {
                  SnapshotDays days =
                      SnapshotDays.of(
                          CustomerSnapshots.TABLE,
                          run.settings(ModelSettings.class).snapshotMonths(),
                          List.of(
                              VisitVersions.TABLE,
                              Complaints.TABLE,
                              Contacts.TABLE,
                              VehicleOwnerships.TABLE,
                              Customers.TABLE,
                              CustomerLinks.TABLE),
                          List.of(VehicleSnapshots.TABLE),
                          in,
                          run);
                  return days.changed(
                      SnapshotCustomers.compute(
                          days.rows(),
                          identities(in, days),
                          vehicles(in, days),
                          in.get(VisitVersions.TABLE),
                          in.get(Complaints.TABLE),
                          in.get(Contacts.TABLE),
                          in.get(VehicleOwnerships.TABLE),
                          in.get(Customers.TABLE),
                          run.zone()));
                }),
        Step.to(ComponentSnapshots.TABLE)
            .from(VisitVersions.TABLE, VehicleSnapshots.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models", "components")
            .merge(ComponentSnapshots.SNAPSHOT_ON)
            .by(
                (in, run) -> {
                  ModelSettings models = run.settings(ModelSettings.class);
                  SnapshotDays days =
                      SnapshotDays.of(
                          ComponentSnapshots.TABLE,
                          models.componentMonths(),
                          List.of(VisitVersions.TABLE),
                          List.of(VehicleSnapshots.TABLE),
                          in,
                          run);
                  return days.changed(
                      SnapshotComponents.compute(
                          days.rows(),
                          vehicles(in, days),
                          in.get(VisitVersions.TABLE),
                          run.settings(ComponentSettings.class).watched(),
                          PaceRules.USUAL,
                          run.zone()));
                }),
        Step.to(TechnicianSnapshots.TABLE)
            .from(VisitVersions.TABLE, RepairOrderLines.TABLE, Contacts.TABLE, Staff.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models")
            .merge(TechnicianSnapshots.SNAPSHOT_ON)
            .by(
                (in, run) -> {
                  SnapshotDays days =
                      SnapshotDays.of(
                          TechnicianSnapshots.TABLE,
                          run.settings(ModelSettings.class).technicianMonths(),
                          List.of(
                              VisitVersions.TABLE,
                              RepairOrderLines.TABLE,
                              Contacts.TABLE,
                              Staff.TABLE),
                          List.of(),
                          in,
                          run);
                  return days.changed(
                      SnapshotTechnicians.compute(
                          days.rows(),
                          in.get(VisitVersions.TABLE),
                          in.get(RepairOrderLines.TABLE),
                          in.get(Contacts.TABLE),
                          in.get(Staff.TABLE),
                          run.zone()));
                }));
  }

  private static List<Step> decisions() {
    return List.of(
        Step.to(ContactDuties.TABLE)
            .from(ServiceVisits.TABLE, CustomerSegments.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("care")
            .merge(ContactDuties.ASSIGNED_ON)
            .by(
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

  private static List<Step> boards() {
    TableContract[] facts = AggregateKpis.facts().toArray(TableContract[]::new);
    return List.of(
        Step.to(DealerDays.TABLE)
            .from(facts)
            .from(Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    AggregateKpis.dealerDays(in::get, in.current(Dealers.TABLE), run.asOf())),
        Step.to(DealerMonths.TABLE)
            .from(facts)
            .from(DealerDays.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    AggregateKpis.dealerMonths(
                        in.get(DealerDays.TABLE), in::get, in.current(Dealers.TABLE), run.asOf())),
        Step.to(DealerBenchmarks.TABLE)
            .from(DealerDays.TABLE)
            .dependsOnAsOf()
            .by((in, run) -> ServeDealers.benchmarks(in.get(DealerDays.TABLE), run.asOf())),
        Step.to(BaseHealth.TABLE)
            .from(CustomerMonths.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeDealers.baseHealth(
                        in.get(CustomerMonths.TABLE), in.current(Dealers.TABLE), run.asOf())),
        Step.to(ComplaintBoard.TABLE)
            .from(ComplaintCases.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeCare.complaintBoard(
                        in.get(ComplaintCases.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf(),
                        run.endOfAsOf())),
        Step.to(FollowUpBoard.TABLE)
            .from(
                ContactDuties.TABLE, CustomerContacts.TABLE, CustomerSegments.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeCare.followUpBoard(
                        in.get(ContactDuties.TABLE),
                        in.get(CustomerContacts.TABLE),
                        in.get(CustomerSegments.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf())));
  }

  private static List<Step> lists() {
    return List.of(
        Step.to(CustomerCards.TABLE)
            .from(CustomerSnapshots.TABLE, CustomerSegments.TABLE, ChurnScores.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeCustomers.cards(
                        latest(CustomerSnapshots.TABLE, in, run),
                        in.get(CustomerSegments.TABLE),
                        in.get(ChurnScores.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf())),
        Step.to(WinbackList.TABLE)
            .from(
                CustomerSnapshots.TABLE,
                CustomerSegments.TABLE,
                ChurnScores.TABLE,
                Consents.TABLE,
                CustomerIdentities.TABLE,
                Dealers.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models")
            .by(
                (in, run) ->
                    ServeCustomers.winbackList(
                        latest(CustomerSnapshots.TABLE, in, run),
                        in.get(CustomerSegments.TABLE),
                        in.get(ChurnScores.TABLE),
                        in.current(Consents.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf(),
                        run.settings(ModelSettings.class).winbackProbability())),
        Step.to(ServiceDueList.TABLE)
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
                        run.asOf())),
        Step.to(ComponentWatch.TABLE)
            .from(ComponentRisks.TABLE, VisitJobs.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeWorkshop.componentWatch(
                        in.get(ComponentRisks.TABLE),
                        in.get(VisitJobs.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf())),
        Step.to(TechnicianCards.TABLE)
            .from(TechnicianClusters.TABLE, Staff.TABLE, Dealers.TABLE)
            .dependsOnAsOf()
            .by(
                (in, run) ->
                    ServeWorkshop.technicianCards(
                        in.get(TechnicianClusters.TABLE),
                        in.current(Staff.TABLE),
                        in.current(Dealers.TABLE),
                        run.asOf())));
  }

  private static List<Step> trust() {
    return List.of(
        Step.to(ModelReport.TABLE)
            .from(ModelCards.TABLE)
            .dependsOnAsOf()
            .by((in, run) -> ServeTrust.modelReport(in.get(ModelCards.TABLE), run.asOf())),
        Step.to(DataQuality.TABLE)
            .from(RowCounts.TABLE, Rejects.TABLE)
            .by(
                (in, run) ->
                    ServeTrust.dataQuality(in.get(RowCounts.TABLE), in.get(Rejects.TABLE))),
        Step.to(Freshness.TABLE)
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
                        run.zone())));
  }

  private static Dataset<Row> identities(Inputs in, SnapshotDays days) {
    return ResolveCustomers.asOf(in.get(Customers.TABLE), in.get(CustomerLinks.TABLE), days.rows())
        .withColumnRenamed(ResolveCustomers.AS_OF_ON.name(), CustomerSnapshots.SNAPSHOT_ON.name());
  }

  private static Dataset<Row> vehicles(Inputs in, SnapshotDays days) {
    return SnapshotsAsOf.onDays(
        VehicleSnapshots.TABLE, in.get(VehicleSnapshots.TABLE), days.rows());
  }

  static Dataset<Row> latest(TableContract table, Inputs in, RunContext run) {
    return SnapshotsAsOf.latest(table, in.get(table), run.asOf());
  }
}
