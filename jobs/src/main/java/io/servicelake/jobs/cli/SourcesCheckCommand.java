package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.SourcesCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sources check}: all faults of mappings and files. */
@Command(
    name = "check",
    description = "Tells every fault of the mappings and their files, with the offending values.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SourcesCheckCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      paramLabel = "<count>",
      defaultValue = "1000",
      description = "Rows of each file that are tried (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    IngestSettings ingest = settings.get(IngestSettings.class);
    return new SourcesCheck(options.open().session(), rows)
        .run(
            ingest.mappingFolders(settings::resolve),
            settings.resolve(ingest.folder()),
            spec.commandLine().getOut());
  }
}
