package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.Fit;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.attrition.AttritionModel;
import io.servicelake.ml.attrition.AttritionTrainer;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.ScoredRows;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import io.servicelake.ml.repeat.Histories;
import io.servicelake.ml.repeat.RepeatVisitParameters;
import io.servicelake.ml.repeat.VisitModel;
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
 * Trains churn by the champion of logistic regression and boosted trees and measures it on a later
 * snapshot against days since the last visit and days past due.
 */
public final class ChurnTrainer {
  /** Model name of the outcome "no visit in the group in 180 days". */
  public static final String CHURN_180D = "CHURN_180D";

  /** Model name of the outcome "no visit at the home dealer in 180 days". */
  public static final String DEALER_CHURN_180D = "DEALER_CHURN_180D";

  /** Model name of the outcome "no visit in the group in 365 days". */
  public static final String CHURN_365D = "CHURN_365D";

  /** A bill that nine of ten stay below within a year is a large one. */
  private static final double LARGE_BILL = 0.9;

  private static final String RULE =
      "the better of days since the last visit and days past due, longest first; for Brier the share lost in training";

  private ChurnTrainer() {}

  /** Rows of one horizon, ready for its outcomes. */
  private record Prepared(
      TimeSplit split,
      Dataset<Row> train,
      Dataset<Row> test,
      ChurnBasis basis,
      TrainingRows rows,
      String note,
      long trainCount,
      long testCount) {}

  private record Head(Optional<ChurnHead> head, Takeover takeover, List<ModelCardRow> card) {
    static Head none(ModelCardRow card) {
      return new Head(Optional.empty(), null, List.of(card));
    }

    Optional<ChurnHead> inUse() {
      return head.filter(fitted -> takeover.isPutInUse());
    }
  }

  /**
   * Trains all outcomes. The model returned is the one in use from then on: what was trained, or
   * the incumbent where it stays. The outcome of 180 days in the group decides; the others are put
   * in use with it.
   */
  public static Trained<ChurnModel> train(
      ChurnInputs inputs, TrainingRun run, ChurnParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    List<LocalDate> days = Snapshots.days(inputs.snapshots(), asOf);
    List<ModelCardRow> card = new ArrayList<>();

    TimeSplit.Plan plan =
        TimeSplit.plan(asOf, parameters.horizonDays(), days, parameters.spacing());
    if (plan instanceof TimeSplit.Refused refused) {
      for (String name : List.of(CHURN_180D, DEALER_CHURN_180D, CHURN_365D)) {
        card.add(ModelCardRow.notTrained(name, asOf, refused.reason()));
      }
      return new Trained<>(staying(inputs, parameters), card);
    }
    TimeSplit.Plan longPlan =
        TimeSplit.plan(asOf, parameters.longHorizonDays(), days, parameters.spacing());
    Prepared prepared = prepare(inputs, ((TimeSplit.Ready) plan).split(), parameters);
    Head group =
        head(CHURN_180D, prepared, ChurnLabels.NEXT_VISIT_ON, null, inputs, run, parameters);
    Head dealer =
        head(
            DEALER_CHURN_180D,
            prepared,
            ChurnLabels.NEXT_DEALER_VISIT_ON,
            group,
            inputs,
            run,
            parameters);
    release(prepared);
    card.addAll(group.card());
    card.addAll(dealer.card());
    Head longGroup = single(CHURN_365D, longPlan, group, inputs, run, parameters);
    card.addAll(longGroup.card());

    Optional<ChurnModel> model =
        group
            .inUse()
            .map(
                head ->
                    new ChurnModel(
                        parameters.populationMonths(),
                        head,
                        dealer.inUse().orElse(null),
                        longGroup.inUse().orElse(null),
                        inputs.incumbent() == null ? null : inputs.incumbent().id()));
    return new Trained<>(model.or(() -> staying(inputs, parameters)), card);
  }

  /** The incumbent, where nothing takes its place. */
  private static Optional<ChurnModel> staying(ChurnInputs inputs, ChurnParameters parameters) {
    return Optional.ofNullable(inputs.incumbent())
        .filter(incumbent -> incumbent.canStay(parameters))
        .map(Incumbent::model);
  }

  /** The card of the group's loss alone, as of a day: nothing else is fitted. */
  public static List<ModelCardRow> measure(
      ChurnInputs inputs, TrainingRun run, ChurnParameters parameters) {
    List<LocalDate> days = Snapshots.days(inputs.snapshots(), TimeSplit.trainingDay(run.asOf()));
    TimeSplit.Plan plan =
        TimeSplit.plan(
            TimeSplit.trainingDay(run.asOf()),
            parameters.horizonDays(),
            days,
            parameters.spacing());
    return single(CHURN_180D, plan, null, inputs, run, parameters).card();
  }

  private static Head single(
      String name,
      TimeSplit.Plan plan,
      Head leader,
      ChurnInputs inputs,
      TrainingRun run,
      ChurnParameters parameters) {
    if (plan instanceof TimeSplit.Refused refused) {
      return Head.none(ModelCardRow.notTrained(name, run.asOf(), refused.reason()));
    }
    Prepared prepared = prepare(inputs, ((TimeSplit.Ready) plan).split(), parameters);
    Head head = head(name, prepared, ChurnLabels.NEXT_VISIT_ON, leader, inputs, run, parameters);
    release(prepared);
    return head;
  }

  private static Prepared prepare(ChurnInputs inputs, TimeSplit split, ChurnParameters parameters) {
    Fit<VisitModel> visitModel = repeatVisits(inputs, split);
    Dataset<Row> snapshots = inputs.snapshots();
    Column[] key = {CustomerSnapshots.CUSTOMER_ID.col(), CustomerSnapshots.SNAPSHOT_ON.col()};
    Dataset<Row> trainAll =
        ChurnPopulation.of(Snapshots.on(snapshots, split.trainOn()), parameters.populationMonths());
    Dataset<Row> testAll =
        ChurnPopulation.of(
            Snapshots.on(snapshots, List.of(split.testOn())), parameters.populationMonths());
    Dataset<Row> train =
        ChurnLabels.add(
                FixedOrder.sample(trainAll, parameters.maxTrainingRows(), trainAll.count(), key),
                inputs.identities(),
                inputs.visits(),
                split.trainUntilOn())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> test =
        ChurnLabels.add(testAll, inputs.identities(), inputs.visits(), split.testUntilOn())
            .persist(StorageLevel.MEMORY_AND_DISK());
    double gap =
        FixedOrder.quantiles(
            train.where(CustomerSnapshots.MEAN_GAP_DAYS.col().isNotNull()),
            CustomerSnapshots.MEAN_GAP_DAYS.col(),
            0.5)[0];
    double bill =
        FixedOrder.quantiles(
            train,
            CustomerSnapshots.HIGHEST_PAY_12M_AMOUNT_MINOR.col().cast(Columns.DOUBLE),
            LARGE_BILL)[0];
    EnumSet<Month> months = EnumSet.noneOf(Month.class);
    split.trainOn().forEach(day -> months.add(day.getMonth()));
    ChurnBasis basis =
        new ChurnBasis(
            split.horizonDays(),
            Double.isNaN(gap) ? split.horizonDays() : Math.max(gap, 1),
            months.size() == Month.values().length,
            visitModel instanceof Fit.Found<VisitModel> found ? found.model() : null,
            attrition(inputs, split, bill, parameters),
            bill);
    return new Prepared(
        split,
        train,
        test,
        basis,
        gather(basis.prepare(train), ChurnFeatures.shaped(basis), functions.lit(0), parameters),
        visitModel instanceof Fit.Refused<VisitModel> refused
            ? "without repeat-visit features: " + refused.reason()
            : "with features of repeat visits",
        train.count(),
        test.count());
  }

  /** Repeat visits of everybody, fitted on the last training snapshot. */
  private static Fit<VisitModel> repeatVisits(ChurnInputs inputs, TimeSplit split) {
    LocalDate day = split.trainOn().get(split.trainOn().size() - 1);
    return VisitModel.choose(
            Histories.ofSnapshots(
                Snapshots.on(inputs.snapshots(), List.of(day)),
                RepeatVisitParameters.defaults().unit()),
            ChurnBasis.REPEAT_VISITS,
            ChurnBasis.repeatVisits(ChurnBasis.REPEAT_VISITS, 1).fit())
        .fit();
  }

  /** The visit process, fitted on the last training snapshot. */
  private static AttritionModel attrition(
      ChurnInputs inputs, TimeSplit split, double largeBillMinor, ChurnParameters parameters) {
    LocalDate day = split.trainOn().get(split.trainOn().size() - 1);
    return AttritionTrainer.fit(
        Snapshots.on(inputs.snapshots(), List.of(day)), largeBillMinor, parameters.attrition());
  }

  private static void release(Prepared prepared) {
    prepared.train().unpersist();
    prepared.test().unpersist();
  }

  /**
   * Fits and measures an outcome.
   *
   * @param leader outcome that decides; null if it is this one
   */
  private static Head head(
      String name,
      Prepared prepared,
      Field nextVisitOn,
      Head leader,
      ChurnInputs inputs,
      TrainingRun run,
      ChurnParameters parameters) {
    TimeSplit split = prepared.split();
    Column isLost = ChurnLabels.isLost(nextVisitOn, split.horizonDays());
    long lost = prepared.train().where(isLost).count();
    if (lost == 0 || lost == prepared.trainCount()) {
      return Head.none(
          ModelCardRow.notTrained(
              name,
              run.asOf(),
              "%d of %d training rows are lost: there is nothing to tell apart"
                  .formatted(lost, prepared.trainCount())));
    }
    ChurnBasis basis = prepared.basis();
    ChurnKind incumbent = inputs.kindInUse(name);
    Champion champion =
        Champion.of(
            prepared.rows().labelledAs(gather(prepared.train(), List.of(), isLost, parameters)),
            basis,
            incumbent,
            parameters,
            run.seed());
    ChurnHead unnamed =
        new ChurnHead(
            null,
            basis,
            split.trainUntilOn(),
            champion.kind(),
            champion.logistic(),
            champion.trees());
    ScoredRows scored =
        ChurnMeasures.test(
            unnamed,
            prepared.test(),
            isLost,
            (double) lost / prepared.trainCount(),
            inputs,
            parameters.maxTestRows());
    List<MetricResult> results =
        new ArrayList<>(
            BinaryEvaluation.evaluate(scored, parameters.bootstrapReplicates(), run.seed()));
    Takeover takeover =
        leader == null
            ? Takeover.judge(
                unnamed,
                results,
                inputs.incumbent(),
                new Takeover.Test(split.testOn(), prepared.test(), isLost, parameters, run.seed()))
            : Takeover.following(leader.takeover(), CHURN_180D, results);
    results.addAll(takeover.results());
    results.addAll(BinaryEvaluation.slices(scored, parameters.bootstrapReplicates(), run.seed()));
    results.add(MetricResult.reported("training_log_loss", champion.logLoss()));
    results.add(
        MetricResult.reported(
            "challenger_gain", champion.challengerGain(), champion.gainInterval()));
    if (name.equals(CHURN_180D)) {
      results.addAll(
          ChurnMeasures.drift(
              unnamed,
              prepared.rows(),
              champion.logits(),
              ChurnPopulation.of(
                  Snapshots.on(inputs.snapshots(), List.of(split.asOf())),
                  parameters.populationMonths()),
              parameters.maxTestRows()));
    }
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));

    ModelManifest manifest =
        ModelManifest.of(
            name,
            run,
            parameters,
            ChurnHead.features(basis, champion.kind()).stream().map(FeatureColumn::name).toList(),
            String.join(
                "; ",
                split.description(),
                prepared.note(),
                champion.description(incumbent),
                takeover.why()),
            metrics,
            List.of(basis, unnamed.learned()));
    return new Head(
        Optional.of(unnamed.named(manifest)),
        takeover,
        ModelCardRow.of(
            manifest,
            ModelCardRow.Span.of(split, prepared.trainCount(), prepared.testCount()),
            results,
            RULE));
  }

  /** Features and outcome; the order of rows is the same whatever is gathered of them. */
  private static TrainingRows gather(
      Dataset<Row> rows, List<FeatureColumn> features, Column outcome, ChurnParameters parameters) {
    return TrainingRows.gather(
        LogisticTrainer.points(
            rows,
            features,
            outcome,
            CustomerSnapshots.CUSTOMER_ID.col(),
            parameters.calibrationFolds(),
            CustomerSnapshots.CUSTOMER_ID.col(),
            CustomerSnapshots.SNAPSHOT_ON.col()),
        features.size());
  }
}
