package io.servicelake.ml;

import java.util.List;
import java.util.Optional;

/**
 * What a training returns.
 *
 * @param model to be in use from now on; empty if none is: history is too short, the data give
 *     nothing to learn from, or what they give is no better than a rule
 * @param card rows of the model card of what was trained; if that is not put in use they say why
 */
public record Trained<M extends TrainedModel>(Optional<M> model, List<ModelCardRow> card) {}
