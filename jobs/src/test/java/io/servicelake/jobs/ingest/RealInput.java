package io.servicelake.jobs.ingest;

import io.servicelake.SharedFiles;
import java.nio.file.Path;

/** Real data sets that are no part of the project; without them the tests are passed over. */
final class RealInput {
  private RealInput() {}

  /** A lake with a data set, read through its mappings. */
  static TestLake lake(Path root, String mappings, String dataSet) {
    Path folder = SharedFiles.file("data/" + dataSet);
    return new TestLake(
            root,
            new MappingReader(IngestSteps.TABLES)
                .readFolder(Path.of("../conf/sources").resolve(mappings))
                .orThrow(),
            folder)
        .run();
  }
}
