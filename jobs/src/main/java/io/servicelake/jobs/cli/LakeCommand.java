package io.servicelake.jobs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command on a lake has: its options and a place to print to. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class LakeCommand implements Callable<Integer> {
  @Mixin LakeOptions options = new LakeOptions();

  @Spec CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int status = execute(out);
    out.flush();
    return status;
  }

  /** Does the work; returns the exit status. */
  abstract int execute(PrintWriter out) throws IOException;
}
