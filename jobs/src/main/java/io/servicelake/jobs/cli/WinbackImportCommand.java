package io.servicelake.jobs.cli;

import io.servicelake.jobs.winback.ImportOutcomes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code winback import}: what became of the calls. */
@Command(name = "import", description = "Takes call lists in that dealers filled in.")
public final class WinbackImportCommand extends LakeCommand {
  @Parameters(arity = "1..*", paramLabel = "<file>", description = "Workbooks or CSV files.")
  private List<Path> files;

  @Override
  int execute(PrintWriter out) {
    ImportOutcomes.Result result =
        LockedRun.on(
            options,
            false,
            out,
            (lake, held) ->
                ImportOutcomes.take(lake, files, LocalDate.now(options.settings().zone())));
    out.println(
        "%d calls taken%s, %d rows without a call."
            .formatted(result.taken(), result.isNew() ? "" : ", none of them new", result.blank()));
    result
        .refused()
        .forEach((reason, count) -> out.println("%d refused: %s".formatted(count, reason)));
    result.examples().forEach(out::println);
    if (result.isNew()) {
      out.println("'servicelake run' brings list and results up to date.");
    }
    return ExitStatus.DONE;
  }
}
