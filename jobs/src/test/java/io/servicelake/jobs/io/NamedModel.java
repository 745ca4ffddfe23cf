package io.servicelake.jobs.io;

import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.TrainedModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model that can be stored and read back, and says nothing but its name.
 *
 * @param added what stands in its text besides
 */
public record NamedModel(String name, String modelId, Map<String, Object> added)
    implements TrainedModel {

  /** One that adds nothing. */
  public NamedModel(String name, String modelId) {
    this(name, modelId, Map.of());
  }

  @Override
  public ModelManifest manifest() {
    return new ModelManifest(
        modelId, name, LocalDate.EPOCH, "", 1, Map.of(), Map.of(), List.of(), "", Map.of());
  }

  @Override
  public String toJson() {
    Map<String, Object> stored = new TreeMap<>(added);
    stored.put("manifest", manifest());
    return Json.write(stored);
  }

  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    throw new UnsupportedOperationException();
  }
}
