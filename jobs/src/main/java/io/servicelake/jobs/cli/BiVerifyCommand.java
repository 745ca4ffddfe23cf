package io.servicelake.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bi verify}: the dashboards. */
@Command(
    name = "verify",
    description = "Opens every dashboard in a browser and fails on an empty chart.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BiVerifyCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(spec.qualifiedName() + " " + options.lakePath());
  }
}
