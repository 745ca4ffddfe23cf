package io.servicelake.jobs;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What became of a run.
 *
 * @param asOf as-of day; empty if no step asked for it
 */
public record RunResult(
    String runId, Optional<LocalDate> asOf, double seconds, List<StepResult> steps) {

  /** The first step that failed. */
  public Optional<StepResult> failure() {
    return steps.stream().filter(step -> step.outcome() == StepResult.Outcome.FAILED).findFirst();
  }

  /** Rows of a kind that actions noted, over all steps. */
  public long count(String what) {
    return steps.stream().mapToLong(step -> step.counts().getOrDefault(what, 0L)).sum();
  }

  /** The result of a step. */
  public StepResult step(String name) {
    return steps.stream().filter(step -> step.step().equals(name)).findFirst().orElseThrow();
  }
}
