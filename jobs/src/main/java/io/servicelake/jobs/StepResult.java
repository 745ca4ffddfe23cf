package io.servicelake.jobs;

import java.time.Instant;
import java.util.Map;

/**
 * What became of a step in a run.
 *
 * @param rows rows its commits wrote
 * @param counts rows an action noted, by what they are
 * @param fault the failure; null if there was none
 */
public record StepResult(
    String step,
    Outcome outcome,
    Instant startedAt,
    double seconds,
    long rows,
    Map<String, Long> counts,
    Throwable fault) {

  /** Outcomes as they stand in {@code ops.runs}. */
  public enum Outcome {
    /** A table has a new version. */
    WRITTEN,
    /** It ran and found nothing to write. */
    UNCHANGED,
    /** Its inputs are those of its last run. */
    SKIPPED,
    /** It could not be done. */
    FAILED,
    /** Not begun, since another step failed. */
    NOT_RUN
  }
}
