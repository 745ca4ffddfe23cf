package io.servicelake.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: a simulated dealer group from files to tables, report and dashboard. */
@Command(
    name = "demo",
    description = "Simulates a dealer group, runs everything on it and shows where to look.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(spec.qualifiedName() + " " + options.lakePath());
  }
}
