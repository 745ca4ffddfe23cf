package io.servicelake.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bi verify}: the dashboards. */
@Command(
    name = "verify",
    description = "Opens every dashboard in a browser and fails on an empty chart.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BiVerifyCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Option(
      names = "--picture",
      paramLabel = "<file>",
      description = "Where the picture is kept (default: .servicelake/dashboard.png).")
  private Path picture;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Places places = new Places(options.settings());
    Path file = picture == null ? places.state().resolve("dashboard.png") : picture;
    places
        .superset(out)
        .verify(file.toAbsolutePath())
        .forEach(path -> out.println("Picture: " + path));
    out.flush();
    return ExitStatus.DONE;
  }
}
