package io.servicelake.jobs.io;

import io.servicelake.jobs.CannotException;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.TrainedModels;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trained models in the lake: {@code _models/<model id>.json} holds parameters and manifest, {@code
 * _models/<name>.latest} names the one in use, {@code _models/<name>.held} the one an operator went
 * back to: it is held while it is in use. A model is stored before it is named, so a crash between
 * leaves the one in use as it was.
 */
public final class ModelStore {
  private static final String FOLDER = "_models/";
  private static final String JSON = ".json";

  private final LakeFiles files;

  public ModelStore(LakeFiles files) {
    this.files = files;
  }

  /** Stores a model and puts it in use. */
  public void put(String name, TrainedModel model) {
    keep(model);
    files.write(latest(name), model.modelId());
  }

  /** Stores a model without putting it in use. */
  public void keep(TrainedModel model) {
    files.write(FOLDER + model.modelId() + JSON, model.toJson());
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
    return idInUse(name).flatMap(this::model);
  }

  /** A stored model. */
  public Optional<TrainedModel> model(String id) {
    return files.read(FOLDER + id + JSON).map(TrainedModels::fromJson);
  }

  /** Identifier of the model an operator went back to, if that was not released since. */
  public Optional<String> heldId(String name) {
    return files.read(held(name)).map(String::strip);
  }

  /**
   * Lets the model in use be replaced like any other again; returns its identifier.
   *
   * @throws CannotException if none is held
   */
  public String release(String name) {
    String id =
        heldId(name)
            .filter(wanted -> idInUse(name).filter(wanted::equals).isPresent())
            .orElseThrow(
                () ->
                    new CannotException(
                        "Cannot release %s: no model of that name is held. Only a rollback holds one. See which with: servicelake models list"
                            .formatted(name)));
    files.delete(held(name));
    return id;
  }

  /**
   * A stored model.
   *
   * @param id begins with the name and the training day
   */
  public record Stored(String name, String id, boolean isInUse, boolean isHeld) {}

  /** Stored models by name and training day. */
  public List<Stored> stored() {
    return files.list(FOLDER).stream()
        .filter(file -> file.endsWith(JSON))
        .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - JSON.length()))
        .sorted()
        .map(
            id -> {
              String name = nameOf(id);
              boolean isInUse = idInUse(name).filter(id::equals).isPresent();
              return new Stored(
                  name, id, isInUse, isInUse && heldId(name).filter(id::equals).isPresent());
            })
        .toList();
  }

  /**
   * Puts a stored model in use again and holds it; returns its identifier.
   *
   * @param id null for the one trained before the one in use
   * @throws CannotException if there is none, or this version cannot read it
   */
  public String rollBack(String name, String id) {
    List<String> ids =
        stored().stream().filter(model -> model.name().equals(name)).map(Stored::id).toList();
    String wanted = id;
    if (wanted == null) {
      int inUse = idInUse(name).map(ids::indexOf).orElse(ids.size());
      wanted = inUse > 0 ? ids.get(inUse - 1) : null;
    }
    if (wanted == null || !ids.contains(wanted)) {
      throw new CannotException(
          "Cannot roll back %s%s: stored are %s. Only a stored model can be put in use. Pick one of: servicelake models list"
              .formatted(name, id == null ? "" : " to " + id, ids));
    }
    try {
      model(wanted);
    } catch (IllegalArgumentException e) {
      throw new CannotException(
          "Cannot roll back %s to %s. It is stored by another version, which this one cannot read. Pick one trained since: servicelake models list"
              .formatted(name, wanted),
          e);
    }
    files.write(held(name), wanted);
    files.write(latest(name), wanted);
    return wanted;
  }

  /** The name in an identifier: what stands before the training day and the hash. */
  private static String nameOf(String id) {
    return id.replaceFirst("-\\d{4}-\\d{2}-\\d{2}-[0-9a-f]+$", "").toUpperCase(Locale.ROOT);
  }

  private static String held(String name) {
    return FOLDER + name + ".held";
  }

  private static String latest(String name) {
    return FOLDER + name + ".latest";
  }
}
