package io.servicelake.jobs.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data sets that are no part of the project. They are looked for in {@code shared/data} beside
 * the project or in the folder the property {@code servicelake.shared} names; without them the
 * tests are passed over.
 */
final class RealInput {
  private RealInput() {}

  /** A lake with a data set, read through its mappings. */
  static TestLake lake(Path root, String mappings, String dataSet) {
    Path folder = folder(dataSet);
    return new TestLake(
            root,
            new MappingReader(IngestSteps.TABLES)
                .readFolder(Path.of("../conf/sources").resolve(mappings))
                .orThrow(),
            folder)
        .run();
  }

  private static Path folder(String dataSet) {
    String named = System.getProperty("servicelake.shared");
    Path found = named == null ? null : Path.of(named, "data", dataSet);
    for (Path folder = Path.of("").toAbsolutePath();
        (found == null || !Files.isDirectory(found)) && folder != null;
        folder = folder.getParent()) {
      found = folder.resolve("shared").resolve("data").resolve(dataSet);
    }
    assumeTrue(
        found != null && Files.isDirectory(found),
        "shared/data/" + dataSet + " was not found beside the project");
    return found;
  }
}
