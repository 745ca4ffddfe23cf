package io.servicelake.jobs.cli;

import io.servicelake.jobs.RunLock;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.io.Lakehouse;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Work on a lake that nobody else may write to meanwhile. */
final class LockedRun {
  /** The work; {@code held} throws when the lock was lost. */
  @FunctionalInterface
  interface Work<T> {
    T on(Lakehouse lake, Runnable held);
  }

  private LockedRun() {}

  /** Takes the lake's lock, opens the lake, does the work and gives the lock back. */
  static <T> T on(LakeOptions options, boolean isWaiting, PrintWriter out, Work<T> work) {
    try (RunLock lock = take(options, isWaiting, out)) {
      return EndBySignal.told(() -> work.on(options.open(), lock::ensureHeld));
    }
  }

  /** Takes the lake's lock. */
  static RunLock take(LakeOptions options, boolean isWaiting, PrintWriter out) {
    RunSettings how = options.settings().get(RunSettings.class);
    return RunLock.take(
        options.files(),
        UUID.randomUUID().toString(),
        Duration.ofSeconds(how.leaseSeconds()),
        isWaiting || how.waitForLock(),
        Clock.systemUTC(),
        holder -> {
          out.println("Waiting for process %d on %s".formatted(holder.pid(), holder.host()));
          out.flush();
        });
  }
}
