package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.CompiledPlans;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.ChildProcess;
import io.servicelake.jobs.FaultTable;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.Topics;
import io.servicelake.jobs.stream.StreamStatus;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams many events while stream and broker are killed at random, and compares silver with what
 * files of the same events give in one batch. Run by hand, see docs/streaming.md.
 */
@ExtendWith(CompiledPlans.class)
class StreamAcceptance {
  private static final int EVENTS = Integer.getInteger("servicelake.events", 0);
  private static final int KILLS = Integer.getInteger("servicelake.kills", 3);
  private static final int SECONDS_BETWEEN = Integer.getInteger("servicelake.kill_seconds", 25);

  private static final String STREAM_KILLED = "stream killed (-9) at random";
  private static final String BROKER_KILLED = "broker killed (-9) at random";

  @TempDir Path temp;
  private KafkaBroker broker;
  private final Random random = new Random(7);

  @Test
  void silverOfAKilledStreamEqualsTheBatchOfTheSameEvents() throws Exception {
    assumeTrue(EVENTS > 0, "no -Dservicelake.events=2000000");
    broker = KafkaForTests.broker(temp.resolve("kafka"));
    broker.start();
    AtomicLong sent = new AtomicLong();
    AtomicLong broken = new AtomicLong();
    try {
      try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
        topics.create(StreamEvents.TOPICS);
      }
      mappings();
      Thread producing = new Thread(() -> produce(sent, broken), "events");
      producing.start();
      Process stream = stream();
      for (int kill = 1; kill <= KILLS; kill++) {
        boolean isBroker = kill % 2 == 0;
        FaultTable.tried(isBroker ? BROKER_KILLED : STREAM_KILLED);
        // The pause is part of what is tried: kills at times nothing waits for.
        TimeUnit.MILLISECONDS.sleep(
            SECONDS_BETWEEN * 500L + random.nextInt(SECONDS_BETWEEN * 1000));
        if (isBroker) {
          ProcessHandle process = ProcessHandle.of(broker.status().pid().orElseThrow()).get();
          process.destroyForcibly();
          process.onExit().join();
          broker.start();
        } else {
          stream.destroyForcibly().waitFor();
          stream = stream();
        }
        print("kill %d of %d: %s", kill, KILLS, isBroker ? "broker" : "stream");
      }
      producing.join();
      Instant allSent = Instant.now();
      while (!isCaughtUp(allSent)) {
        assertThat(stream.isAlive()).as("the stream runs; see its log").isTrue();
        TimeUnit.MILLISECONDS.sleep(500);
      }
      stream.destroy();
      assertThat(stream.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(temp.resolve("stream.log"))).endsWith("Stopped.\n");

      long start = System.nanoTime();
      TestLake atOnce = lake("at-once", "kafka-mappings").run();
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "%,d messages into silver at once in %.1f s: %,.0f a second",
          sent.get(), seconds, sent.get() / seconds);
      TestLake files = lake("files", "file-mappings").run();
      TestLake streamed = lake("streamed", "kafka-mappings");
      assertThat(streamed.lake.read(SourceRows.TABLE).count()).isEqualTo(sent.get());
      assertThat(streamed.lake.read(Rejects.TABLE).count()).isEqualTo(broken.get());
      for (TableContract table : streamed.tables()) {
        print(
            "%s: %,d rows; %,d differ from the topics at once, %,d from the files",
            table.name(),
            streamed.lake.read(table).count(),
            differences(table, streamed, atOnce, List.of()),
            differences(
                table, streamed, files, List.of(Versioned.SOURCE_STAMP, Versioned.BRONZE_ID)));
        assertThat(differences(table, streamed, atOnce, List.of())).isZero();
        assertThat(
                differences(
                    table, streamed, files, List.of(Versioned.SOURCE_STAMP, Versioned.BRONZE_ID)))
            .isZero();
      }
      if (KILLS > 0) {
        FaultTable.survived(STREAM_KILLED, (KILLS + 1) / 2);
      }
      if (KILLS > 1) {
        FaultTable.survived(BROKER_KILLED, KILLS / 2);
      }
      FaultTable.print();
    } finally {
      broker.stop();
    }
  }

  private void produce(AtomicLong sent, AtomicLong broken) {
    Map<String, Object> properties = KafkaForTests.connection(broker).client();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.put("linger.ms", 20);
    properties.put("compression.type", "lz4");
    properties.put("delivery.timeout.ms", 600_000);
    properties.put("max.block.ms", 600_000);
    List<PrintWriter> files = new ArrayList<>();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      for (int kind = 0; kind < 4; kind++) {
        Path file = temp.resolve("data").resolve(StreamEvents.SOURCES.get(kind) + ".csv");
        Files.createDirectories(file.getParent());
        files.add(new PrintWriter(Files.newBufferedWriter(file)));
        files.get(kind).println(String.join(",", StreamEvents.columns(kind)));
      }
      new StreamEvents(EVENTS, 11)
          .forEach(
              event -> {
                producer.send(
                    new ProducerRecord<>(
                        StreamEvents.TOPICS.get(event.kind()), event.key(), event.value()));
                sent.incrementAndGet();
                if (event.cells() == null) {
                  broken.incrementAndGet();
                } else {
                  files
                      .get(event.kind())
                      .println(
                          String.join(
                              ",",
                              event.cells().values().stream()
                                  .map(cell -> cell == null ? "" : cell)
                                  .toList()));
                }
              });
      producer.flush();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      files.forEach(PrintWriter::close);
    }
    print("%,d messages sent, %,d of them broken", sent.get(), broken.get());
  }

  private Process stream() throws Exception {
    return ChildProcess.start(
        temp.resolve("stream.log"),
        Map.of(
            MasterKey.VARIABLE,
            Base64.getEncoder().encodeToString("a key for tests, 32 bytes long !".getBytes())),
        List.of(
            "stream",
            "--lake",
            temp.resolve("streamed").toString(),
            "--set",
            "ingest.sources=" + temp.resolve("kafka-mappings"),
            "--set",
            "kafka.bootstrap_servers=" + broker.address(),
            "--set",
            "stream.metrics_port=0",
            "--set",
            "stream.board_seconds=30",
            "--set",
            "spark.profile=" + (EVENTS < 200_000 ? "small" : "large")));
  }

  private boolean isCaughtUp(Instant since) {
    return StreamStatus.load(lake("streamed", "kafka-mappings").lake.files())
        .filter(status -> Instant.parse(status.at()).isAfter(since))
        .filter(status -> status.state().equals("RUNNING") && status.isCurrent())
        .filter(status -> status.lag().values().stream().allMatch(waiting -> waiting == 0))
        .isPresent();
  }

  private TestLake lake(String name, String mappings) {
    return new TestLake(
        0,
        temp.resolve(name),
        new MappingReader(IngestSteps.TABLES).readFolder(temp.resolve(mappings)).orThrow(),
        temp.resolve("data"),
        "kafka.bootstrap_servers=" + broker.address());
  }

  /** The shipped mappings of topics, and the same for files. */
  private void mappings() throws Exception {
    Files.createDirectories(temp.resolve("kafka-mappings"));
    Files.createDirectories(temp.resolve("file-mappings"));
    for (String source : StreamEvents.SOURCES) {
      String text =
          Files.readString(Path.of("../conf/sources/demo-stream").resolve(source + ".conf"));
      Files.writeString(temp.resolve("kafka-mappings").resolve(source + ".conf"), text);
      String ofFiles =
          text.replaceFirst(
              "(?s)\nkafka \\{.*?\\}\n(?=zone|\\}?\nzone)",
              "\nfiles = [\"%s.csv\"]\nformat { delimiter = \",\" }\n".formatted(source));
      if (ofFiles.contains("kafka {")) {
        throw new IllegalStateException(ofFiles);
      }
      ofFiles = ofFiles.contains("optional =") ? ofFiles : "optional = []\n" + ofFiles;
      Files.writeString(temp.resolve("file-mappings").resolve(source + ".conf"), ofFiles);
    }
  }

  private static long differences(
      TableContract table, TestLake one, TestLake other, List<Field> without) {
    Column[] columns =
        table.fields().stream()
            .filter(field -> !table.runColumns().contains(field) && !without.contains(field))
            .map(Field::col)
            .toArray(Column[]::new);
    Dataset<Row> a = one.lake.read(table).select(columns);
    Dataset<Row> b = other.lake.read(table).select(columns);
    return a.exceptAll(b).count() + b.exceptAll(a).count();
  }

  private static void print(String text, Object... values) {
    System.out.println(String.format(Locale.ROOT, text, values));
  }
}
