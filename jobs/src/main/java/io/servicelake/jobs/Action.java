package io.servicelake.jobs;

/**
 * The body of a step that makes no single table by a Dataset: ingest, a silver merge with its
 * rejects, training, publishing. It writes through {@code run.lake()} with {@code run.txn(name)},
 * so that doing it over after a crash changes nothing.
 */
@FunctionalInterface
public interface Action {
  /** Does the work; a fault that the user can mend is a {@link CannotException}. */
  void run(RunContext run);
}
