package io.servicelake.ml;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained model: plain parameters that scoring turns into column expressions. Its JSON is the
 * whole model; a model read back gives the same scores.
 */
public interface TrainedModel {

  /** Where the model comes from. */
  ModelManifest manifest();

  /** Name, training day and content hash. */
  default String modelId() {
    return manifest().modelId();
  }

  /** The model as readable text; the counterpart is {@link TrainedModels#fromJson}. */
  String toJson();

  /**
   * Scores everybody in the model's population on a day.
   *
   * @param snapshots the snapshot table the model reads, any days; later ones are passed over
   * @param day the day to score as of
   * @return rows by the contract of the score table
   */
  Dataset<Row> score(Dataset<Row> snapshots, LocalDate day);
}
