package io.servicelake.jobs;

/** Is told how a run goes on; calls come from several threads. */
public interface RunListener {
  /** Nobody listens. */
  RunListener NONE = new RunListener() {};

  /** A step begins. */
  default void started(String step, int stepsLeft) {}

  /** A step came to an end. */
  default void ended(StepResult result, int stepsLeft) {}
}
