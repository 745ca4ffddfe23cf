package io.servicelake.ml.risk;

import static io.servicelake.contract.feature.ComponentSnapshots.*;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.gold.ServiceVisits;
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
import java.util.ArrayList;
import java.util.Collection;
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
 * Trains component risk by logistic regression pooled over components. Rows without a repair are
 * sampled where there are many, and the intercept is put right for it (King & Zeng, "Logistic
 * Regression in Rare Events Data", 2001).
 */
public final class ComponentRiskTrainer {
  /** Name of the model. */
  public static final String COMPONENT_RISK_90D = "COMPONENT_RISK_90D";

  private static final String RULE = "share of vehicles with a repair of the component in training";
  private static final Field IS_REPAIRED =
      new Field("is_repaired", Columns.BOOL, true, "Repaired", "已维修", "Within the horizon.");
  private static final Field COUNT =
      new Field("rows_count", Columns.LONG, false, "Rows", "行数", "Of a component.");
  private static final Field REPAIRED_COUNT =
      new Field("repaired_count", Columns.LONG, false, "Repaired", "已维修", "Of a component.");

  private ComponentRiskTrainer() {}

  /** Rows and repairs of the training part, by component. */
  private record Counts(long rows, long repaired, Map<String, Double> rates) {
    double rate() {
      return rows == 0 ? 0 : (double) repaired / rows;
    }
  }

  /**
   * Trains and measures.
   *
   * @param snapshots feature.component_snapshots
   * @param visits gold.service_visits
   */
  public static Trained<ComponentRiskModel> train(
      Dataset<Row> snapshots,
      Dataset<Row> visits,
      TrainingRun run,
      ComponentRiskParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    TimeSplit.Plan plan =
        TimeSplit.plan(
            asOf, parameters.horizonDays(), Snapshots.days(snapshots, asOf), parameters.spacing());
    if (plan instanceof TimeSplit.Refused refused) {
      return refused(run, refused.reason());
    }
    TimeSplit split = ((TimeSplit.Ready) plan).split();
    Dataset<Row> train =
        labelled(snapshots, visits, split.trainOn(), split.horizonDays())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> test =
        labelled(snapshots, visits, List.of(split.testOn()), split.horizonDays())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Counts counts = count(train);
      if (counts.repaired() == 0 || counts.repaired() == counts.rows()) {
        return refused(
            run,
            "%d of %d training rows have a repair: there is nothing to tell apart"
                .formatted(counts.repaired(), counts.rows()));
      }
      return fit(train, test, counts, split, run, parameters);
    } finally {
      train.unpersist();
      test.unpersist();
    }
  }

  private static Trained<ComponentRiskModel> fit(
      Dataset<Row> train,
      Dataset<Row> test,
      Counts counts,
      TimeSplit split,
      TrainingRun run,
      ComponentRiskParameters parameters) {
    List<FeatureColumn> features =
        ComponentRiskFeatures.all(counts.rates().keySet().stream().toList());
    List<String> names = features.stream().map(FeatureColumn::name).toList();
    Column[] key = {VEHICLE_ID.col(), COMPONENT_CODE.col(), SNAPSHOT_ON.col()};
    long unrepaired = counts.rows() - counts.repaired();
    double kept =
        Math.min(
            1,
            Math.max(parameters.maxTrainingRows() - counts.repaired(), counts.repaired())
                / (double) unrepaired);
    Dataset<Row> sampled =
        kept < 1 ? train.where(IS_REPAIRED.col().or(FixedOrder.isSampled(kept, key))) : train;
    LogisticModel fitted =
        LogisticTrainer.fit(
            LogisticTrainer.points(
                ComponentRiskFeatures.withBase(sampled),
                features,
                IS_REPAIRED.col(),
                VEHICLE_ID.col(),
                parameters.calibrationFolds(),
                key),
            names,
            parameters.regression(),
            parameters.calibrationFolds());
    LogisticModel model =
        fitted.calibrated(fitted.calibrationSlope(), fitted.calibrationOffset() + Math.log(kept));

    Column naive = ComponentRiskModel.naiveRate(counts.rates(), counts.rate());
    ScoredRows scored =
        ScoredRows.collect(
            ComponentRiskFeatures.withBase(test),
            new ScoredRows.Source(
                VEHICLE_ID.col(),
                model.probability(features),
                List.of(naive),
                naive,
                IS_REPAIRED.col()),
            parameters.maxTestRows());
    List<MetricResult> results =
        new ArrayList<>(
            BinaryEvaluation.evaluate(scored, parameters.bootstrapReplicates(), run.seed()));
    brierSkill(results).ifPresent(results::add);
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    ModelManifest manifest =
        ModelManifest.of(
            COMPONENT_RISK_90D,
            run,
            parameters,
            names,
            split.description(),
            metrics,
            List.of(counts.rates(), counts.rate(), model));
    return new Trained<>(
        Optional.of(new ComponentRiskModel(manifest, counts.rates(), counts.rate(), model)),
        ModelCardRow.of(
            manifest, ModelCardRow.Span.of(split, counts.rows(), test.count()), results, RULE));
  }

  private static Optional<MetricResult> brierSkill(List<MetricResult> results) {
    return results.stream()
        .filter(result -> result.metric().equals(BinaryEvaluation.BRIER))
        .findFirst()
        .map(brier -> MetricResult.reported("brier_skill", 1 - brier.value() / brier.naiveValue()));
  }

  private static Trained<ComponentRiskModel> refused(TrainingRun run, String reason) {
    return new Trained<>(
        Optional.empty(), List.of(ModelCardRow.notTrained(COMPONENT_RISK_90D, run.asOf(), reason)));
  }

  /** Snapshot rows of the days and whether the component was repaired within the horizon. */
  static Dataset<Row> labelled(
      Dataset<Row> snapshots, Dataset<Row> visits, Collection<LocalDate> days, int horizonDays) {
    Column[] dates = days.stream().map(Snapshots::date).toArray(Column[]::new);
    Dataset<Row> repairs =
        visits
            .where(ServiceVisits.VEHICLE_ID.col().isNotNull())
            .select(
                ServiceVisits.VEHICLE_ID.col(),
                ServiceVisits.VISIT_ON.col(),
                functions.explode(ServiceVisits.COMPONENTS.col()).as(COMPONENT_CODE.name()))
            .withColumn(SNAPSHOT_ON.name(), functions.explode(functions.array(dates)))
            .where(
                functions
                    .datediff(ServiceVisits.VISIT_ON.col(), SNAPSHOT_ON.col())
                    .between(1, horizonDays))
            .select(VEHICLE_ID.col(), COMPONENT_CODE.col(), SNAPSHOT_ON.col())
            .distinct()
            .withColumn(IS_REPAIRED.name(), functions.lit(true));
    return Snapshots.on(snapshots, days)
        .join(
            repairs,
            new String[] {VEHICLE_ID.name(), COMPONENT_CODE.name(), SNAPSHOT_ON.name()},
            "left")
        .withColumn(
            IS_REPAIRED.name(), functions.coalesce(IS_REPAIRED.col(), functions.lit(false)));
  }

  private static Counts count(Dataset<Row> train) {
    Map<String, Double> rates = new TreeMap<>();
    long rows = 0;
    long repaired = 0;
    for (Row row :
        train
            .groupBy(COMPONENT_CODE.col())
            .agg(
                functions.count(functions.lit(1)).as(COUNT.name()),
                functions.count(functions.when(IS_REPAIRED.col(), 1)).as(REPAIRED_COUNT.name()))
            .collectAsList()) {
      rates.put(row.getString(0), (double) row.getLong(2) / row.getLong(1));
      rows += row.getLong(1);
      repaired += row.getLong(2);
    }
    return new Counts(rows, repaired, rates);
  }
}
