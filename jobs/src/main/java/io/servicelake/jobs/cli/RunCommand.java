package io.servicelake.jobs.cli;

import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.StepResult;
import io.servicelake.jobs.StepResult.Outcome;
import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Lakehouse;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: source files to serving tables. */
@Command(
    name = "run",
    description = "Reads new source files and brings every table up to date.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Option(
      names = "--as-of",
      paramLabel = "<date>",
      description = "Day as of which is computed (default: the last complete day in the data).")
  private LocalDate asOf;

  @Option(names = "--wait", description = "Wait for another run on the lake to end.")
  private boolean isWaiting;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return run(options, Optional.ofNullable(asOf), isWaiting, spec.commandLine().getOut());
  }

  /** Runs the flow under the lake's lock; returns the exit status. */
  static int run(
      LakeOptions options, Optional<LocalDate> asOf, boolean isWaiting, PrintWriter out) {
    Settings settings = options.settings();
    RunSettings how = settings.get(RunSettings.class);
    try (RunLock lock =
        RunLock.take(
            options.files(),
            UUID.randomUUID().toString(),
            Duration.ofSeconds(how.leaseSeconds()),
            isWaiting || how.waitForLock(),
            Clock.systemUTC(),
            holder -> {
              out.println("Waiting for process %d on %s".formatted(holder.pid(), holder.host()));
              out.flush();
            })) {
      Lakehouse lake = options.open();
      RunDisplay display = RunDisplay.of(out);
      List<Step> steps = Flow.steps(settings);
      AsOf day = asOf.map(AsOf::on).orElseGet(() -> AsOf.lastCompleteDay(settings.zone()));
      RunResult result = new FlowRunner(lake, settings, day, display, lock::ensureHeld).run(steps);
      display.close();
      return conclude(result, settings, options, out);
    }
  }

  private static int conclude(
      RunResult result, Settings settings, LakeOptions options, PrintWriter out) {
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
    out.println(
        "Done in %s%s: %d steps wrote, %d found nothing to write, %d had no new input."
            .formatted(
                RunDisplay.seconds(result.seconds()),
                result.asOf().map(day -> ", as of " + day).orElse(""),
                count(result, Outcome.WRITTEN),
                count(result, Outcome.UNCHANGED),
                count(result, Outcome.SKIPPED)));
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
