package io.servicelake.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.servicelake.jobs.cli.BacktestCommand;
import io.servicelake.jobs.cli.BackupCommand;
import io.servicelake.jobs.cli.BiCommand;
import io.servicelake.jobs.cli.DbCommand;
import io.servicelake.jobs.cli.DemoCommand;
import io.servicelake.jobs.cli.DevCommand;
import io.servicelake.jobs.cli.DiffCommand;
import io.servicelake.jobs.cli.ExitStatus;
import io.servicelake.jobs.cli.ExplainCommand;
import io.servicelake.jobs.cli.MaintainCommand;
import io.servicelake.jobs.cli.ModelsCommand;
import io.servicelake.jobs.cli.PublishCommand;
import io.servicelake.jobs.cli.RejectsCommand;
import io.servicelake.jobs.cli.ReportCommand;
import io.servicelake.jobs.cli.RestoreCommand;
import io.servicelake.jobs.cli.RunCommand;
import io.servicelake.jobs.cli.SimulateCommand;
import io.servicelake.jobs.cli.SourcesCommand;
import io.servicelake.jobs.cli.StatusCommand;
import io.servicelake.jobs.cli.StreamCommand;
import io.servicelake.jobs.cli.WinbackCommand;
import io.servicelake.jobs.config.SettingsException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. */
@Command(
    name = "servicelake",
    description = {
      "The customer-intelligence lakehouse for car dealers' after-sales service.",
      "Start with: servicelake demo"
    },
    mixinStandardHelpOptions = true,
    version = "Servicelake 0.1.0-SNAPSHOT",
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong use or configuration",
      "3:rejected rows above ingest.max_reject_share"
    },
    subcommands = {
      DemoCommand.class,
      SimulateCommand.class,
      SourcesCommand.class,
      RunCommand.class,
      StreamCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      PublishCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      WinbackCommand.class,
      BacktestCommand.class,
      ModelsCommand.class,
      RejectsCommand.class,
      MaintainCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DbCommand.class,
      BiCommand.class,
      DevCommand.class,
      HelpCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command; returns its exit status. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The commands and how their faults are told. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // Wide enough for what descriptions break by themselves.
    line.setUsageHelpWidth(100);
    line.setOut(new PrintWriter(new CurrentStream(() -> System.out), true, UTF_8));
    line.setErr(new PrintWriter(new CurrentStream(() -> System.err), true, UTF_8));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(message(failure));
          command.getErr().flush();
          return failure instanceof SettingsException ? ExitStatus.WRONG_USE : ExitStatus.FAILED;
        });
    // A group of commands without one of them shows what there is.
    line.setExecutionStrategy(
        parsed -> {
          CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
          if (!last.getSubcommands().isEmpty()
              && !last.isUsageHelpRequested()
              && !last.isVersionHelpRequested()) {
            last.usage(last.getErr());
            return ExitStatus.WRONG_USE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return line;
  }

  /** As the operating system words it; told as an error or wrapped, depending on who wrote. */
  private static boolean isDiskFull(Throwable failure) {
    return failure != null
        && (String.valueOf(failure.getMessage()).contains("No space left on device")
            || isDiskFull(failure.getCause()));
  }

  private static String message(Exception failure) {
    if (failure instanceof CannotException) {
      return failure.getMessage();
    }
    LoggerFactory.getLogger(Main.class).error("Command failed", failure);
    if (isDiskFull(failure)) {
      return "Cannot finish: no space is left on the disk. What was committed before stays, and the run goes on from there. Free room, then run again.";
    }
    return "Cannot finish: %s. This is a fault of the program, not of your input. The log %s has the details."
        .formatted(failure, System.getProperty("servicelake.log", "on this console"));
  }
}
