package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.ModelStore;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code models rollback}: puts a stored model in use again and holds it. */
@Command(
    name = "rollback",
    description = {
      "Puts an earlier model of a name in use again; the next run scores with it. It is held, also",
      "when the model is trained anew, until it is released or another is rolled back to; a churn",
      "model also until a new one beats it beyond noise."
    })
public final class ModelsRollbackCommand extends LakeCommand {
  @Parameters(
      index = "0",
      paramLabel = "<name>",
      description = "Name of the model, for example CHURN_180D.")
  private String name;

  @Parameters(
      index = "1",
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
          out.println(
              "In use and held: %s. Let it go again with: servicelake models release %s"
                  .formatted(new ModelStore(lake.files()).rollBack(name, id), name));
          return ExitStatus.DONE;
        });
  }
}
