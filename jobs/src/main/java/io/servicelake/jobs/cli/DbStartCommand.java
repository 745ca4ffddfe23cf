package io.servicelake.jobs.cli;

import io.servicelake.jobs.serve.ConnectionInfo;
import io.servicelake.jobs.serve.DatabaseRole;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code db start}: the database. */
@Command(
    name = "start",
    description = "Starts the database of the serving tables.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DbStartCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Places places = new Places(options.settings());
    ConnectionInfo info = places.daemon().start();
    out.println("Database: " + info.url(DatabaseRole.BI_READER));
    out.println(
        "Dashboards read it as %s; passwords lie in %s"
            .formatted(info.as(DatabaseRole.BI_READER).user(), places.state().resolve("secrets")));
    out.flush();
    return ExitStatus.DONE;
  }
}
