package io.servicelake.jobs.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: exports of a believable dealer group. */
@Command(
    name = "simulate",
    description = "Writes the exports of a made-up dealer group as its own system would.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--dealers",
      paramLabel = "<count>",
      defaultValue = "6",
      description = "Dealers (default: ${DEFAULT-VALUE}).")
  private int dealers;

  @Option(
      names = "--customers",
      paramLabel = "<count>",
      defaultValue = "20000",
      description = "Customers at the start (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--years",
      paramLabel = "<count>",
      defaultValue = "5",
      description = "Years of history (default: ${DEFAULT-VALUE}).")
  private int years;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      defaultValue = "1",
      description = "The same seed gives the same files (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--dirty",
      description = "Adds duplicates, late corrections, typing errors and missing keys.")
  private boolean isDirty;

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      defaultValue = ".servicelake/sources",
      description = "Folder of the files (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(
        "%s %d %d %d %d %s %s"
            .formatted(spec.qualifiedName(), dealers, customers, years, seed, isDirty, folder));
  }
}
