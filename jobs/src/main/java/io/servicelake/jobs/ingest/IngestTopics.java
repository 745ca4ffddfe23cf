package io.servicelake.jobs.ingest;

import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.kafka.KafkaConnection;
import java.util.List;
import org.apache.spark.sql.streaming.Trigger;

/** Reads what the topics of all sources hold at this moment, in bounded batches, then ends. */
final class IngestTopics implements Action {
  private final List<Mapping> mappings;
  private final MasterKey master;

  private IngestTopics(List<Mapping> mappings, MasterKey master) {
    this.mappings = List.copyOf(mappings);
    this.master = master;
  }

  /** The step; stands after that of the files, whose state it shares. */
  static Step step(List<Mapping> mappings, MasterKey master) {
    return Step.action("ingest topics")
        .writes(SourceRows.TABLE, SubjectKeys.TABLE, Secrets.TABLE)
        .always()
        .by(new IngestTopics(mappings, master));
  }

  @Override
  public void run(RunContext run) {
    KafkaSettings settings = run.settings(KafkaSettings.class);
    KafkaConnection connection = KafkaConnection.of(settings, System.getenv(), run::resolve);
    try (TopicStream stream = new TopicStream(mappings, master, connection, settings)) {
      TopicStream.await(
          stream.start(
              run.lake(),
              run.runId(),
              Trigger.AvailableNow(),
              batch -> {
                run.count("messages", batch.messages());
                run.count("written", batch.messages());
              }));
    }
  }
}
