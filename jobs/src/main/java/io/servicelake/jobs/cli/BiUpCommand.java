package io.servicelake.jobs.cli;

import io.servicelake.jobs.bi.SupersetService;
import io.servicelake.jobs.serve.DatabaseRole;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bi up}: the dashboards. */
@Command(
    name = "up",
    description = "Installs, loads and starts the dashboards.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BiUpCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Places places = new Places(options.settings());
    SupersetService.Access access =
        places
            .superset(out)
            .up(places.address(DatabaseRole.SUPERSET), places.address(DatabaseRole.BI_READER));
    access.dashboards().forEach(dashboard -> out.println("Dashboard: " + dashboard));
    out.println("User admin: password in " + access.adminPassword());
    out.println("User reader: password in " + access.readerPassword());
    out.flush();
    return ExitStatus.DONE;
  }
}
