package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.LakeSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.ingest.LakeKey;
import io.servicelake.jobs.ingest.Mapping;
import io.servicelake.jobs.ingest.MappingReader;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.LocalDisk;
import io.servicelake.jobs.quality.QualitySteps;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
            ingest(settings), gold(), features(), scores(), decisions(), boards(), lists(), trust())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> ingest(Settings settings) {
    return IngestSteps.of(
        mappings(settings),
        settings.resolve(settings.get(IngestSettings.class).folder()),
        masterKey(settings));
  }

  private static List<Step> gold() {
    return List.of(
        GoldSteps.visitVersions(),
        GoldSteps.serviceVisits(),
        GoldSteps.visitJobs(),
        GoldSteps.customerContacts(),
        GoldSteps.complaintSteps(),
        GoldSteps.complaintCases(),
        GoldSteps.customerMonths(),
        GoldSteps.vehicleUsage(),
        GoldSteps.vehicleRecalls());
  }

  private static List<Step> features() {
    return List.of(
        FeatureSteps.vehicleSnapshots(),
        FeatureSteps.customerSnapshots(),
        FeatureSteps.componentSnapshots(),
        FeatureSteps.technicianSnapshots());
  }

  /** States by rule; then models: each trains, then scores. */
  private static List<Step> scores() {
    return Stream.of(
            List.of(StateSteps.vehicleStates(), StateSteps.customerStates()),
            ScoreSteps.customerSegments(),
            ScoreSteps.churnScores(),
            ScoreSteps.customerValues(),
            ScoreSteps.serviceDues(),
            ScoreSteps.componentRisks(),
            ScoreSteps.technicianClusters())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> decisions() {
    return List.of(
        DecisionSteps.contactDuties(),
        DecisionSteps.winbackCandidates(),
        DecisionSteps.campaignAssignments(),
        DecisionSteps.campaigns(),
        DecisionSteps.winbackUplift());
  }

  private static List<Step> boards() {
    return List.of(
        ServingSteps.dealerDays(),
        ServingSteps.dealerMonths(),
        ServingSteps.dealerBenchmarks(),
        ServingSteps.baseHealth(),
        ServingSteps.complaintBoard(),
        ServingSteps.followUpBoard());
  }

  private static List<Step> lists() {
    return List.of(
        ServingSteps.customerCards(),
        ServingSteps.segmentFlows(),
        ServingSteps.winbackList(),
        ServingSteps.campaignResults(),
        ServingSteps.offerFairness(),
        ServingSteps.serviceDueList(),
        ServingSteps.componentWatch(),
        ServingSteps.technicianCards());
  }

  private static List<Step> trust() {
    return List.of(
        ServingSteps.modelReport(), ServingSteps.dataQuality(), ServingSteps.freshness());
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

  /**
   * The key that personal values are kept under: from the environment, else from a key file.
   *
   * @throws io.servicelake.jobs.CannotException if there is none and the lake was begun under one
   */
  public static MasterKey masterKey(Settings settings) {
    LakeFiles lake =
        new LakeFiles(
            settings.resolve(settings.get(LakeSettings.class).path()), LocalDisk.configuration());
    return masterKey(settings, LakeKey.fingerprint(lake));
  }

  /**
   * The same for a lake that is not in its place.
   *
   * @param begunUnder fingerprint of the key it was begun under; empty for a new lake
   */
  public static MasterKey masterKey(Settings settings, Optional<String> begunUnder) {
    return MasterKey.load(
        Optional.ofNullable(System.getenv(MasterKey.VARIABLE)),
        Path.of(settings.resolve(".servicelake/secrets/master.key")),
        begunUnder);
  }
}
