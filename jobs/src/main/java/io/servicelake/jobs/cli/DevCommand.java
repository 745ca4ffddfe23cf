package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code dev}: servers for development. */
@Command(
    name = "dev",
    description = "Servers for development.",
    mixinStandardHelpOptions = true,
    subcommands = {DevKafkaCommand.class})
public final class DevCommand {}
