package io.servicelake.jobs.cli;

import io.servicelake.jobs.Flow;
import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.upkeep.Backups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}: a backup in the place of the lake. */
@Command(
    name = "restore",
    description = "Puts the newest backup of a folder, or the one named, in the place of the lake.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
  @Mixin private LakeOptions options = new LakeOptions();

  @Parameters(paramLabel = "<folder>", description = "Folder of the backups, or one of them.")
  private Path folder;

  @Option(
      names = "--replace",
      description = "Sets a lake that is there aside as <lake>.before-<time>.")
  private boolean isReplacing;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path lake = BackupCommand.local(options, "restore");
    try (RunLock lock = LockedRun.take(options, false, out)) {
      lock.ensureHeld();
      Backups.Copied copied =
          new Backups(folder)
              .restore(
                  lake,
                  Flow.masterKey(options.settings()).fingerprint(),
                  isReplacing,
                  Instant.now().truncatedTo(ChronoUnit.MILLIS));
      out.println(
          String.format(
              Locale.ROOT,
              "Restored %s to %s: %,d files, %,d bytes, each as it was. Publish with 'servicelake publish'.",
              copied.place(),
              lake,
              copied.files(),
              copied.bytes()));
      out.flush();
    }
    return ExitStatus.DONE;
  }
}
