package io.servicelake.jobs.serve;

import io.servicelake.jobs.io.KeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * Passwords of the roles: from the role's environment variable, else from its key file, else made
 * once and kept in that file. Nothing prints them.
 */
public final class DatabasePasswords {
  private static final int RANDOM_BYTES = 24;

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
    return new KeyFile(keyFile(role), "the password of " + role.roleName())
        .read(DatabasePasswords::random);
  }

  /** Where the role's password is kept when the environment does not give it. */
  public Path keyFile(DatabaseRole role) {
    return folder.resolve(role.keyFileName());
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
