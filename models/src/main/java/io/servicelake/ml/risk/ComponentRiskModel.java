package io.servicelake.ml.risk;

import static io.servicelake.contract.feature.ComponentSnapshots.*;

import io.servicelake.contract.score.ComponentRisks;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Probability that a component is repaired within the horizon.
 *
 * @param baseRates share of training rows with a repair, by component: the naive rule
 * @param overallRate the same over all components, for one that training has not seen
 */
public record ComponentRiskModel(
    ModelManifest manifest, Map<String, Double> baseRates, double overallRate, LogisticModel model)
    implements TrainedModel {

  public ComponentRiskModel {
    baseRates = new TreeMap<>(baseRates);
  }

  /** Reads a model back. */
  public static ComponentRiskModel fromJson(String json) {
    return Json.read(json, ComponentRiskModel.class);
  }

  @Override
  public String toJson() {
    return Json.write(this);
  }

  /** Rows of score.component_risks from feature.component_snapshots. */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    return ComponentRiskFeatures.withBase(
            Snapshots.asOf(snapshots, List.of(VEHICLE_ID, COMPONENT_CODE), day))
        .select(
            VEHICLE_ID.col(),
            COMPONENT_CODE.col(),
            SNAPSHOT_ON.col().as(ComponentRisks.SCORED_ON.name()),
            DEALER_ID.col(),
            MODEL.col(),
            probability().as(ComponentRisks.REPAIR_90D_PROBABILITY.name()),
            functions.round(naiveRate(), 6).as(ComponentRisks.NAIVE_RATE.name()),
            functions.lit(modelId()).as(ComponentRisks.MODEL_ID.name()));
  }

  /** Probability over rows that {@link ComponentRiskFeatures#withBase} has prepared. */
  Column probability() {
    List<FeatureColumn> features = ComponentRiskFeatures.all(baseRates.keySet().stream().toList());
    return model.probability(features);
  }

  /** The component's base rate. */
  Column naiveRate() {
    return naiveRate(baseRates, overallRate);
  }

  static Column naiveRate(Map<String, Double> baseRates, double overallRate) {
    Column rate = functions.lit(overallRate);
    for (Map.Entry<String, Double> entry : baseRates.entrySet()) {
      rate =
          functions
              .when(COMPONENT_CODE.col().equalTo(entry.getKey()), entry.getValue())
              .otherwise(rate);
    }
    return rate;
  }
}
