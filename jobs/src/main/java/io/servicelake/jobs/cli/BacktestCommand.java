package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code backtest}: how a model would have done. */
@Command(
    name = "backtest",
    description = "Trains a model as of earlier days and shows how it would have done.",
    mixinStandardHelpOptions = true,
    subcommands = BacktestChurnCommand.class)
public final class BacktestCommand {}
