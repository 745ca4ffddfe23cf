package io.servicelake.jobs.cli;

import io.servicelake.jobs.bi.SupersetService;
import io.servicelake.jobs.serve.DatabaseRole;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code bi up}: the dashboards. */
@Command(name = "up", description = "Installs, loads and starts the dashboards.")
public final class BiUpCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    Places places = new Places(options.settings());
    SupersetService.Access access =
        places
            .superset(out)
            .up(places.address(DatabaseRole.SUPERSET), places.address(DatabaseRole.BI_READER));
    access.dashboards().forEach(dashboard -> out.println("Dashboard: " + dashboard));
    out.println("User admin: password in " + access.adminPassword());
    out.println("User reader: password in " + access.readerPassword());
    return ExitStatus.DONE;
  }
}
