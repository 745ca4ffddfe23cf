package io.servicelake.jobs.io;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Waits for a server that this program starts: for a condition, and for other processes that start
 * or stop the same server.
 *
 * @param server its name in messages
 * @param poll how often a condition is asked
 */
public record Waiting(String server, Duration poll) {
  /** Work that is done by one process at a time. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** True as soon as the condition holds; false if it does not within the patience. */
  public boolean isTrueWithin(Duration patience, BooleanSupplier condition) {
    Instant end = Instant.now().plus(patience);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      pause(poll);
    }
    return true;
  }

  /** Lets time pass. */
  public void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** What an interruption is told as. */
  public CannotException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CannotException(
        "Cannot go on waiting for %s: interrupted. The program was asked to end. Start again."
            .formatted(server),
        cause);
  }

  /**
   * Starts or stops the server while no other process does; the system frees the lock if this one
   * dies.
   *
   * @param file holds the lock; its folder is made if need be
   * @throws CannotException if another process holds it for longer than the patience
   */
  public <T> T oneAtATime(Path file, Duration patience, Work<T> work) {
    Path folder = file.getParent();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (!isTrueWithin(patience, () -> isLocked(channel))) {
          throw new CannotException(
              "Cannot start or stop %s: %s is held. Another process is starting or stopping it. Wait for it, then try again."
                  .formatted(server, file));
        }
        return work.run();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CannotException(
          "Cannot start or stop %s in %s: %s. Its files have to be readable and writable for this user. Correct their owner, or choose another folder."
              .formatted(server, folder, e),
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
