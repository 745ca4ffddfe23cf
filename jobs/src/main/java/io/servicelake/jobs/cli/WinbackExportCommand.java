package io.servicelake.jobs.cli;

import io.servicelake.jobs.Flow;
import io.servicelake.jobs.winback.ExportLists;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code winback export}: the win-back list as files. */
@Command(
    name = "export",
    description = "Writes the win-back list as a workbook and a CSV file for each dealer.")
public final class WinbackExportCommand extends LakeCommand {
  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "Where to (default: .servicelake/winback).")
  private Path folder;

  @Option(
      names = "--contacts",
      description = "With names and phones; takes the master key. Files are readable by you alone.")
  private boolean withContacts;

  @Override
  int execute(PrintWriter out) {
    Path to = folder == null ? new Places(options.settings()).state().resolve("winback") : folder;
    List<Path> files =
        ExportLists.write(
            options.open(),
            to.toAbsolutePath().normalize(),
            withContacts ? Optional.of(Flow.masterKey(options.settings())) : Optional.empty());
    out.println("%d call lists below %s".formatted(files.size(), to));
    return ExitStatus.DONE;
  }
}
