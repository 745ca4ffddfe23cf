package io.servicelake.ml;

import java.util.List;
import java.util.Optional;

/**
 * What a training returns.
 *
 * @param model empty if history is too short or the data give nothing to learn from
 * @param card rows of the model card; if there is no model they say why
 */
public record Trained<M extends TrainedModel>(Optional<M> model, List<ModelCardRow> card) {}
