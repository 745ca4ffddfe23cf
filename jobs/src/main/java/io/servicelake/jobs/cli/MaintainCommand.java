package io.servicelake.jobs.cli;

import io.servicelake.AllTables;
import io.servicelake.jobs.config.MaintainSettings;
import io.servicelake.jobs.upkeep.Maintenance;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintain}: fewer and no outdated files. */
@Command(
    name = "maintain",
    description = "Brings small files together and removes those no version in use needs.")
public final class MaintainCommand extends LakeCommand {
  @Option(names = "--dry-run", description = "Tells what would be done and does nothing.")
  private boolean isDry;

  @Mixin private WaitOption wait = new WaitOption();

  @Override
  int execute(PrintWriter out) {
    int tables =
        LockedRun.on(
            options,
            wait.isSet(),
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
    return ExitStatus.DONE;
  }
}
