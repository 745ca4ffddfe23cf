package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code rejects}: rows that were refused. */
@Command(
    name = "rejects",
    description = "Rows of source files that were refused.",
    mixinStandardHelpOptions = true,
    subcommands = {RejectsListCommand.class, RejectsReplayCommand.class})
public final class RejectsCommand {}
