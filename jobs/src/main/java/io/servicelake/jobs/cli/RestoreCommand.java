package io.servicelake.jobs.cli;

import io.servicelake.jobs.Flow;
import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.upkeep.Backups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: a backup in the place of the lake. */
@Command(
    name = "restore",
    description = "Puts the newest backup of a folder, or the one named, in the place of the lake.")
public final class RestoreCommand extends LakeCommand {
  @Parameters(paramLabel = "<folder>", description = "Folder of the backups, or one of them.")
  private Path folder;

  @Option(
      names = "--replace",
      description = "Sets a lake that is there aside as <lake>.before-<time>.")
  private boolean isReplacing;

  @Override
  int execute(PrintWriter out) {
    Path lake = BackupCommand.local(options, "restore");
    try (RunLock lock = LockedRun.take(options, false, out)) {
      lock.ensureHeld();
      Backups backups = new Backups(folder);
      Backups.Copied copied =
          backups.restore(
              lake,
              Flow.masterKey(options.settings(), Optional.of(backups.keyFingerprint()))
                  .fingerprint(),
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
