package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.ingest.SourcesCheck;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sources check}: all faults of mappings and files. */
@Command(
    name = "check",
    description = "Tells every fault of the mappings and their files, with the offending values.")
public final class SourcesCheckCommand extends LakeCommand {
  @Option(
      names = "--rows",
      paramLabel = "<count>",
      defaultValue = "1000",
      description = "Rows of each file that are tried (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Override
  int execute(PrintWriter out) {
    Settings settings = options.settings();
    IngestSettings ingest = settings.get(IngestSettings.class);
    return new SourcesCheck(options.open().session(), rows)
        .run(ingest.mappingFolders(settings::resolve), settings.resolve(ingest.folder()), out);
  }
}
