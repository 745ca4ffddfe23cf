package io.servicelake.jobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.io.LakeFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How far a step has come, kept at {@code <lake>/_progress/<step>.json}: what it finished last, and
 * the plan it is at, written before anything else is.
 *
 * @param id names this lake's series of plans in commits; new when progress is lost, so that plan
 *     numbers that start over are not taken for old ones
 * @param number number of the newest plan
 * @param plan the unfinished plan; null if there is none
 * @param done the plan that was finished last; null before the first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Progress(String step, String id, long number, Plan plan, Plan done) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "_progress/";

  /**
   * What a step was going to read.
   *
   * @param inputs pinned version by table; -1 for a table never written
   * @param output version of the output before the plan; -1 without one
   * @param asOf as-of day; null if the step does not depend on it
   * @param context hash of everything else the result depends on: code, settings, models
   * @param runId the run that made the plan
   * @param finishedAt when it was done, ISO instant; null while it is not
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Plan(
      Map<String, Long> inputs,
      long output,
      String asOf,
      String context,
      String runId,
      String finishedAt) {
    boolean readsTheSameAs(Plan other) {
      return other != null
          && inputs.equals(other.inputs)
          && java.util.Objects.equals(asOf, other.asOf)
          && context.equals(other.context);
    }

    Plan finished(String at) {
      return new Plan(inputs, output, asOf, context, runId, at);
    }
  }

  static Progress load(LakeFiles files, String step) {
    return files
        .read(file(step))
        .map(Progress::parse)
        .orElseGet(() -> new Progress(step, UUID.randomUUID().toString(), 0, null, null));
  }

  Progress planned(Plan next) {
    return new Progress(step, id, number + 1, next, done);
  }

  Progress finished(String at) {
    return new Progress(step, id, number, null, plan.finished(at));
  }

  /** The same without what was done last: the next plan computes in full. */
  Progress forgotten() {
    return new Progress(step, id, number, plan, null);
  }

  /** The same for a table whose version grew without a change of its rows. */
  Progress lifted(String table, long from, long to) {
    if (done == null || !Long.valueOf(from).equals(done.inputs().get(table))) {
      return this;
    }
    Map<String, Long> inputs = new TreeMap<>(done.inputs());
    inputs.put(table, to);
    return new Progress(
        step,
        id,
        number,
        plan,
        new Plan(
            inputs, done.output(), done.asOf(), done.context(), done.runId(), done.finishedAt()));
  }

  /** Every step that has run. */
  static List<Progress> all(LakeFiles files) {
    return files.list(FOLDER).stream()
        .filter(name -> name.endsWith(".json") && !name.startsWith("_"))
        .sorted()
        .map(name -> parse(files.read(FOLDER + name).orElseThrow()))
        .filter(progress -> progress.step() != null)
        .toList();
  }

  void save(LakeFiles files) {
    try {
      files.write(file(step), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot happen: a record of text and numbers", e);
    }
  }

  private static Progress parse(String text) {
    try {
      return JSON.readValue(text, Progress.class);
    } catch (JsonProcessingException e) {
      throw new CannotException(
          "Cannot read a step's progress: %s. The file was changed by hand or by another version. Delete the file: the step runs again in full."
              .formatted(e.getOriginalMessage()),
          e);
    }
  }

  private static String file(String step) {
    return FOLDER + step.replaceAll("[^A-Za-z0-9._-]", "-") + ".json";
  }
}
