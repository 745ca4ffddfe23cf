package io.servicelake.ml.segments;

import static io.servicelake.contract.feature.CustomerSnapshots.*;

import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.cluster.ClusterModel;
import io.servicelake.ml.cluster.ClusterTrainer;
import io.servicelake.ml.cluster.Stability;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds saturation points and behaviour clusters on the persons of the training day. */
public final class SegmentTrainer {
  /** Name of the model. */
  public static final String CUSTOMER_SEGMENTS = "CUSTOMER_SEGMENTS";

  private SegmentTrainer() {}

  /**
   * Trains on the last month end on or before the run's day.
   *
   * @param snapshots feature.customer_snapshots
   */
  public static Trained<SegmentModel> train(
      Dataset<Row> snapshots, TrainingRun run, SegmentParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    Dataset<Row> persons = Snapshots.asOf(snapshots, List.of(CUSTOMER_ID), asOf).cache();
    try {
      long count = persons.count();
      if (count == 0) {
        return new Trained<>(
            Optional.empty(),
            List.of(
                ModelCardRow.notTrained(
                    CUSTOMER_SEGMENTS, run.asOf(), "no customer snapshot of " + asOf)));
      }
      double saturation =
          FixedOrder.quantiles(
              persons.where(VISITS_24M_COUNT.col().gt(0)),
              NET_24M_AMOUNT_MINOR.col(),
              parameters.spendQuantile())[0];
      double gap =
          FixedOrder.quantiles(
              persons.where(MEAN_GAP_DAYS.col().isNotNull()), MEAN_GAP_DAYS.col(), 0.5)[0];
      ClusterModel clusters =
          BehaviourClusters.bySpend(
              ClusterTrainer.fit(
                  persons,
                  BehaviourClusters.features(),
                  parameters.clusters(),
                  run.seed(),
                  CUSTOMER_ID.col()));
      double spend = saturation > 0 ? saturation : 1;
      double rhythm = gap > 0 ? gap : 180;
      ValueTiers tiers =
          ValueTiers.of(
              persons,
              count,
              parameters.clusters().maxRows(),
              parameters.tiers(),
              CUSTOMER_ID.col());
      return card(run, parameters, persons, count, spend, rhythm, tiers, clusters);
    } finally {
      persons.unpersist();
    }
  }

  private static Trained<SegmentModel> card(
      TrainingRun run,
      SegmentParameters parameters,
      Dataset<Row> persons,
      long count,
      double spend,
      double rhythm,
      ValueTiers tiers,
      ClusterModel clusters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    List<BehaviourClusters.Label> labels = BehaviourClusters.labels(clusters);
    List<String> features = new ArrayList<>(clusters.names());
    features.addAll(List.of("spend", "vehicle", "proximity", "loyalty", "participation"));

    List<MetricResult> results = new ArrayList<>();
    results.add(MetricResult.reported("wssse", clusters.wssse()));
    if (clusters.silhouette() != null) {
      results.add(MetricResult.reported("silhouette", clusters.silhouette()));
    }
    if (clusters.stability() != null) {
      Stability stability = clusters.stability();
      results.add(
          MetricResult.reported(
              "adjusted_rand_index",
              stability.mean(),
              new Interval(stability.lower(), stability.upper())));
      results.add(MetricResult.reported("adjusted_rand_resamples", stability.resamples()));
    }
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    ModelManifest manifest =
        ModelManifest.of(
            CUSTOMER_SEGMENTS,
            run,
            parameters,
            features,
            "none: no outcome is predicted; trained on the persons of " + asOf,
            metrics,
            List.of(spend, rhythm, tiers, clusters, labels));
    SegmentModel model =
        new SegmentModel(manifest, parameters, spend, rhythm, tiers, clusters, labels);
    long core = model.score(persons, asOf).where(CustomerSegments.IS_CORE.col()).count();
    results.add(MetricResult.reported("core_share", (double) core / count));
    return new Trained<>(
        Optional.of(model),
        ModelCardRow.of(manifest, ModelCardRow.Span.ofDay(asOf, count), results, null));
  }
}
