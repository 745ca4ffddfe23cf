package io.servicelake.ml;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from: enough to train it again.
 *
 * @param modelId name, training day and content hash; input and code versions are left out of the
 *     hash, so that equal content keeps its id however the tables came about
 * @param modelName e.g. CHURN_180D
 * @param asOf training day
 * @param codeVersion version of the code that trained it
 * @param seed seed of every draw
 * @param inputVersions table id and version of every input
 * @param config parameters it was trained with
 * @param features features in the order of the parameters
 * @param split how training and test time were kept apart, or why there was no test
 * @param metrics figures of the model card, by metric
 */
public record ModelManifest(
    String modelId,
    String modelName,
    LocalDate asOf,
    String codeVersion,
    long seed,
    Map<String, Long> inputVersions,
    Map<String, String> config,
    List<String> features,
    String split,
    Map<String, Double> metrics) {

  public ModelManifest {
    inputVersions = new TreeMap<>(inputVersions);
    config = new TreeMap<>(config);
    features = List.copyOf(features);
    metrics = new TreeMap<>(metrics);
  }

  /** The manifest of a new model; its id follows from the content and the learned parameters. */
  public static ModelManifest of(
      String modelName,
      TrainingRun run,
      Object config,
      List<String> features,
      String split,
      Map<String, Double> metrics,
      Object learned) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    ModelManifest content =
        new ModelManifest(
            "",
            modelName,
            asOf,
            "",
            run.seed(),
            Map.of(),
            Json.flatten(config),
            features,
            split,
            metrics);
    String hash = Json.sha256(Json.write(List.of(content, learned))).substring(0, 12);
    return new ModelManifest(
        "%s-%s-%s".formatted(modelName.toLowerCase(Locale.ROOT), asOf, hash),
        modelName,
        asOf,
        run.codeVersion(),
        run.seed(),
        run.inputVersions(),
        content.config(),
        content.features(),
        split,
        content.metrics());
  }
}
