package io.servicelake.ml;

/** What a fit comes to: a model, or the reason why the data give none. */
public sealed interface Fit<M> {

  /** The data tell the parameters. */
  record Found<M>(M model) implements Fit<M> {}

  /** They do not. */
  record Refused<M>(String reason) implements Fit<M> {}
}
