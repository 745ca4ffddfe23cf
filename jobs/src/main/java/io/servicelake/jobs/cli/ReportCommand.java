package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.report.Report;
import io.servicelake.jobs.serve.Publisher;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code report}: the page for managers. */
@Command(name = "report", description = "Writes the report page from the serving tables.")
public final class ReportCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    Lakehouse lake = options.open();
    Path file = new Places(options.settings()).report();
    Report.write(lake::read, Publisher.asOf(lake), file);
    out.println("Report: " + file);
    return ExitStatus.DONE;
  }
}
