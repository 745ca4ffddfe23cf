package io.servicelake.ml.linear;

/**
 * A model fitted on all training rows, uncalibrated, with what models that had not seen a row's
 * fold say of it.
 *
 * @param logits one per training row, in their order
 */
public record CrossFit<M>(M model, double[] logits) {}
