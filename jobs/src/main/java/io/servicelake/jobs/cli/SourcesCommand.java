package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code sources}: The source files and their mappings. */
@Command(
    name = "sources",
    description = "The source files and their mappings.",
    mixinStandardHelpOptions = true,
    subcommands = {SourcesCheckCommand.class, SourcesProfileCommand.class})
public final class SourcesCommand {}
