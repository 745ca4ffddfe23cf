package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code db}: The database that dashboards read. */
@Command(
    name = "db",
    description = "The database that dashboards read.",
    mixinStandardHelpOptions = true,
    subcommands = {DbStartCommand.class, DbStopCommand.class, DbStatusCommand.class})
public final class DbCommand {}
