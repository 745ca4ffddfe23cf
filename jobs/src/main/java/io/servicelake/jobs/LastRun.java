package io.servicelake.jobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.io.LakeFiles;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The newest run in short, kept at {@code <lake>/_progress/_last_run.json} so that status needs no
 * Spark.
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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "_progress/_last_run.json";

  static LastRun of(RunResult result, Instant startedAt) {
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
    return files
        .read(FILE)
        .map(
            text -> {
              try {
                return JSON.readValue(text, LastRun.class);
              } catch (JsonProcessingException e) {
                throw new CannotException(
                    "Cannot read %s: %s. It was changed by hand. Delete it: the next run writes it anew."
                        .formatted(files.path(FILE), e.getOriginalMessage()),
                    e);
              }
            });
  }

  void save(LakeFiles files) {
    try {
      files.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(RunResult result, Outcome outcome) {
    return result.steps().stream().filter(step -> step.outcome() == outcome).count();
  }
}
