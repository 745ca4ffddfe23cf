package io.servicelake.jobs.cli;

import io.servicelake.jobs.serve.ConnectionInfo;
import io.servicelake.jobs.serve.DatabaseRole;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code db start}: the database. */
@Command(name = "start", description = "Starts the database of the serving tables.")
public final class DbStartCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    Places places = new Places(options.settings());
    ConnectionInfo info = places.daemon().start();
    out.println("Database: " + info.url(DatabaseRole.BI_READER));
    out.println(
        "Dashboards read it as %s; passwords lie in %s"
            .formatted(info.as(DatabaseRole.BI_READER).user(), places.state().resolve("secrets")));
    return ExitStatus.DONE;
  }
}
