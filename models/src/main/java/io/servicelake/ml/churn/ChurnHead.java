package io.servicelake.ml.churn;

import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One fitted churn outcome.
 *
 * @param typicalGapDays median gap between visits in training
 * @param withSeason true if training saw every month of the year
 */
public record ChurnHead(
    ModelManifest manifest, double typicalGapDays, boolean withSeason, LogisticModel model) {

  /** Population rows with what the features are made of. */
  Dataset<Row> prepare(Dataset<Row> population) {
    return ChurnFeatures.withBase(population, typicalGapDays);
  }

  /** The features over prepared rows. */
  List<FeatureColumn> features() {
    return ChurnFeatures.all(withSeason);
  }

  /** Probability over prepared rows, 6 digits. */
  Column probability() {
    return model.probability(features());
  }
}
