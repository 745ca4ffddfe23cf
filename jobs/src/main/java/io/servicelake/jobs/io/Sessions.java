package io.servicelake.jobs.io;

import io.servicelake.jobs.config.SparkSettings;
import org.apache.spark.sql.SparkSession;

/** Starts Spark as the settings say. */
public final class Sessions {
  private Sessions() {}

  /** The session of this process. */
  public static SparkSession start(SparkSettings settings) {
    boolean isSmall = settings.profile().equals("small");
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(settings.master())
            .appName("servicelake")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            // Delta's parser loses named parameters otherwise.
            .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
            .config("spark.sql.shuffle.partitions", settings.shufflePartitions())
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            // Every step has a session of its own; none brings classes of its own.
            .config("spark.sql.artifact.isolation.enabled", "false")
            // A run generates code for some thousand plans, and the lake's own recur with every
            // commit.
            .config("spark.sql.codegen.cache.maxEntries", "5000")
            // What is kept is read a few times and dropped: compressing it costs more than it
            // saves.
            .config("spark.sql.inMemoryColumnarStorage.compressed", "false");
    LocalDisk.SETTINGS.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    if (settings.master().startsWith("local")) {
      builder
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    if (isSmall) {
      // Compiling a plan costs more than interpreting it over few rows.
      builder
          .config("spark.default.parallelism", settings.shufflePartitions())
          .config("spark.sql.codegen.wholeStage", "false")
          .config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    }
    return builder.getOrCreate();
  }
}
