package io.servicelake.jobs.cli;

import io.servicelake.jobs.config.LakeSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.config.SparkSettings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.LocalDisk;
import io.servicelake.jobs.io.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Options of every command that has to do with a lake, and the way to it. */
public final class LakeOptions {
  @Option(
      names = "--lake",
      paramLabel = "<path>",
      description = "Folder or Hadoop URI of the lake (instead of lake.path).")
  private String lake;

  @Option(
      names = "--conf",
      paramLabel = "<file>",
      description = "Configuration (default: conf/servicelake.conf).")
  private Path conf;

  @Option(
      names = "--set",
      paramLabel = "<key=value>",
      description = "Sets a key of the configuration; may be given several times.")
  private List<String> sets = List.of();

  private Settings settings;

  /**
   * The configuration; from now on the log goes to the lake's folder.
   *
   * @throws io.servicelake.jobs.config.SettingsException naming all faults
   */
  public Settings settings() {
    if (settings == null) {
      List<String> all = new ArrayList<>(sets);
      if (lake != null) {
        // What is typed is meant from where it is typed.
        boolean isUri = lake.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
        all.add("lake.path=" + (isUri ? lake : Path.of(lake).toAbsolutePath().normalize()));
      }
      Path home = home();
      settings =
          Settings.load(
              home,
              conf == null ? home.resolve("conf").resolve("servicelake.conf") : conf,
              all,
              System.getenv());
      System.setProperty("servicelake.log", logFile().toString());
    }
    return settings;
  }

  /** Folder or URI of the lake. */
  public String lakePath() {
    return settings().resolve(settings().get(LakeSettings.class).path());
  }

  /** Files of the lake; needs no Spark. */
  public LakeFiles files() {
    return new LakeFiles(lakePath(), LocalDisk.configuration());
  }

  /** Starts Spark and opens the lake. */
  public Lakehouse open() {
    SparkSession session = Sessions.start(settings().get(SparkSettings.class));
    LakeSettings lakeSettings = settings().get(LakeSettings.class);
    return new DeltaLakehouse(
        session, lakePath(), lakeSettings.filesPerWrite(), lakeSettings.rewriteBelowRows());
  }

  /** File the log is written to: in the lake, or beside the product for a lake elsewhere. */
  public Path logFile() {
    String path = lakePath();
    Path folder =
        path.startsWith("/")
            ? Path.of(path).resolve("_logs")
            : home().resolve(".servicelake").resolve("logs");
    return folder.resolve("run.log");
  }

  private static Path home() {
    return Path.of(System.getProperty("servicelake.home", ".")).toAbsolutePath().normalize();
  }
}
