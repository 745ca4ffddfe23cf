package io.servicelake.ml.repeat;

import io.servicelake.ml.Fit;
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
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Fits repeat visits and spend on histories, and measures them on the time after. */
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

  private static final String RULE =
      "days since the last visit; for Brier and counts the own rate carried on";

  private RepeatVisitTrainer() {}

  /**
   * Fits on the snapshots of the last month end whose horizon is over by the training day, and
   * measures it on what came within the horizon. No model where the data do not tell the visits'
   * parameters; a model without margins where they do not tell those of spend.
   *
   * @param snapshots feature.customer_snapshots
   * @param identities silver.customer_identities
   * @param visits gold.service_visits
   */
  public static Trained<RepeatVisitModel> train(
      Dataset<Row> snapshots,
      Dataset<Row> identities,
      Dataset<Row> visits,
      TrainingRun run,
      RepeatVisitParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    Optional<LocalDate> fitOn = fitOn(snapshots, asOf, parameters.horizonDays());
    if (fitOn.isEmpty()) {
      return refused(
          run,
          "no month-end snapshot by %s, %d days before %s"
              .formatted(asOf.minusDays(parameters.horizonDays()), parameters.horizonDays(), asOf));
    }
    Dataset<Row> histories =
        Histories.ofSnapshots(Snapshots.on(snapshots, List.of(fitOn.get())), parameters.unit())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return fit(
          histories,
          run,
          parameters,
          model -> ReturnedVisits.collect(histories, identities, visits, fitOn.get(), model),
          new ModelCardRow.Span(
              fitOn.get(),
              fitOn.get(),
              fitOn.get(),
              fitOn.get().plusDays(parameters.horizonDays()),
              0,
              0));
    } finally {
      histories.unpersist();
    }
  }

  private static Optional<LocalDate> fitOn(Dataset<Row> snapshots, LocalDate asOf, int horizon) {
    return Snapshots.days(snapshots, asOf.minusDays(horizon)).stream()
        .filter(day -> day.equals(TimeSplit.trainingDay(day)))
        .reduce((earlier, later) -> later);
  }

  /** Fits on histories of one day, and measures by what is said to have come of them. */
  static Trained<RepeatVisitModel> fit(
      Dataset<Row> histories,
      TrainingRun run,
      RepeatVisitParameters parameters,
      Function<RepeatVisitModel, ReturnedVisits> returned,
      ModelCardRow.Span days) {
    VisitModel.Choice choice = VisitModel.choose(histories, parameters.kind(), parameters.fit());
    String passedOver = String.join("; ", choice.passedOver());
    if (choice.fit() instanceof Fit.Refused<VisitModel> refused) {
      return refused(
          run, passedOver.isEmpty() ? refused.reason() : passedOver + "; " + refused.reason());
    }
    VisitModel visitModel = ((Fit.Found<VisitModel>) choice.fit()).model();
    String split =
        "%s fitted on all histories of %s, held against the visits until %s"
            .formatted(visitModel.label(), days.trainUntilOn(), days.testUntilOn());
    if (!passedOver.isEmpty()) {
      split += "; not a richer kind: " + passedOver;
    }
    Fit<SpendModel> spend = SpendModel.fit(histories, parameters.fit());
    SpendModel spendModel = null;
    if (spend instanceof Fit.Refused<SpendModel> refused) {
      split += "; no margins: " + refused.reason();
    } else {
      spendModel = ((Fit.Found<SpendModel>) spend).model();
    }
    RepeatVisitModel unnamed = new RepeatVisitModel(null, parameters, visitModel, spendModel);
    ReturnedVisits test = returned.apply(unnamed);
    List<MetricResult> results = figures(visitModel, spendModel);
    results.addAll(test.figures(parameters.bootstrapReplicates(), run.seed()));
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
    ModelCardRow.Span span =
        new ModelCardRow.Span(
            days.trainFromOn(),
            days.trainUntilOn(),
            days.testFromOn(),
            days.testUntilOn(),
            visitModel.estimate().customers(),
            test.size());
    return new Trained<>(
        Optional.of(new RepeatVisitModel(manifest, parameters, visitModel, spendModel)),
        ModelCardRow.of(manifest, span, results, RULE));
  }

  private static Trained<RepeatVisitModel> refused(TrainingRun run, String reason) {
    return new Trained<>(
        Optional.empty(), List.of(ModelCardRow.notTrained(REPEAT_VISITS, run.asOf(), reason)));
  }

  private static List<MetricResult> figures(VisitModel visits, SpendModel spend) {
    List<MetricResult> results = new ArrayList<>();
    results.add(MetricResult.reported("visits_ticks", visits.ticks()));
    add(results, "visits", visits.estimate());
    if (spend != null) {
      add(results, "spend", spend.estimate());
      results.add(MetricResult.reported("spend_paying_share", spend.payingShare()));
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
