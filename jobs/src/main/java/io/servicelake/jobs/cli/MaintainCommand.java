package io.servicelake.jobs.cli;

import io.servicelake.AllTables;
import io.servicelake.jobs.config.MaintainSettings;
import io.servicelake.jobs.upkeep.Maintenance;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code maintain}: fewer and no outdated files. */
@Command(
    name = "maintain",
    description = "Brings small files together and removes those no version in use needs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MaintainCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Option(names = "--dry-run", description = "Tells what would be done and does nothing.")
  private boolean isDry;

  @Option(names = "--wait", description = "Wait for a run on the lake to end.")
  private boolean isWaiting;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int tables =
        LockedRun.on(
            options,
            isWaiting,
            out,
            (lake, held) ->
                new Maintenance(
                        lake,
                        options.settings().get(MaintainSettings.class),
                        line -> {
                          held.run();
                          out.println(line);
                          out.flush();
                        })
                    .run(AllTables.ALL, isDry)
                    .size());
    out.println("%d tables %s.".formatted(tables, isDry ? "would be maintained" : "maintained"));
    out.flush();
    return ExitStatus.DONE;
  }
}
