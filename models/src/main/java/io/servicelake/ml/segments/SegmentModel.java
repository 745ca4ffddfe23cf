package io.servicelake.ml.segments;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.cluster.ClusterModel;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Core scores and behaviour clusters.
 *
 * @param spendSaturationMinor spend of 24 months that gets full marks, hundredths
 * @param typicalGapDays median gap between visits: stands in for a rhythm not yet seen
 * @param tiers limits of the tiers by value
 * @param clusters centroids, highest spend first
 * @param labels names of the clusters, in the same order
 */
public record SegmentModel(
    ModelManifest manifest,
    SegmentParameters parameters,
    double spendSaturationMinor,
    double typicalGapDays,
    ValueTiers tiers,
    ClusterModel clusters,
    List<BehaviourClusters.Label> labels)
    implements TrainedModel {

  /** Reads a model back. */
  public static SegmentModel fromJson(String json) {
    return Json.read(json, SegmentModel.class);
  }

  @Override
  public String toJson() {
    return Json.write(this);
  }

  /** Rows of score.customer_segments from feature.customer_snapshots. */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    return scoreAsOf(Snapshots.asOf(snapshots, List.of(CustomerSnapshots.CUSTOMER_ID), day));
  }

  /**
   * Rows of score.customer_segments of one or more days.
   *
   * @param persons feature.customer_snapshots as of the days
   */
  public Dataset<Row> scoreAsOf(Dataset<Row> persons) {
    CoreTraits traits = new CoreTraits(parameters);
    SegmentParameters.Weights weights = parameters.weights();
    Column core =
        CustomerSegments.SPEND_SCORE
            .col()
            .multiply(weights.spend())
            .plus(CustomerSegments.VEHICLE_SCORE.col().multiply(weights.vehicle()))
            .plus(CustomerSegments.PROXIMITY_SCORE.col().multiply(weights.proximity()))
            .plus(CustomerSegments.LOYALTY_SCORE.col().multiply(weights.loyalty()))
            .plus(CustomerSegments.PARTICIPATION_SCORE.col().multiply(weights.participation()))
            .divide(weights.sum());
    return persons
        .select(
            CustomerSnapshots.CUSTOMER_ID.col(),
            CustomerSnapshots.SNAPSHOT_ON.col().as(CustomerSegments.SCORED_ON.name()),
            CustomerSnapshots.HOME_DEALER_ID.col().as(CustomerSegments.DEALER_ID.name()),
            score(traits.spend(spendSaturationMinor), CustomerSegments.SPEND_SCORE.name()),
            score(traits.vehicle(), CustomerSegments.VEHICLE_SCORE.name()),
            score(traits.proximity(), CustomerSegments.PROXIMITY_SCORE.name()),
            score(traits.loyalty(typicalGapDays), CustomerSegments.LOYALTY_SCORE.name()),
            score(traits.participation(), CustomerSegments.PARTICIPATION_SCORE.name()),
            tiers.tier().as(CustomerSegments.VALUE_TIER.name()),
            clusters
                .nearest(BehaviourClusters.features())
                .plus(1)
                .as(CustomerSegments.CLUSTER_NO.name()))
        .withColumn(CustomerSegments.CORE_SCORE.name(), functions.round(core, 6))
        .select(
            CustomerSegments.CUSTOMER_ID.col(),
            CustomerSegments.SCORED_ON.col(),
            CustomerSegments.DEALER_ID.col(),
            CustomerSegments.SPEND_SCORE.col(),
            CustomerSegments.VEHICLE_SCORE.col(),
            CustomerSegments.PROXIMITY_SCORE.col(),
            CustomerSegments.LOYALTY_SCORE.col(),
            CustomerSegments.PARTICIPATION_SCORE.col(),
            CustomerSegments.CORE_SCORE.col(),
            CustomerSegments.CORE_SCORE
                .col()
                .geq(parameters.coreCut())
                .as(CustomerSegments.IS_CORE.name()),
            CustomerSegments.VALUE_TIER.col(),
            CustomerSegments.CLUSTER_NO.col(),
            label(BehaviourClusters.Label::en).as(CustomerSegments.CLUSTER_LABEL_EN.name()),
            label(BehaviourClusters.Label::zh).as(CustomerSegments.CLUSTER_LABEL_ZH.name()),
            functions.lit(modelId()).as(CustomerSegments.MODEL_ID.name()));
  }

  private Column label(Function<BehaviourClusters.Label, String> language) {
    Column[] names = labels.stream().map(language).map(functions::lit).toArray(Column[]::new);
    return functions.element_at(functions.array(names), CustomerSegments.CLUSTER_NO.col());
  }

  private static Column score(Column value, String name) {
    return functions.round(value, 6).as(name);
  }
}
