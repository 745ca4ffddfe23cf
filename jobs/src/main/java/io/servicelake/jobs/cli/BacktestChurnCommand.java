package io.servicelake.jobs.cli;

import io.servicelake.jobs.ChurnBacktest;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code backtest churn}: rolling origins over the stored snapshots; writes nothing. */
@Command(
    name = "churn",
    description = {
      "Trains the loss model as of earlier month ends, each time with the snapshots and visits up to",
      "that day, and shows how it did on the last snapshot whose outcome was known then. The lake is",
      "not written to."
    })
public final class BacktestChurnCommand extends LakeCommand {
  @Option(
      names = "--origins",
      paramLabel = "<count>",
      defaultValue = "4",
      description = "Number of days to train as of (default: ${DEFAULT-VALUE}).")
  private int origins;

  @Option(
      names = "--every",
      paramLabel = "<months>",
      defaultValue = "2",
      description = "Months between them (default: ${DEFAULT-VALUE}).")
  private int every;

  @Override
  int execute(PrintWriter out) {
    if (origins < 1 || every < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot backtest: --origins %d, --every %d. Both start at 1. Correct them."
              .formatted(origins, every));
    }
    ChurnBacktest.print(options.open(), options.settings(), origins, every, out);
    return ExitStatus.DONE;
  }
}
