package io.servicelake.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sources check}: all faults of mappings and files. */
@Command(
    name = "check",
    description = "Tells every fault of the mappings and their files, with the offending values.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SourcesCheckCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException(spec.qualifiedName() + " " + options.lakePath());
  }
}
