package io.servicelake.jobs.cli;

import io.servicelake.jobs.io.ModelStore;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code models list}: stored models, the ones in use marked. */
@Command(
    name = "list",
    description = "Shows stored models by name; * is in use, ! in use and held.")
public final class ModelsListCommand extends LakeCommand {
  @Override
  int execute(PrintWriter out) {
    ModelStore store = new ModelStore(options.files());
    List<ModelStore.Stored> models = store.stored();
    if (models.isEmpty()) {
      out.println("No model is stored yet; start a run with: servicelake run");
    }
    models.forEach(
        model ->
            out.println(
                "%s %-22s %s"
                    .formatted(
                        model.isHeld() ? "!" : model.isInUse() ? "*" : " ",
                        model.name(),
                        model.id())));
    return ExitStatus.DONE;
  }
}
