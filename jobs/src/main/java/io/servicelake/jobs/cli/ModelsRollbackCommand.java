package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.ModelStore;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code models rollback}: puts a stored model in use again. */
@Command(
    name = "rollback",
    description = {
      "Puts an earlier model of a name in use again; the next run scores with it. It stays until",
      "the model is trained anew: when a month has ended or its past was corrected."
    })
public final class ModelsRollbackCommand extends LakeCommand {
  @Parameters(paramLabel = "<name>", description = "Name of the model, for example CHURN_180D.")
  private String name;

  @Parameters(
      paramLabel = "<id>",
      arity = "0..1",
      description = "Identifier (default: the one before the one in use).")
  private String id;

  @Override
  int execute(PrintWriter out) {
    return LockedRun.on(
        options,
        false,
        out,
        (lake, held) -> {
          out.println("In use: " + new ModelStore(lake.files()).rollBack(name, id));
          return ExitStatus.DONE;
        });
  }
}
