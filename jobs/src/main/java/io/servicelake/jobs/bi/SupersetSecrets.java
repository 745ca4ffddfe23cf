package io.servicelake.jobs.bi;

import io.servicelake.jobs.io.KeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * Superset's secrets: from the environment, else from a key file, else made once and kept in that
 * file.
 */
final class SupersetSecrets {
  private static final int RANDOM_BYTES = 32;

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
    return new KeyFile(file(secret), "Superset's secret " + secret.fileName())
        .read(SupersetSecrets::random);
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

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
