package io.servicelake.jobs.cli;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.ingest.Mapping;
import io.servicelake.jobs.ingest.MappingReader;
import io.servicelake.jobs.ingest.ReplayRejects;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code rejects replay}: refused rows once more, after their mapping was mended. */
@Command(
    name = "replay",
    description = "Reads refused rows again after their mapping was mended, without a rebuild.")
public final class RejectsReplayCommand extends LakeCommand {
  @Option(
      names = "--source",
      split = ",",
      paramLabel = "<source>",
      description = "Only these sources (default: all whose mapping changed).")
  private Set<String> sources = Set.of();

  @Option(
      names = "--target",
      paramLabel = "<table>",
      description = "Only this silver table (default: all).")
  private String target;

  @Override
  int execute(PrintWriter out) {
    Settings settings = options.settings();
    List<TableContract> tables =
        IngestSteps.TABLES.stream()
            .filter(t -> target == null || t.id().equals(target) || t.name().equals(target))
            .toList();
    if (tables.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot replay into %s: no source feeds it. Fed are %s. Correct --target."
              .formatted(
                  target,
                  String.join(
                      ", ", IngestSteps.TABLES.stream().map(TableContract::name).toList())));
    }
    List<Mapping> mappings =
        new MappingReader(IngestSteps.TABLES)
            .readFolders(settings.get(IngestSettings.class).mappingFolders(settings::resolve))
            .orThrow();
    List<Step> steps = new ArrayList<>();
    for (TableContract table : tables) {
      if (mappings.stream()
          .flatMap(mapping -> mapping.targets().stream())
          .anyMatch(t -> t.table().equals(table))) {
        steps.add(ReplayRejects.step(table, mappings, sources));
      }
    }
    Flow.steps(settings).stream()
        .filter(
            step ->
                step.name().equals(RowCounts.TABLE.id())
                    || step.name().equals(DataQuality.TABLE.id()))
        .forEach(steps::add);
    RunResult result =
        LockedRun.on(
            options,
            false,
            out,
            (lake, held) ->
                new FlowRunner(
                        lake,
                        settings,
                        AsOf.lastCompleteDay(settings.zone()),
                        RunDisplay.of(out),
                        held)
                    .run(steps));
    RunCommand.failIfFailed(result, options);
    out.println(
        "%d rows judged again, %d still refused. 'servicelake run' brings later tables up to date."
            .formatted(result.count("replayed"), result.count("still rejected")));
    return ExitStatus.DONE;
  }
}
