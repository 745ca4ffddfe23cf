package io.servicelake.jobs.io;

import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.TrainedModels;
import java.util.Optional;

/**
 * Trained models in the lake: {@code _models/<model id>.json} holds parameters and manifest, {@code
 * _models/<name>.latest} names the one in use. A model is stored before it is named, so a crash
 * between leaves the one in use as it was.
 */
public final class ModelStore {
  private static final String FOLDER = "_models/";

  private final LakeFiles files;

  public ModelStore(LakeFiles files) {
    this.files = files;
  }

  /** Stores a model and puts it in use. */
  public void put(String name, TrainedModel model) {
    files.write(FOLDER + model.modelId() + ".json", model.toJson());
    files.write(latest(name), model.modelId());
  }

  /** Takes the model of a name out of use; what was stored stays. */
  public void retire(String name) {
    files.delete(latest(name));
  }

  /** Identifier of the model in use. */
  public Optional<String> idInUse(String name) {
    return files.read(latest(name)).map(String::strip);
  }

  /** The model in use. */
  public Optional<TrainedModel> inUse(String name) {
    return idInUse(name)
        .flatMap(id -> files.read(FOLDER + id + ".json"))
        .map(TrainedModels::fromJson);
  }

  private static String latest(String name) {
    return FOLDER + name + ".latest";
  }
}
