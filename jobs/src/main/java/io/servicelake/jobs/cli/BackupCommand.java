package io.servicelake.jobs.cli;

import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.Flow;
import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.upkeep.Backups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backup}: a copy of the lake. */
@Command(
    name = "backup",
    description = {
      "Copies the lake into a new folder below the one given, without its master key.",
      "Keep the key apart: with it the copy tells names and phones, without it never again."
    })
public final class BackupCommand extends LakeCommand {
  @Parameters(paramLabel = "<folder>", description = "Folder of the backups.")
  private Path folder;

  @Mixin private WaitOption wait = new WaitOption();

  @Override
  int execute(PrintWriter out) {
    Path lake = local(options, "back up");
    try (RunLock lock = LockedRun.take(options, wait.isSet(), out)) {
      Backups.Copied copied =
          new Backups(folder)
              .make(
                  lake,
                  Flow.masterKey(options.settings()).fingerprint(),
                  Instant.now().truncatedTo(ChronoUnit.MILLIS));
      lock.ensureHeld();
      out.println(
          String.format(
              Locale.ROOT,
              "Backup %s: %,d files, %,d of them shared with the one before, %,d bytes copied. The master key is not in it.",
              copied.place(),
              copied.files(),
              copied.linked(),
              copied.bytes()));
      out.flush();
    }
    return ExitStatus.DONE;
  }

  /** The lake's folder on this machine. */
  static Path local(LakeOptions options, String verb) {
    return options
        .files()
        .localRoot()
        .orElseThrow(
            () ->
                new CannotException(
                    "Cannot %s %s: it does not lie on this machine. A store of its own has snapshots of its own. Use them while no run goes on, and keep the master key apart."
                        .formatted(verb, options.lakePath())));
  }
}
