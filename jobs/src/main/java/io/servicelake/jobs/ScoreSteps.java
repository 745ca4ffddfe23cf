package io.servicelake.jobs;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.score.ModelCards;
import io.servicelake.contract.score.ServiceDues;
import io.servicelake.contract.score.TechnicianClusters;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.jobs.TrainingInputs.Dated;
import io.servicelake.jobs.config.ChurnSettings;
import io.servicelake.jobs.config.ComponentSettings;
import io.servicelake.jobs.config.ModelSettings;
import io.servicelake.jobs.config.SegmentSettings;
import io.servicelake.jobs.config.ValueSettings;
import io.servicelake.jobs.io.ModelStore;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.churn.ChurnInputs;
import io.servicelake.ml.churn.ChurnParameters;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.cluster.ClusterParameters;
import io.servicelake.ml.due.ServiceDueParameters;
import io.servicelake.ml.due.ServiceDueTrainer;
import io.servicelake.ml.repeat.Margins;
import io.servicelake.ml.repeat.RepeatVisitParameters;
import io.servicelake.ml.repeat.RepeatVisitTrainer;
import io.servicelake.ml.risk.ComponentRiskParameters;
import io.servicelake.ml.risk.ComponentRiskTrainer;
import io.servicelake.ml.segments.SegmentModel;
import io.servicelake.ml.segments.SegmentParameters;
import io.servicelake.ml.segments.SegmentTrainer;
import io.servicelake.ml.segments.ValueTiers;
import io.servicelake.ml.technicians.TechnicianParameters;
import io.servicelake.ml.technicians.TechnicianTrainer;
import io.servicelake.transform.feature.SnapshotsAsOf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The steps that train and score. A model is trained as of the last month end, stored with its
 * manifest and put in use, unless its training or an operator says that another stays; it stays
 * while nothing it learned from changed. Scoring reads the one in use.
 */
final class ScoreSteps {
  /** Trains on the step's pinned inputs. */
  @FunctionalInterface
  private interface Trainer {
    Trained<?> train(Inputs in, TrainingRun training, RunContext run);
  }

  /** Scores with the model in use. */
  @FunctionalInterface
  private interface Scorer {
    Dataset<Row> score(TrainedModel model, Inputs in, RunContext run);
  }

  private static final int FLOW_MONTHS = 13;
  private static final Dated CUSTOMERS =
      new Dated(CustomerSnapshots.TABLE, CustomerSnapshots.SNAPSHOT_ON);
  private static final Dated VISITS = new Dated(ServiceVisits.TABLE, ServiceVisits.VISIT_ON);

  private ScoreSteps() {}

  /**
   * Month ends not scored yet, or that changes reach, are scored too: flows compare them. One that
   * stands keeps the scores of the model that was in use.
   */
  static List<Step> customerSegments() {
    return model(
        SegmentTrainer.CUSTOMER_SEGMENTS,
        CUSTOMERS,
        CustomerSegments.TABLE,
        CustomerSegments.SCORED_ON,
        List.of(),
        (in, training, run) ->
            SegmentTrainer.train(in.get(CustomerSnapshots.TABLE), training, segments(run)),
        (model, in, run) -> {
          SnapshotDays days =
              SnapshotDays.of(
                  CustomerSegments.TABLE,
                  FLOW_MONTHS,
                  List.of(),
                  List.of(CustomerSnapshots.TABLE),
                  in,
                  run);
          return ((SegmentModel) model)
              .scoreAsOf(
                  SnapshotsAsOf.onDays(
                      CustomerSnapshots.TABLE, in.get(CustomerSnapshots.TABLE), days.rows()));
        });
  }

  static List<Step> churnScores() {
    List<Step> steps =
        model(
            ChurnTrainer.CHURN_180D,
            CUSTOMERS,
            ChurnScores.TABLE,
            ChurnScores.SCORED_ON,
            List.of(new Dated(CustomerIdentities.TABLE, null), VISITS),
            (in, training, run) ->
                ChurnTrainer.train(
                    new ChurnInputs(
                        in.get(CustomerSnapshots.TABLE),
                        in.get(CustomerIdentities.TABLE),
                        in.get(ServiceVisits.TABLE),
                        ChurnInUse.before(store(run), TimeSplit.trainingDay(run.asOf())),
                        store(run).inUse(SegmentTrainer.CUSTOMER_SEGMENTS).orElse(null)),
                    training,
                    churn(run.settings(ChurnSettings.class))));
    // The card tells the figures by segment.
    steps.get(0).after("train " + SegmentTrainer.CUSTOMER_SEGMENTS);
    return steps;
  }

  static List<Step> customerValues() {
    return model(
        RepeatVisitTrainer.REPEAT_VISITS,
        CUSTOMERS,
        CustomerValues.TABLE,
        CustomerValues.SCORED_ON,
        List.of(new Dated(CustomerIdentities.TABLE, null), VISITS),
        (in, training, run) ->
            RepeatVisitTrainer.train(
                in.get(CustomerSnapshots.TABLE),
                in.get(CustomerIdentities.TABLE),
                in.get(ServiceVisits.TABLE),
                training,
                values(run)));
  }

  static List<Step> serviceDues() {
    return model(
        ServiceDueTrainer.SERVICE_DUE,
        new Dated(VehicleSnapshots.TABLE, VehicleSnapshots.SNAPSHOT_ON),
        ServiceDues.TABLE,
        ServiceDues.SCORED_ON,
        List.of(VISITS),
        (in, training, run) ->
            ServiceDueTrainer.train(
                in.get(VehicleSnapshots.TABLE), in.get(ServiceVisits.TABLE), training, dues()));
  }

  static List<Step> componentRisks() {
    return model(
        ComponentRiskTrainer.COMPONENT_RISK_90D,
        new Dated(ComponentSnapshots.TABLE, ComponentSnapshots.SNAPSHOT_ON),
        ComponentRisks.TABLE,
        ComponentRisks.SCORED_ON,
        List.of(VISITS),
        (in, training, run) ->
            ComponentRiskTrainer.train(
                in.get(ComponentSnapshots.TABLE),
                in.get(ServiceVisits.TABLE),
                training,
                components(run)));
  }

  static List<Step> technicianClusters() {
    return model(
        TechnicianTrainer.TECHNICIAN_CLUSTERS,
        new Dated(TechnicianSnapshots.TABLE, TechnicianSnapshots.SNAPSHOT_ON),
        TechnicianClusters.TABLE,
        TechnicianClusters.SCORED_ON,
        List.of(new Dated(VisitJobs.TABLE, VisitJobs.DELIVERED_ON)),
        (in, training, run) ->
            TechnicianTrainer.train(
                in.get(TechnicianSnapshots.TABLE),
                in.get(VisitJobs.TABLE),
                training,
                TechnicianParameters.defaults()));
  }

  /** A step that trains and files the card, and one that scores the as-of day. */
  private static List<Step> model(
      String name,
      Dated snapshots,
      TableContract scores,
      Field scoredOn,
      List<Dated> outcomes,
      Trainer trainer) {
    return model(
        name,
        snapshots,
        scores,
        scoredOn,
        outcomes,
        trainer,
        (model, in, run) -> model.score(in.get(snapshots.table()), run.asOf()));
  }

  private static List<Step> model(
      String name,
      Dated snapshots,
      TableContract scores,
      Field scoredOn,
      List<Dated> outcomes,
      Trainer trainer,
      Scorer scorer) {
    TrainingInputs learnsFrom =
        new TrainingInputs(Stream.concat(Stream.of(snapshots), outcomes.stream()).toList());
    Step train =
        Step.action("train " + name)
            .from(learnsFrom.contracts())
            .writes(ModelCards.TABLE)
            .dependsOnAsOf()
            .dependsOnConfig("models", "churn", "value", "segments", "components")
            .by(
                run -> {
                  if (learnsFrom.areUnchanged(run)) {
                    return;
                  }
                  Trained<?> trained = trainer.train(run.in(), training(run, learnsFrom), run);
                  fileCard(ModelCards.TABLE, putInUse(name, trained, store(run)), run);
                });
    Step score =
        Step.to(scores)
            .from(snapshots.table())
            .after("train " + name)
            .dependsOnAsOf()
            .alsoReads("model", run -> store(run).idInUse(name).orElse("none"))
            .merge(scoredOn)
            .by(
                (in, run) ->
                    store(run)
                        .inUse(name)
                        .map(model -> scorer.score(model, in, run))
                        .orElseGet(() -> run.spark().createDataFrame(List.of(), scores.schema())));
    return List.of(train, score);
  }

  /**
   * Puts in use what a training returned, and its card tells. Of churn the training has judged what
   * is held; of other models what is held stays until it is released, and what was trained is
   * stored beside it.
   */
  static List<ModelCardRow> putInUse(String name, Trained<?> trained, ModelStore store) {
    Optional<String> held = store.heldId(name).filter(id -> !name.equals(ChurnTrainer.CHURN_180D));
    if (held.isPresent() && held.equals(store.idInUse(name))) {
      trained.model().ifPresent(store::keep);
      return trained.card().stream()
          .map(row -> row.noting(ModelCardRow.NOT_PUT_IN_USE + held.get() + " is held"))
          .toList();
    }
    trained.model().ifPresentOrElse(model -> store.put(name, model), () -> store.retire(name));
    return trained.card();
  }

  /** A model trained again for its day takes the place of the one before. */
  static void fileCard(TableContract cards, List<ModelCardRow> rows, RunContext run) {
    Dataset<Row> card = ModelCardRow.toDataset(run.spark(), rows).coalesce(1);
    run.lake()
        .merge(
            cards,
            card,
            card.select(ModelCards.MODEL_NAME.col(), ModelCards.AS_OF.col()).distinct(),
            run.txn("card"));
  }

  private static ModelStore store(RunContext run) {
    return new ModelStore(run.lake().files());
  }

  static TrainingRun training(RunContext run, TrainingInputs learnsFrom) {
    Map<String, Long> versions = new LinkedHashMap<>();
    for (TableContract table : learnsFrom.contracts()) {
      versions.put(table.id(), run.in().version(table));
    }
    return new TrainingRun(
        run.asOf(), run.settings(ModelSettings.class).seed(), CodeVersion.get(), versions);
  }

  private static SegmentParameters segments(RunContext run) {
    SegmentSettings settings = run.settings(SegmentSettings.class);
    SegmentParameters usual = SegmentParameters.defaults();
    return new SegmentParameters(
        usual.weights(),
        settings.coreCut(),
        usual.spendQuantile(),
        usual.fullVisits(),
        usual.bestAgeYears(),
        usual.lastAgeYears(),
        usual.fullKmPerDay(),
        usual.nearKm(),
        usual.farKm(),
        usual.fullContacts(),
        new ValueTiers.Shares(settings.tierAShare(), settings.tierBShare()),
        new ClusterParameters(
            settings.clusters(),
            usual.clusters().starts(),
            usual.clusters().maxIterations(),
            usual.clusters().maxRows(),
            usual.clusters().resamples()));
  }

  /** What churn is trained with. */
  static ChurnParameters churn(ChurnSettings settings) {
    ChurnParameters usual = ChurnParameters.defaults();
    return new ChurnParameters(
        settings.horizonDays(),
        settings.longHorizonDays(),
        settings.activeMonths(),
        // Snapshots look back on the whole history: none has to be warmed up.
        new TimeSplit.Spacing(1, 0, 3, 36),
        usual.maxTrainingRows(),
        usual.maxTestRows(),
        usual.calibrationFolds(),
        usual.bootstrapReplicates(),
        usual.regression(),
        usual.trees(),
        usual.attrition());
  }

  private static RepeatVisitParameters values(RunContext run) {
    ValueSettings settings = run.settings(ValueSettings.class);
    RepeatVisitParameters usual = RepeatVisitParameters.defaults();
    return new RepeatVisitParameters(
        usual.kind(),
        usual.unit(),
        run.settings(ChurnSettings.class).horizonDays(),
        new Margins(usual.margins().days(), settings.yearlyDiscountRate(), settings.marginShare()),
        usual.fit(),
        usual.maxTestRows(),
        usual.bootstrapReplicates());
  }

  private static ServiceDueParameters dues() {
    ServiceDueParameters usual = ServiceDueParameters.defaults();
    return new ServiceDueParameters(
        usual.horizonDays(),
        usual.activeMonths(),
        new TimeSplit.Spacing(1, 0, 2, 8),
        usual.maxRows(),
        usual.defaultPriorGaps(),
        usual.bootstrapReplicates());
  }

  private static ComponentRiskParameters components(RunContext run) {
    ComponentRiskParameters usual = ComponentRiskParameters.defaults();
    return new ComponentRiskParameters(
        run.settings(ComponentSettings.class).horizonDays(),
        new TimeSplit.Spacing(3, 0, 2, 8),
        usual.maxTrainingRows(),
        usual.maxTestRows(),
        usual.calibrationFolds(),
        usual.bootstrapReplicates(),
        usual.regression());
  }
}
