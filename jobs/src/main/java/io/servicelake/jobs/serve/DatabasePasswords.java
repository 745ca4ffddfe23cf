package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
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
 * Passwords of the roles: from the role's environment variable, else from its key file, else made
 * once and kept in that file (mode 0600, folder 0700). Nothing prints them.
 */
public final class DatabasePasswords {
  private static final int RANDOM_BYTES = 24;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder where the key files are; made when the first one is written
   */
  public DatabasePasswords(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** The role's password; a new one is made if there is none yet. */
  public String of(DatabaseRole role) {
    String given = role.variable().map(environment::get).orElse("");
    if (!given.isBlank()) {
      return given;
    }
    Path file = keyFile(role);
    try {
      if (!Files.exists(file)) {
        writeNew(file);
      }
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      String kept = Files.readString(file).strip();
      if (kept.isEmpty()) {
        throw new CannotException(
            "Cannot use the password of %s: %s is empty. A key file holds one line. Put the password back, or delete the file to have a new one made."
                .formatted(role.roleName(), file));
      }
      return kept;
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read or write the password of %s: %s (%s). The file has to be readable and writable for this user alone. Correct its owner."
              .formatted(role.roleName(), file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Where the role's password is kept when the environment does not give it. */
  public Path keyFile(DatabaseRole role) {
    return folder.resolve(role.keyFileName());
  }

  private void writeNew(Path file) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
      } catch (FileAlreadyExistsException e) {
        // Another process was first.
      }
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Path draft =
        Files.createTempFile(folder, ".new-", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(draft, password + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its password counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
