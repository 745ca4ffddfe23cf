package io.servicelake.jobs.cli;

import io.servicelake.jobs.serve.PostgresDaemon;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code db status}: the database. */
@Command(name = "status", description = "Shows whether the database runs, and where.")
public final class DbStatusCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    PostgresDaemon.Status status = new Places(options.settings()).daemon().status();
    out.println(
        status.state() == PostgresDaemon.State.STOPPED
            ? "Database: stopped"
            : "Database: %s, process %d, port %d"
                .formatted(
                    status.state().name().toLowerCase(Locale.ROOT), status.pid(), status.port()));
    out.println("Data: " + status.dataFolder());
    out.println("Log:  " + status.logFile());
    return ExitStatus.DONE;
  }
}
