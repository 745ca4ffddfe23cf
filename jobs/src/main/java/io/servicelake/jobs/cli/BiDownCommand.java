package io.servicelake.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bi down}: the dashboards. */
@Command(
    name = "down",
    description = "Stops the dashboards.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BiDownCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(spec.qualifiedName() + " " + options.lakePath());
  }
}
