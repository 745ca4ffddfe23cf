package io.servicelake.jobs.cli;

import io.servicelake.jobs.serve.PostgresDaemon;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code db status}: the database. */
@Command(
    name = "status",
    description = "Shows whether the database runs, and where.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DbStatusCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PostgresDaemon.Status status = new Places(options.settings()).daemon().status();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        status.state() == PostgresDaemon.State.STOPPED
            ? "Database: stopped"
            : "Database: %s, process %d, port %d"
                .formatted(
                    status.state().name().toLowerCase(Locale.ROOT), status.pid(), status.port()));
    out.println("Data: " + status.dataFolder());
    out.println("Log:  " + status.logFile());
    out.flush();
    return ExitStatus.DONE;
  }
}
