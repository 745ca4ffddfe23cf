package io.servicelake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data beside the checkout: in a folder {@code shared} next to the project or above it, or
 * where {@code -Dservicelake.shared} points. Tests that need it are skipped where it is absent.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** The file, or the test is skipped with a message. */
  public static Path file(String within) {
    String named = System.getProperty("servicelake.shared");
    Path found = named == null ? null : Path.of(named, within);
    for (Path folder = Path.of("").toAbsolutePath();
        found == null && folder != null;
        folder = folder.getParent()) {
      Path file = folder.resolve("shared").resolve(within);
      found = Files.exists(file) ? file : null;
    }
    assumeTrue(
        found != null && Files.exists(found),
        "shared/" + within + " was not found beside the project");
    return found;
  }
}
