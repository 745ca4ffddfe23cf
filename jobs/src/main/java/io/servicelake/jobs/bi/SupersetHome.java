package io.servicelake.jobs.bi;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The folder of an installed Superset and the small files in it.
 *
 * @param folder its own, below the home of this installation
 */
record SupersetHome(Path folder) {

  /** Something that uses the folder. */
  interface Work<T> {
    T run() throws IOException;
  }

  String tool(String name) {
    return folder.resolve("venv/bin").resolve(name).toString();
  }

  Path pidFile() {
    return folder.resolve("superset.pid");
  }

  /** Holds the fingerprint of the settings the running server was started with. */
  Path stateFile() {
    return folder.resolve("superset.state");
  }

  Path serverLog() {
    return folder.resolve("server.log");
  }

  /** One at a time: the lock is freed by the system if this process dies. */
  <T> T locked(Work<T> work) {
    Path file = folder.resolve("superset.lock");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw new CannotException(
              "Cannot go on: %s is held. Another process installs, starts, stops or verifies Superset. Wait for it, then try again."
                  .formatted(file));
        }
        return work.run();
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  CannotException unusable(IOException e) {
    return new CannotException(
        "Cannot use %s: %s. The folder has to be writable for this user. Correct its owner, or choose another home."
            .formatted(folder, e.toString()),
        e);
  }

  /** What a small file says; empty if there is none. */
  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read %s: %s. It is one of Superset's own small files. Correct its owner, or delete it."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Equal for equal parts in the same order. */
  static String fingerprint(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
