package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.report.Report;
import io.servicelake.jobs.serve.Publisher;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code report}: the page for managers. */
@Command(
    name = "report",
    description = "Writes the report page from the serving tables.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReportCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Lakehouse lake = options.open();
    Path file = new Places(options.settings()).report();
    Report.write(lake::read, Publisher.asOf(lake), file);
    spec.commandLine().getOut().println("Report: " + file);
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
