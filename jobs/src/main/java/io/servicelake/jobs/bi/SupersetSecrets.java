package io.servicelake.jobs.bi;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Superset's secrets: from the environment, else from a key file, else made once and kept in that
 * file (mode 0600, folder 0700).
 */
final class SupersetSecrets {
  private static final int RANDOM_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final Map<String, String> environment;

  SupersetSecrets(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** The secret; a new one is made and kept if there is none yet. */
  String of(SupersetSecret secret) {
    String given = environment.getOrDefault(secret.variable(), "");
    if (!given.isBlank()) {
      return given;
    }
    Path file = file(secret);
    try {
      if (!Files.exists(file)) {
        writeNew(file);
      }
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      String kept = Files.readString(file).strip();
      if (kept.isEmpty()) {
        throw new BiException(
            "Cannot use Superset's secrets: %s is empty. A key file holds one line. Put the secret back, or delete the file to have a new one made."
                .formatted(file));
      }
      return kept;
    } catch (IOException e) {
      throw new BiException(
          "Cannot read or write %s: %s. The file has to be readable and writable for this user. Correct its owner."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Where a user reads it, in words. */
  String whereabouts(SupersetSecret secret) {
    return environment.getOrDefault(secret.variable(), "").isBlank()
        ? file(secret).toString()
        : "environment variable " + secret.variable();
  }

  private Path file(SupersetSecret secret) {
    return folder.resolve(secret.fileName());
  }

  private void writeNew(Path file) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    Path draft =
        Files.createTempFile(folder, ".new-", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(
          draft, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
