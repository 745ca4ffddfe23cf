package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code models}: which models are stored and in use. */
@Command(
    name = "models",
    description = "Stored models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelsListCommand.class,
      ModelsRollbackCommand.class,
      ModelsReleaseCommand.class
    })
public final class ModelsCommand {}
