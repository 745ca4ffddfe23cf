/**
 * Models: trainers take tables and return a {@link io.servicelake.ml.TrainedModel} with its card;
 * nothing here reads, writes or looks at the clock.
 */
package io.servicelake.ml;
