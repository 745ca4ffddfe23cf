package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.VehicleReadings;
import io.servicelake.jobs.ChildProcess;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCrashTest {
  private static final String TOPIC = "servicelake.vehicle-readings";

  @TempDir Path temp;

  @Test
  void aStreamThatDiesBeforeTheQueryTakesNoteHasEveryMessageOnce() throws Exception {
    KafkaBroker broker = KafkaForTests.broker(temp.resolve("kafka"));
    broker.start();
    try {
      try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
        topics.create(List.of(TOPIC));
      }
      Path mappings = Files.createDirectories(temp.resolve("mappings"));
      Files.copy(
          Path.of("../conf/sources/demo-stream/vehicle_readings.conf"),
          mappings.resolve("vehicle_readings.conf"));
      List<StreamEvents.Event> readings = new ArrayList<>();
      new StreamEvents(240, 3)
          .forEach(
              event -> {
                if (event.kind() == 3 && event.cells() != null) {
                  readings.add(event);
                }
              });
      int half = readings.size() / 2;

      send(broker, readings.subList(0, half));
      streamDyingAt("after-kafka-bronze", broker, mappings);
      send(broker, readings.subList(half, readings.size()));
      streamDyingAt("before-kafka-checkpoint", broker, mappings);

      TestLake lake =
          new TestLake(
                  temp.resolve("lake"),
                  new MappingReader(IngestSteps.TABLES).readFolder(mappings).orThrow(),
                  temp,
                  "kafka.bootstrap_servers=" + broker.address())
              .run();
      assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(readings.size());
      assertThat(
              lake.lake
                  .read(SourceRows.TABLE)
                  .select(functions.countDistinct(SourceRows.BRONZE_ID.col()))
                  .first()
                  .getLong(0))
          .isEqualTo(readings.size());
      assertThat(lake.lake.read(VehicleReadings.TABLE).count())
          .isEqualTo(readings.stream().filter(event -> !event.isRepeat()).count());
    } finally {
      broker.stop();
    }
  }

  private void streamDyingAt(String point, KafkaBroker broker, Path mappings) throws Exception {
    Process stream =
        ChildProcess.start(
            temp.resolve("stream.log"),
            Map.of(
                "SERVICELAKE_CRASH_AT",
                point,
                MasterKey.VARIABLE,
                Base64.getEncoder().encodeToString("a key for tests, 32 bytes long !".getBytes())),
            List.of(
                "stream",
                "--lake",
                temp.resolve("lake").toString(),
                "--set",
                "ingest.sources=" + mappings,
                "--set",
                "kafka.bootstrap_servers=" + broker.address(),
                "--set",
                "stream.metrics_port=0"));
    try {
      assertThat(stream.waitFor(300, TimeUnit.SECONDS))
          .as(Files.readString(temp.resolve("stream.log")))
          .isTrue();
      assertThat(stream.exitValue())
          .as(Files.readString(temp.resolve("stream.log")))
          .isEqualTo(CrashPoints.STATUS);
    } finally {
      stream.destroyForcibly();
    }
  }

  private static void send(KafkaBroker broker, List<StreamEvents.Event> events) throws Exception {
    for (StreamEvents.Event event : events) {
      KafkaForTests.send(
          broker,
          TOPIC,
          event.key(),
          new String(event.value(), java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
