package io.servicelake.jobs;

import io.servicelake.jobs.config.IngestSettings;
import io.servicelake.jobs.config.LakeSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.config.SparkSettings;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.ingest.Mapping;
import io.servicelake.jobs.ingest.MappingReader;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Puts settings, lake and flow together. */
public final class LakeRun {
  private LakeRun() {}

  /** The lake of the settings, in a session of this process. */
  public static Lakehouse open(Settings settings) {
    SparkSession session = Sessions.start(settings.get(SparkSettings.class));
    LakeSettings lake = settings.get(LakeSettings.class);
    return new DeltaLakehouse(
        session, settings.resolve(lake.path()), lake.filesPerWrite(), lake.rewriteBelowRows());
  }

  /** The whole flow of the settings. */
  public static List<Step> flow(Settings settings) {
    IngestSettings ingest = settings.get(IngestSettings.class);
    List<Mapping> mappings =
        new MappingReader(IngestSteps.TABLES)
            .readFolder(Path.of(settings.resolve(ingest.sources())))
            .orThrow();
    return Flow.steps(
        IngestSteps.of(mappings, settings.resolve(ingest.folder()), masterKey(settings)));
  }

  /** The key that personal values are kept under: from the environment, else from a key file. */
  public static MasterKey masterKey(Settings settings) {
    return MasterKey.load(
        Optional.ofNullable(System.getenv(MasterKey.VARIABLE)),
        Path.of(settings.resolve(".servicelake/secrets/master.key")));
  }

  /** Runs the flow under the lock of the lake. */
  public static RunResult run(Lakehouse lake, Settings settings, AsOf asOf, RunListener listener) {
    return new FlowRunner(lake, settings, asOf, listener).run(flow(settings));
  }
}
