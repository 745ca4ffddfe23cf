package io.servicelake.jobs.cli;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.SourcesProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sources profile}: a mapping file proposed from an unknown export. */
@Command(
    name = "profile",
    description = "Reads unknown exports and proposes mapping files, to be edited by a person.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SourcesProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<file>", description = "Files to look at.")
  private List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "<path>",
      description = "File to write, or a folder for several (default: the console).")
  private Path out;

  @Option(
      names = "--zone",
      paramLabel = "<zone>",
      defaultValue = "Asia/Shanghai",
      description = "Zone of times that name none (default: ${DEFAULT-VALUE}).")
  private String zone;

  @Override
  public Integer call() {
    SourcesProfile profile = new SourcesProfile(zone);
    for (Path file : files) {
      String text = profile.propose(file);
      if (out == null) {
        spec.commandLine().getOut().print(text);
      } else {
        write(file, text);
      }
    }
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }

  private void write(Path file, String text) {
    boolean isFolder = files.size() > 1 || Files.isDirectory(out);
    Path target = isFolder ? out.resolve(String.valueOf(file.getFileName()) + ".conf") : out;
    try {
      if (isFolder) {
        Files.createDirectories(out);
      }
      if (Files.exists(target)) {
        throw new CannotException(
            "Cannot write %s: it exists. A mapping that was edited is not overwritten. Name another file with --out."
                .formatted(target));
      }
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new CannotException(
          "Cannot write %s: %s. The proposal goes there. Check the folder and its rights, or name another with --out."
              .formatted(target, e));
    }
  }
}
