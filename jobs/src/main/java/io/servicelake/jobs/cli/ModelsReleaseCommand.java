package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.ModelStore;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code models release}: ends what a rollback began. */
@Command(
    name = "release",
    description = {
      "No longer holds the model that was rolled back to. It stays in use until the model is trained",
      "anew, when a month has ended or its past was corrected, and is then replaced like any other."
    })
public final class ModelsReleaseCommand extends LakeCommand {
  @Parameters(paramLabel = "<name>", description = "Name of the model, for example CHURN_180D.")
  private String name;

  @Override
  int execute(PrintWriter out) {
    return LockedRun.on(
        options,
        false,
        out,
        (lake, held) -> {
          out.println("No longer held: " + new ModelStore(lake.files()).release(name));
          return ExitStatus.DONE;
        });
  }
}
