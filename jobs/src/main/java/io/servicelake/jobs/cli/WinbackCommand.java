package io.servicelake.jobs.cli;

import picocli.CommandLine.Command;

/** {@code winback}: call lists of campaigns. */
@Command(
    name = "winback",
    description = "Call lists of win-back campaigns: out to dealers, and back in.",
    mixinStandardHelpOptions = true,
    subcommands = {WinbackExportCommand.class, WinbackImportCommand.class})
public final class WinbackCommand {}
