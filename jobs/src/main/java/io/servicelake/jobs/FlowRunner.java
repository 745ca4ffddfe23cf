package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.ops.Runs;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.config.Section;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.config.TimeSettings;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a flow: each when those it reads from are done, some at a time. A step whose
 * inputs, settings and code are those of its last run is skipped; one that a crash left unfinished
 * is done over from the versions its plan pinned. After a failure no further step begins.
 */
public final class FlowRunner {
  private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

  private final Lakehouse lake;
  private final Settings settings;
  private final AsOf asOf;
  private final RunListener listener;
  private final Runnable mayWrite;
  private final RunSettings how;
  private final String runId = UUID.randomUUID().toString();
  private LocalDate day;

  public FlowRunner(Lakehouse lake, Settings settings, AsOf asOf, RunListener listener) {
    this(lake, settings, asOf, listener, () -> {});
  }

  /**
   * @param mayWrite asked before each step; throws if another process has taken the lake over
   */
  public FlowRunner(
      Lakehouse lake, Settings settings, AsOf asOf, RunListener listener, Runnable mayWrite) {
    this.lake = lake;
    this.settings = settings;
    this.asOf = asOf;
    this.listener = listener;
    this.mayWrite = mayWrite;
    this.how = settings.get(RunSettings.class);
  }

  /** Identifier of the run. */
  public String runId() {
    return runId;
  }

  /**
   * Runs the steps and adds the run to {@code ops.runs}.
   *
   * @param steps in the order data flows
   */
  public RunResult run(List<Step> steps) {
    long start = System.nanoTime();
    Instant startedAt = Instant.now();
    List<Set<Integer>> waitsFor = dependencies(steps);
    StepResult[] results = new StepResult[steps.size()];
    ExecutorService threads = Executors.newFixedThreadPool(how.parallelSteps());
    try {
      CompletionService<Integer> running = new ExecutorCompletionService<>(threads);
      Set<Integer> begun = new HashSet<>();
      Set<Integer> done = new HashSet<>();
      boolean isFailed = false;
      int active = 0;
      while (true) {
        for (int i = 0; i < steps.size() && !isFailed && active < how.parallelSteps(); i++) {
          if (!begun.contains(i) && done.containsAll(waitsFor.get(i))) {
            int index = i;
            begun.add(i);
            active++;
            listener.started(steps.get(i).name(), steps.size() - done.size());
            running.submit(
                () -> {
                  results[index] = attempt(steps.get(index));
                  return index;
                });
          }
        }
        if (active == 0) {
          break;
        }
        int ended = running.take().get();
        active--;
        done.add(ended);
        isFailed |= results[ended].outcome() == Outcome.FAILED;
        listener.ended(results[ended], steps.size() - done.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the run was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] == null) {
        results[i] =
            new StepResult(
                steps.get(i).name(), Outcome.NOT_RUN, Instant.now(), 0, 0, Map.of(), null);
      }
    }
    RunResult result =
        new RunResult(runId, Optional.ofNullable(day), seconds(start), List.of(results));
    log(result, startedAt);
    return result;
  }

  /** Steps each step has to wait for, by position. */
  private List<Set<Integer>> dependencies(List<Step> steps) {
    List<Set<Integer>> waitsFor = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (!names.add(step.name())) {
        throw new IllegalArgumentException(
            "Cannot run the flow: two steps are named %s. Progress is kept by name. Name one of them otherwise with Step.to(table, name)."
                .formatted(step.name()));
      }
      Set<String> reads = new HashSet<>(ids(step.inputs()));
      if (step.isByAsOf()) {
        reads.addAll(ids(asOf.reads()));
      }
      Set<String> writes = ids(step.outputs());
      Set<Integer> before = new HashSet<>();
      for (int j = 0; j < i; j++) {
        Step earlier = steps.get(j);
        Set<String> touched = new HashSet<>(writes);
        touched.addAll(reads);
        touched.retainAll(ids(earlier.outputs()));
        Set<String> readBefore = new HashSet<>(ids(earlier.inputs()));
        readBefore.retainAll(writes);
        if (!touched.isEmpty()
            || !readBefore.isEmpty()
            || step.afterSteps().contains(earlier.name())) {
          before.add(j);
        }
      }
      for (String name : step.afterSteps()) {
        if (!names.contains(name)) {
          throw new IllegalArgumentException(
              "Cannot run the flow: step %s comes after %s, which is no earlier step. Correct the name or the order."
                  .formatted(step.name(), name));
        }
      }
      waitsFor.add(before);
    }
    return waitsFor;
  }

  private StepResult attempt(Step step) {
    Instant startedAt = Instant.now();
    long start = System.nanoTime();
    Map<String, Long> counts = new HashMap<>();
    try {
      mayWrite.run();
      Lakehouse own = lake.newSession();
      SparkSession.setActiveSession(own.session());
      Result done = bringUpToDate(step, own, counts);
      return new StepResult(
          step.name(), done.outcome(), startedAt, seconds(start), done.rows(), counts, null);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      LOG.error("Step {} failed", step.name(), e);
      return new StepResult(step.name(), Outcome.FAILED, startedAt, seconds(start), 0, counts, e);
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  private record Result(Outcome outcome, long rows) {
    Result and(Result other) {
      return new Result(
          other.outcome == Outcome.WRITTEN ? other.outcome : outcome, rows + other.rows);
    }
  }

  private Result bringUpToDate(Step step, Lakehouse own, Map<String, Long> counts) {
    Progress progress = Progress.load(lake.files(), step.name());
    Result result = new Result(Outcome.SKIPPED, 0);
    if (progress.plan() != null) {
      LOG.info("Step {} was left unfinished: its plan is done over", step.name());
      result = carryOut(step, own, progress, counts);
      progress = Progress.load(lake.files(), step.name());
    }
    Progress.Plan plan = plan(step, own);
    if (!step.isAlways() && plan.readsTheSameAs(progress.done()) && hasOutputs(step, progress)) {
      return result;
    }
    progress = progress.planned(plan);
    progress.save(lake.files());
    return carryOut(step, own, progress, counts).and(result);
  }

  private Progress.Plan plan(Step step, Lakehouse own) {
    Map<String, Long> inputs = new TreeMap<>();
    for (TableContract input : step.inputs()) {
      inputs.put(input.id(), lake.version(input).orElse(-1));
    }
    String dayOrNull = step.isByAsOf() ? day(own).toString() : null;
    StringBuilder context =
        new StringBuilder(CodeVersion.get()).append(' ').append(settings.hash("time"));
    for (String section : step.sections()) {
      context.append(' ').append(settings.hash(section));
    }
    if (!step.fingerprints().isEmpty()) {
      Progress.Plan bare = new Progress.Plan(inputs, -1, dayOrNull, "", runId, null);
      RunContext run = context(step, own, bare, null, "", 0);
      step.fingerprints()
          .forEach(
              (what, of) -> context.append(' ').append(what).append('=').append(of.apply(run)));
    }
    long output = step.output().map(table -> lake.version(table).orElse(-1)).orElse(-1L);
    return new Progress.Plan(inputs, output, dayOrNull, context.toString(), runId, null);
  }

  private boolean hasOutputs(Step step, Progress progress) {
    return step.output().map(table -> lake.version(table).isPresent()).orElse(true);
  }

  private Result carryOut(Step step, Lakehouse own, Progress progress, Map<String, Long> counts) {
    Map<TableContract, Long> before = new HashMap<>();
    step.outputs().forEach(table -> before.put(table, lake.version(table).orElse(-1)));
    Progress.Plan plan = progress.plan();
    String prefix = "servicelake/" + step.name() + "/" + progress.id();
    RunContext run = context(step, own, plan, progress.done(), prefix, progress.number());
    long rows;
    if (step.action() != null) {
      step.action().run(run);
      rows = run.counts().getOrDefault("written", 0L);
    } else {
      rows = new StepOutput(step, own, how).write(progress, run).rows();
    }
    run.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
    CrashPoints.at("before-done");
    progress.finished(Instant.now().toString()).save(lake.files());
    boolean isWritten =
        step.outputs().stream()
            .anyMatch(table -> lake.version(table).orElse(-1) != before.get(table));
    return new Result(isWritten ? Outcome.WRITTEN : Outcome.UNCHANGED, rows);
  }

  private RunContext context(
      Step step,
      Lakehouse own,
      Progress.Plan plan,
      Progress.Plan last,
      String prefix,
      long number) {
    Supplier<LocalDate> planned =
        () -> {
          if (plan.asOf() == null) {
            throw new CannotException(
                "Cannot tell step %s the as-of day: it does not declare that it depends on it. It would not run again on another day. Add .dependsOnAsOf() to the step."
                    .formatted(step.name()));
          }
          return LocalDate.parse(plan.asOf());
        };
    return new RunContext(
        runId,
        planned,
        Optional.ofNullable(last)
            .filter(done -> done.context().equals(plan.context()))
            .map(Progress.Plan::asOf)
            .map(LocalDate::parse),
        settings,
        section -> guard(step, section),
        own,
        new PinnedInputs(step, own, plan, last, null),
        prefix,
        number);
  }

  private static void guard(Step step, Class<? extends Record> section) {
    String path = section.getAnnotation(Section.class).value();
    if (!step.isAlways() && section != TimeSettings.class && !step.sections().contains(path)) {
      throw new CannotException(
          "Cannot give step %s the settings of %s: it does not declare them. It would not run again when they change. Add .dependsOnConfig(\"%s\") to the step."
              .formatted(step.name(), path, path));
    }
  }

  private synchronized LocalDate day(Lakehouse own) {
    if (day == null) {
      day = asOf.day().apply(own);
    }
    return day;
  }

  private void log(RunResult result, Instant startedAt) {
    boolean isFailed = result.failure().isPresent();
    boolean isWritten = result.steps().stream().anyMatch(step -> step.outcome() == Outcome.WRITTEN);
    List<Row> rows = new ArrayList<>();
    result.steps().stream()
        .filter(step -> step.outcome() != Outcome.SKIPPED && step.outcome() != Outcome.NOT_RUN)
        .forEach(
            step ->
                rows.add(
                    logRow(
                        step.step(),
                        step.outcome(),
                        step.startedAt(),
                        step.seconds(),
                        step.rows())));
    rows.add(
        logRow(
            "RUN",
            isFailed ? Outcome.FAILED : isWritten ? Outcome.WRITTEN : Outcome.UNCHANGED,
            startedAt,
            result.seconds(),
            result.steps().stream().mapToLong(StepResult::rows).sum()));
    lake.append(
        Runs.TABLE,
        lake.session().createDataFrame(rows, Runs.TABLE.schema()).coalesce(1),
        new Txn("servicelake/run/" + runId, 1));
  }

  private Row logRow(
      String step, Outcome outcome, Instant startedAt, double seconds, long written) {
    return RowFactory.create(
        runId,
        step,
        Date.valueOf(day == null ? LocalDate.ofInstant(startedAt, settings.zone()) : day),
        Timestamp.from(startedAt),
        Math.round(seconds * 1000) / 1000.0,
        outcome.name(),
        written,
        CodeVersion.get(),
        settings.hash());
  }

  private static Set<String> ids(Iterable<TableContract> tables) {
    Set<String> ids = new HashSet<>();
    tables.forEach(table -> ids.add(table.id()));
    return ids;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
