package io.servicelake.jobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.io.JsonFile;
import io.servicelake.jobs.io.LakeFiles;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The newest run that was asked for in short (rounds of a stream are none), kept at {@code
 * <lake>/_progress/_last_run.json} so that status needs no Spark.
 *
 * @param asOf ISO date; null if no step depended on it
 * @param written steps that wrote
 * @param unchanged steps that ran and had nothing to write
 * @param skipped steps whose inputs had not changed
 * @param failed name of the step that failed; null if none did
 * @param fault its message
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LastRun(
    String runId,
    String startedAt,
    double seconds,
    String asOf,
    long written,
    long unchanged,
    long skipped,
    String failed,
    String fault) {
  private static final JsonFile<LastRun> FILE =
      new JsonFile<>("_progress/_last_run.json", LastRun.class, "the next run writes it anew");

  /** In short. */
  public static LastRun of(RunResult result, Instant startedAt) {
    Optional<StepResult> failure = result.failure();
    return new LastRun(
        result.runId(),
        startedAt.toString(),
        Math.round(result.seconds() * 10) / 10.0,
        result.asOf().map(LocalDate::toString).orElse(null),
        count(result, Outcome.WRITTEN),
        count(result, Outcome.UNCHANGED),
        count(result, Outcome.SKIPPED),
        failure.map(StepResult::step).orElse(null),
        failure.map(step -> String.valueOf(step.fault().getMessage())).orElse(null));
  }

  /** The newest run of a lake; empty before the first. */
  public static Optional<LastRun> load(LakeFiles files) {
    return FILE.read(files);
  }

  /** Keeps it in the place of the run before. */
  public void save(LakeFiles files) {
    FILE.write(files, this);
  }

  private static long count(RunResult result, Outcome outcome) {
    return result.steps().stream().filter(step -> step.outcome() == outcome).count();
  }
}
