package io.servicelake.ml.churn;

import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.ScoredRows;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.linear.LogisticTrainer;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains churn by calibrated logistic regression and measures it on a later snapshot against days
 * since the last visit.
 */
public final class ChurnTrainer {
  /** Model name of the outcome "no visit in the group in 180 days". */
  public static final String CHURN_180D = "CHURN_180D";

  /** Model name of the outcome "no visit at the home dealer in 180 days". */
  public static final String DEALER_CHURN_180D = "DEALER_CHURN_180D";

  /** Model name of the outcome "no visit in the group in 365 days". */
  public static final String CHURN_365D = "CHURN_365D";

  private static final String RULE =
      "days since the last visit, longest first; for Brier the share lost in training";

  private ChurnTrainer() {}

  /** Rows of one horizon, ready for its outcomes. */
  private record Prepared(
      TimeSplit split,
      Dataset<Row> train,
      Dataset<Row> test,
      double typicalGapDays,
      boolean withSeason,
      long trainCount,
      long testCount) {}

  private record Head(Optional<ChurnHead> head, List<ModelCardRow> card) {}

  /**
   * Trains all outcomes.
   *
   * @param snapshots feature.customer_snapshots
   * @param identities silver.customer_identities
   * @param visits gold.service_visits
   */
  public static Trained<ChurnModel> train(
      Dataset<Row> snapshots,
      Dataset<Row> identities,
      Dataset<Row> visits,
      TrainingRun run,
      ChurnParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    List<LocalDate> days = Snapshots.days(snapshots, asOf);
    List<ModelCardRow> card = new ArrayList<>();

    TimeSplit.Plan plan =
        TimeSplit.plan(asOf, parameters.horizonDays(), days, parameters.spacing());
    if (plan instanceof TimeSplit.Refused refused) {
      for (String name : List.of(CHURN_180D, DEALER_CHURN_180D, CHURN_365D)) {
        card.add(ModelCardRow.notTrained(name, asOf, refused.reason()));
      }
      return new Trained<>(Optional.empty(), card);
    }
    Prepared prepared =
        prepare(snapshots, identities, visits, ((TimeSplit.Ready) plan).split(), parameters);
    Head group = head(CHURN_180D, prepared, ChurnLabels.NEXT_VISIT_ON, run, parameters);
    Head dealer =
        head(DEALER_CHURN_180D, prepared, ChurnLabels.NEXT_DEALER_VISIT_ON, run, parameters);
    release(prepared);
    card.addAll(group.card());
    card.addAll(dealer.card());

    Head longGroup =
        longHead(
            TimeSplit.plan(asOf, parameters.longHorizonDays(), days, parameters.spacing()),
            snapshots,
            identities,
            visits,
            run,
            parameters);
    card.addAll(longGroup.card());

    Optional<ChurnModel> model =
        group
            .head()
            .flatMap(
                first ->
                    dealer
                        .head()
                        .map(
                            second ->
                                new ChurnModel(
                                    parameters.populationMonths(),
                                    first,
                                    second,
                                    longGroup.head().orElse(null))));
    return new Trained<>(model, card);
  }

  private static Head longHead(
      TimeSplit.Plan plan,
      Dataset<Row> snapshots,
      Dataset<Row> identities,
      Dataset<Row> visits,
      TrainingRun run,
      ChurnParameters parameters) {
    if (plan instanceof TimeSplit.Refused refused) {
      return new Head(
          Optional.empty(),
          List.of(ModelCardRow.notTrained(CHURN_365D, run.asOf(), refused.reason())));
    }
    Prepared prepared =
        prepare(snapshots, identities, visits, ((TimeSplit.Ready) plan).split(), parameters);
    Head head = head(CHURN_365D, prepared, ChurnLabels.NEXT_VISIT_ON, run, parameters);
    release(prepared);
    return head;
  }

  private static Prepared prepare(
      Dataset<Row> snapshots,
      Dataset<Row> identities,
      Dataset<Row> visits,
      TimeSplit split,
      ChurnParameters parameters) {
    Column[] key = {CustomerSnapshots.CUSTOMER_ID.col(), CustomerSnapshots.SNAPSHOT_ON.col()};
    Dataset<Row> trainAll =
        ChurnPopulation.of(Snapshots.on(snapshots, split.trainOn()), parameters.populationMonths());
    Dataset<Row> testAll =
        ChurnPopulation.of(
            Snapshots.on(snapshots, List.of(split.testOn())), parameters.populationMonths());
    Dataset<Row> train =
        ChurnLabels.add(
                FixedOrder.sample(trainAll, parameters.maxTrainingRows(), trainAll.count(), key),
                identities,
                visits,
                split.trainUntilOn())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> test =
        ChurnLabels.add(testAll, identities, visits, split.testUntilOn())
            .persist(StorageLevel.MEMORY_AND_DISK());
    double gap =
        FixedOrder.quantiles(
            train.where(CustomerSnapshots.MEAN_GAP_DAYS.col().isNotNull()),
            CustomerSnapshots.MEAN_GAP_DAYS.col(),
            0.5)[0];
    EnumSet<Month> months = EnumSet.noneOf(Month.class);
    split.trainOn().forEach(day -> months.add(day.getMonth()));
    return new Prepared(
        split,
        train,
        test,
        Double.isNaN(gap) ? parameters.horizonDays() : Math.max(gap, 1),
        months.size() == Month.values().length,
        train.count(),
        test.count());
  }

  private static void release(Prepared prepared) {
    prepared.train().unpersist();
    prepared.test().unpersist();
  }

  private static Head head(
      String name,
      Prepared prepared,
      Field nextVisitOn,
      TrainingRun run,
      ChurnParameters parameters) {
    TimeSplit split = prepared.split();
    Column isLost = ChurnLabels.isLost(nextVisitOn, split.horizonDays());
    long lost = prepared.train().where(isLost).count();
    if (lost == 0 || lost == prepared.trainCount()) {
      return new Head(
          Optional.empty(),
          List.of(
              ModelCardRow.notTrained(
                  name,
                  run.asOf(),
                  "%d of %d training rows are lost: there is nothing to tell apart"
                      .formatted(lost, prepared.trainCount()))));
    }
    List<FeatureColumn> features = ChurnFeatures.all(prepared.withSeason());
    List<String> names = features.stream().map(FeatureColumn::name).toList();
    Dataset<Row> points =
        LogisticTrainer.points(
            ChurnFeatures.withBase(prepared.train(), prepared.typicalGapDays()),
            features,
            isLost,
            CustomerSnapshots.CUSTOMER_ID.col(),
            parameters.calibrationFolds(),
            CustomerSnapshots.CUSTOMER_ID.col(),
            CustomerSnapshots.SNAPSHOT_ON.col());
    LogisticModel model =
        LogisticTrainer.fit(points, names, parameters.regression(), parameters.calibrationFolds());

    ScoredRows scored =
        ScoredRows.collect(
            ChurnFeatures.withBase(prepared.test(), prepared.typicalGapDays()),
            new ScoredRows.Source(
                CustomerSnapshots.CUSTOMER_ID.col(),
                model.probability(features),
                ChurnFeatures.recencyDays(),
                functions.lit((double) lost / prepared.trainCount()),
                isLost),
            parameters.maxTestRows());
    List<MetricResult> results =
        BinaryEvaluation.evaluate(scored, parameters.bootstrapReplicates(), run.seed());
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));

    ModelManifest manifest =
        ModelManifest.of(
            name,
            run,
            parameters,
            names,
            split.description(),
            metrics,
            List.of(prepared.typicalGapDays(), prepared.withSeason(), model));
    return new Head(
        Optional.of(
            new ChurnHead(manifest, prepared.typicalGapDays(), prepared.withSeason(), model)),
        ModelCardRow.of(
            manifest,
            ModelCardRow.Span.of(split, prepared.trainCount(), prepared.testCount()),
            results,
            RULE));
  }
}
