package io.servicelake.ml.repeat;

import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.MetricResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits repeat visits and spend on the histories of the training day. */
public final class RepeatVisitTrainer {
  /** Name of the model. */
  public static final String REPEAT_VISITS = "REPEAT_VISITS";

  private static final List<String> FEATURES =
      List.of(
          Histories.REPEAT_COUNT.name(),
          Histories.RECENCY.name(),
          Histories.AGE.name(),
          Histories.LOG_GAPS.name(),
          Histories.MEAN_VALUE.name());

  private RepeatVisitTrainer() {}

  /**
   * Fits. No model where the data do not tell the visits' parameters; a model without margins where
   * they do not tell those of spend.
   *
   * @param histories as {@link Histories} makes them, in the unit of the parameters; rows of the
   *     training day are read, the last month end on or before the day of the run
   */
  public static Trained<RepeatVisitModel> fit(
      Dataset<Row> histories, TrainingRun run, RepeatVisitParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    Dataset<Row> rows = histories.where(Histories.SNAPSHOT_ON.col().equalTo(Snapshots.date(asOf)));
    Fit<VisitModel> visits = VisitModel.fit(rows, parameters.kind(), parameters.fit());
    if (visits instanceof Fit.Refused<VisitModel> refused) {
      return new Trained<>(
          Optional.empty(),
          List.of(ModelCardRow.notTrained(REPEAT_VISITS, run.asOf(), refused.reason())));
    }
    VisitModel visitModel = ((Fit.Found<VisitModel>) visits).model();
    String split = "%s fitted on all histories of the day".formatted(visitModel.label());
    Fit<SpendModel> spend = SpendModel.fit(rows, parameters.fit());
    SpendModel spendModel = null;
    if (spend instanceof Fit.Refused<SpendModel> refused) {
      split += "; no margins: " + refused.reason();
    } else {
      spendModel = ((Fit.Found<SpendModel>) spend).model();
    }
    List<MetricResult> results = figures(visitModel, spendModel);
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    ModelManifest manifest =
        ModelManifest.of(
            REPEAT_VISITS,
            run,
            parameters,
            FEATURES,
            split,
            metrics,
            spendModel == null ? List.of(visitModel) : List.of(visitModel, spendModel));
    return new Trained<>(
        Optional.of(new RepeatVisitModel(manifest, parameters, visitModel, spendModel)),
        ModelCardRow.of(
            manifest,
            ModelCardRow.Span.ofDay(asOf, visitModel.estimate().customers()),
            results,
            null));
  }

  private static List<MetricResult> figures(VisitModel visits, SpendModel spend) {
    List<MetricResult> results = new ArrayList<>();
    results.add(MetricResult.reported("visits_ticks", visits.ticks()));
    add(results, "visits", visits.estimate());
    if (spend != null) {
      add(results, "spend", spend.estimate());
    }
    return results;
  }

  private static void add(List<MetricResult> results, String part, Estimate estimate) {
    results.add(MetricResult.reported(part + "_log_likelihood", estimate.logLikelihood()));
    results.add(MetricResult.reported(part + "_gradient_norm", estimate.gradientNorm()));
    results.add(MetricResult.reported(part + "_iterations", estimate.iterations()));
    for (int i = 0; i < estimate.names().size(); i++) {
      results.add(
          MetricResult.reported(part + "_" + estimate.names().get(i), estimate.values().get(i)));
    }
  }
}
