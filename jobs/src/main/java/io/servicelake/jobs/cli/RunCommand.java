package io.servicelake.jobs.cli;

import io.servicelake.AllTables;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.Backfill;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.LastRun;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.StepResult;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.upkeep.SchemaMigration;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code run}: source files to serving tables. */
@Command(name = "run", description = "Reads new source files and brings every table up to date.")
public final class RunCommand extends LakeCommand {
  @Option(
      names = "--as-of",
      paramLabel = "<date>",
      description = "Day as of which is computed (default: the last complete day in the data).")
  private LocalDate asOf;

  @Option(
      names = "--from",
      paramLabel = "<date>",
      description =
          "Computes every day from this one up to --as-of, in order: fills in days on which no run"
              + " was made, each with what was known by its end. A campaign is drawn on the last day"
              + " alone.")
  private LocalDate from;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "<step>",
      description =
          "Only these steps, each in full whether its inputs changed or not. Steps are named as in"
              + " ops.runs; a silver table is made anew from bronze.")
  private List<String> only = List.of();

  @Mixin private WaitOption wait = new WaitOption();

  @Override
  int execute(PrintWriter out) {
    Backfill backfill;
    try {
      backfill =
          new Backfill(
              Optional.ofNullable(from), only, Flow.steps(options.settings()), options.files());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return run(options, Optional.ofNullable(asOf), wait.isSet(), backfill, out);
  }

  /** Runs the flow under the lake's lock; returns the exit status. */
  static int run(
      LakeOptions options, Optional<LocalDate> asOf, boolean isWaiting, PrintWriter out) {
    Settings settings = options.settings();
    Backfill none =
        new Backfill(Optional.empty(), List.of(), Flow.steps(settings), options.files());
    return run(options, asOf, isWaiting, none, out);
  }

  private static int run(
      LakeOptions options,
      Optional<LocalDate> asOf,
      boolean isWaiting,
      Backfill backfill,
      PrintWriter out) {
    Settings settings = options.settings();
    return LockedRun.on(
        options,
        isWaiting,
        out,
        (lake, held) -> {
          new SchemaMigration(lake, Flow.steps(settings))
              .bringUpToDate(AllTables.ALL, out::println);
          backfill.prepare();
          AsOf newest = asOf.map(AsOf::on).orElseGet(() -> AsOf.lastCompleteDay(settings.zone()));
          int status = ExitStatus.DONE;
          for (Backfill.Day day : backfill.days(newest, lake)) {
            RunDisplay display = RunDisplay.of(out);
            Instant startedAt = Instant.now();
            RunResult result =
                new FlowRunner(lake, settings, day.asOf(), display, held).run(day.steps());
            LastRun.of(result, startedAt).save(lake.files());
            display.close();
            status = Math.max(status, conclude(result, settings, options, out));
          }
          return status;
        });
  }

  /** Throws what a user has to know of a run that failed. */
  static void failIfFailed(RunResult result, LakeOptions options) {
    if (result.failure().isPresent()) {
      StepResult failed = result.failure().get();
      String why =
          failed.fault() instanceof CannotException
              ? failed.fault().getMessage()
              : "Cannot finish step %s: %s. This is a fault of the program, not of your input. The log has the details."
                  .formatted(failed.step(), firstLine(failed.fault()));
      throw new CannotException(
          "%s%nStep %s failed, %d steps were not run. Log: %s"
              .formatted(why, failed.step(), count(result, Outcome.NOT_RUN), options.logFile()));
    }
  }

  private static int conclude(
      RunResult result, Settings settings, LakeOptions options, PrintWriter out) {
    failIfFailed(result, options);
    out.println(
        "Done in %s%s: %d steps wrote, %d found nothing to write, %d had no new input."
            .formatted(
                RunDisplay.seconds(result.seconds()),
                result.asOf().map(day -> ", as of " + day).orElse(""),
                count(result, Outcome.WRITTEN),
                count(result, Outcome.UNCHANGED),
                count(result, Outcome.SKIPPED)));
    long warned = result.count("warned");
    if (warned > 0) {
      out.println(
          "%d expectations of the data are not met: see serving.expectation_results or the report."
              .formatted(warned));
    }
    out.flush();
    long read = result.count("read");
    long rejected = result.count("rejected");
    double allowed = settings.get(IngestSettings.class).maxRejectShare();
    if (read > 0 && rejected > allowed * read) {
      out.println(
          String.format(
              Locale.ROOT,
              "Rejected %,d of %,d rows read, more than ingest.max_reject_share = %s. Their reasons stand in silver.rejects. Correct the files or their mapping and run again.",
              rejected,
              read,
              allowed));
      out.flush();
      return ExitStatus.TOO_MANY_REJECTS;
    }
    return ExitStatus.DONE;
  }

  private static long count(RunResult result, Outcome outcome) {
    return result.steps().stream().filter(step -> step.outcome() == outcome).count();
  }

  private static String firstLine(Throwable fault) {
    return fault.toString().lines().findFirst().orElse("");
  }
}
