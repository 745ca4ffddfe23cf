package io.servicelake.jobs.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code bi down}: the dashboards. */
@Command(name = "down", description = "Stops the dashboards.")
public final class BiDownCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    boolean wasUp = new Places(options.settings()).superset(out).down();
    out.println(wasUp ? "Superset stopped." : "Superset was not running.");
    return ExitStatus.DONE;
  }
}
