package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.winback.ImportOutcomes;
import io.servicelake.jobs.winback.RefusalsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code winback import}: what became of the calls. */
@Command(name = "import", description = "Takes call lists in that dealers filled in.")
public final class WinbackImportCommand extends LakeCommand {
  private static final int REFUSALS_TOLD = 20;

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
    return conclude(
        result,
        new Places(options.settings()).state().resolve("winback").resolve("refused"),
        options.settings().get(IngestSettings.class).maxRejectShare(),
        out);
  }

  /**
   * Tells what became of the rows; returns the exit status.
   *
   * @param folder where all refused rows are listed
   * @param allowed share of the filled-in rows that may be refused
   */
  static int conclude(ImportOutcomes.Result result, Path folder, double allowed, PrintWriter out) {
    out.println(
        "%d calls taken%s, %d rows without a call."
            .formatted(result.taken(), result.isNew() ? "" : ", none of them new", result.blank()));
    if (result.isNew()) {
      out.println("'servicelake run' brings list and results up to date.");
    }
    int refused = result.refusals().size();
    if (refused == 0) {
      return ExitStatus.DONE;
    }
    result
        .refused()
        .forEach((reason, count) -> out.println("%d refused: %s".formatted(count, reason)));
    result.refusals().stream()
        .limit(REFUSALS_TOLD)
        .forEach(row -> out.println("%s:%d: %s".formatted(row.file(), row.line(), row.reason())));
    Path file = RefusalsFile.write(result.refusals(), folder, Instant.now());
    out.println("All refused rows: " + file);
    long filledIn = refused + result.taken();
    if (refused <= allowed * filledIn) {
      return ExitStatus.DONE;
    }
    out.println(
        String.format(
            Locale.ROOT,
            "Refused %,d of %,d rows with a call, more than ingest.max_reject_share = %s. Correct them in their files and import these again.",
            refused,
            filledIn,
            allowed));
    return ExitStatus.TOO_MANY_REJECTS;
  }
}
