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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: a simulated dealer group from files to tables, report and dashboard. */
@Command(
    name = "demo",
    description = "Simulates a dealer group, runs everything on it and shows where to look.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
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
