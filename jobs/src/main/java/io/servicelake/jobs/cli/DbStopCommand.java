package io.servicelake.jobs.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code db stop}: the database. */
@Command(name = "stop", description = "Stops the database.")
public final class DbStopCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    new Places(options.settings()).daemon().stop();
    out.println("Database stopped.");
    return ExitStatus.DONE;
  }
}
