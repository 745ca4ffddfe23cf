package io.servicelake.jobs.cli;

import io.servicelake.jobs.explain.Explainer;
import io.servicelake.jobs.explain.Explanation;
import io.servicelake.jobs.explain.RowKey;
import io.servicelake.jobs.explain.SourceLinesFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code explain}: from a number back to the lines of source files. */
@Command(
    name = "explain",
    description = "Walks a row or a number back to the lines of the source files it was made from.")
public final class ExplainCommand extends LakeCommand {
  @Option(
      names = "--table",
      required = true,
      paramLabel = "<table>",
      description = "Table, for example serving.dealer_months.")
  private String table;

  @Option(
      names = "--key",
      required = true,
      split = ",",
      paramLabel = "<column=value>",
      description = "Key of the row: dealer_id=D01,month_on=2025-06-01.")
  private Map<String, String> key;

  @Option(
      names = "--column",
      paramLabel = "<column>",
      description = "The number that is asked for (default: the whole row).")
  private String column;

  @Option(
      names = "--limit",
      paramLabel = "<count>",
      defaultValue = "5",
      description = "Rows shown of each table (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "Writes every line of a source file to a CSV.")
  private Path file;

  @Override
  int execute(PrintWriter out) {
    RowKey row;
    try {
      row = RowKey.of(table, key, column);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Explainer explainer = new Explainer(options.open()::read, Math.max(0, limit));
    Explanation explanation = explainer.explain(row, column);
    explanation.print(out);
    out.println("%d lines of source files in all.".formatted(explainer.lines().size()));
    if (file != null) {
      SourceLinesFile.write(explainer.lines(), file);
      out.println("Lines: " + file);
    }
    return ExitStatus.DONE;
  }
}
