package io.servicelake.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code db start}: the database. */
@Command(
    name = "start",
    description = "Starts the database of the serving tables.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DbStartCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(spec.qualifiedName() + " " + options.lakePath());
  }
}
