package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.report.Headline;
import io.servicelake.jobs.report.Report;
import io.servicelake.jobs.report.ReportData;
import io.servicelake.jobs.serve.Publisher;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code demo}: a simulated dealer group from files to tables, report and dashboard. */
@Command(
    name = "demo",
    description = "Simulates a dealer group, runs everything on it and shows where to look.")
public final class DemoCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) throws IOException {
    Settings settings = options.settings();
    Places places = new Places(settings);
    Path exports = Path.of(settings.resolve(settings.get(IngestSettings.class).folder()));
    SimulationOptions group = SimulationOptions.defaults();
    if (!Files.exists(exports)) {
      tell(
          out,
          "Simulating %d dealers, %,d customers, %d years up to %s"
              .formatted(group.dealers(), group.customers(), group.years(), group.endOn()));
      // Written aside and moved: a killed simulation leaves no half of an export behind.
      Path unfinished = exports.resolveSibling(exports.getFileName() + ".unfinished");
      Simulation.run(group, unfinished, exports.resolveSibling("truth"));
      Files.move(unfinished, exports);
    }
    int status = RunCommand.run(options, Optional.empty(), false, out);
    if (status != ExitStatus.DONE) {
      return status;
    }
    Lakehouse lake = options.open();
    ReportData data = Report.write(lake::read, Publisher.asOf(lake), places.report());
    String published = PublishCommand.publish(lake, settings);
    tell(out, "");
    Headline.lines(data).forEach(line -> tell(out, line));
    tell(out, "");
    tell(out, "Report     " + places.report());
    tell(out, "Lake       " + options.lakePath());
    tell(out, "Database   " + published);
    tell(out, "Next       ./servicelake bi up (dashboards), ./servicelake status, notebooks/");
    return ExitStatus.DONE;
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
