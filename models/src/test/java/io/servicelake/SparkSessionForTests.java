package io.servicelake;

import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of a test module: two cores, few partitions, UTC. Plans are interpreted: a
 * dozen rows are done before code for them is generated.
 */
public final class SparkSessionForTests {
  private static SparkSession session;

  private SparkSessionForTests() {}

  /** The session; started at first use with the settings that other code may have added. */
  public static synchronized SparkSession session() {
    if (session == null) {
      SparkSession.Builder builder =
          SparkSession.builder()
              .master("local[2]")
              .appName("servicelake-tests")
              .config("spark.ui.enabled", "false")
              // Delta's parser loses named parameters otherwise.
              .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.default.parallelism", "2")
              .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
              .config("spark.databricks.delta.snapshotPartitions", "2")
              .config("spark.sql.artifact.isolation.enabled", "false")
              .config("spark.sql.codegen.cache.maxEntries", "5000")
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.sql.inMemoryColumnarStorage.compressed", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config(
                  "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse");
      if (isOnClassPath("io.delta.sql.DeltaSparkSessionExtension")) {
        builder
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
      }
      String disk = "io.servicelake.jobs.io.LocalDisk";
      if (isOnClassPath(disk)) {
        builder
            .config("spark.hadoop.fs.file.impl", disk)
            .config("spark.hadoop.fs.AbstractFileSystem.file.impl", disk + "$OfContext");
      }
      session = builder.getOrCreate();
      session.sparkContext().setLogLevel("ERROR");
    }
    return session;
  }

  private static boolean isOnClassPath(String className) {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
