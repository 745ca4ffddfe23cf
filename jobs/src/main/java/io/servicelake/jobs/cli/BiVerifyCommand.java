package io.servicelake.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bi verify}: the dashboards. */
@Command(
    name = "verify",
    description = "Opens every dashboard in a browser and fails on a broken or empty chart.")
public final class BiVerifyCommand extends LakeCommand {
  @Option(
      names = "--picture",
      paramLabel = "<file>",
      description =
          "Where the picture is kept (default: .servicelake/dashboard.png); of further dashboards beside it.")
  private Path picture;

  @Override
  int execute(PrintWriter out) {
    Places places = new Places(options.settings());
    Path file = picture == null ? places.state().resolve("dashboard.png") : picture;
    places
        .superset(out)
        .verify(file.toAbsolutePath())
        .forEach(path -> out.println("Picture: " + path));
    return ExitStatus.DONE;
  }
}
