package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code bi}: The dashboards. */
@Command(
    name = "bi",
    description = "The dashboards.",
    mixinStandardHelpOptions = true,
    subcommands = {BiUpCommand.class, BiDownCommand.class, BiVerifyCommand.class})
public final class BiCommand {}
