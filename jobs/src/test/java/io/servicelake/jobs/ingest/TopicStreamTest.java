package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TopicStreamTest {
  @TempDir static Path home;
  private static KafkaBroker broker;

  @TempDir Path temp;
  private Path mappings;
  private String topic;

  @BeforeAll
  static void startTheBroker() {
    broker = KafkaForTests.broker(home);
    broker.start();
  }

  @AfterAll
  static void stopTheBroker() {
    broker.stop();
  }

  @BeforeEach
  void describeTheSource(TestInfo test) throws IOException {
    topic = "customers." + test.getTestMethod().orElseThrow().getName();
    mappings = Files.createDirectories(temp.resolve("mappings"));
    try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
      topics.create(List.of(topic, topic + ".dead", topic + ".other"));
    }
    mapping("customers", topic);
  }

  @Test
  void everyMessageGetsItsFateAndNothingPersonalStandsInTheLakeOrTheDeadLetters() throws Exception {
    String first = customer(1, "C1", "王小伟", "PERSON", "2024-01-01 08:00:00");
    send(first);
    send(first);
    send(customer(1, "C1", "王小伟", "FLEET", "2023-12-01 08:00:00"));
    send(
        customer(2, "C2", "Smith", "PERSON", "2024-01-02 08:00:00")
            .replace("}", ",\"tier\":\"A\"}"));
    send(customer(2, "C3", "Smith", "PERSON", "2024-01-02 08:00:00"));
    send(customer(3, "C4", "Smith", "PERSON", "2024-01-02 08:00:00"));
    send(customer(1, "C5", "Smith", "NONE", "2024-01-02 08:00:00"));
    send("{\"schema_version\":1,\"number\":\"C6\",\"name\":\"Smith");
    KafkaForTests.send(broker, topic, null, null);

    TestLake lake = lake().run();

    assertThat(lake.fates()).containsExactly("customers>customers [9, 3, 5, 0, 1]");
    assertThat(
            lake.rows(
                Customers.TABLE,
                Customers.ACCOUNT_CLASS,
                Versioned.KNOWN_AT,
                Versioned.SUPERSEDED_AT))
        .containsExactly(
            "FLEET | 2023-12-01 00:00:00.0 | 2024-01-01 00:00:00.0",
            "PERSON | 2024-01-01 00:00:00.0 | null",
            "PERSON | 2024-01-02 00:00:00.0 | null");
    assertThat(lake.rows(Rejects.TABLE, Rejects.REASON_CODE, Rejects.REASON))
        .containsExactly(
            "BAD_ROW | The message has no content.",
            "BAD_ROW | The message is no JSON object, or is cut short.",
            "BAD_ROW | The message of version 2 lacks tier.",
            "UNKNOWN_CODE | account_class: class is 'NONE', expected one of FLEET, PERSON.",
            "UNKNOWN_VERSION | schema_version is 3, understood are [1, 2].");
    List<String> dead = KafkaForTests.read(broker, topic + ".dead");
    assertThat(dead).hasSize(4).allMatch(text -> text.contains("\"source\":\"customers\""));
    assertThat(String.join(" ", dead)).doesNotContain("Smith", "C4", "王小伟");
    assertThat(lake.lake.read(Secrets.TABLE).count()).isEqualTo(3);
    assertThat(lake.rows(SourceRows.TABLE, SourceRows.PAYLOAD).toString())
        .doesNotContain("Smith", "王小伟", "C1");
  }

  @Test
  void whatWasReadIsNotReadAgainEvenWhenTheCheckpointIsLostOrTopicsChange() throws Exception {
    send(customer(1, "C1", "A", "PERSON", "2024-01-01 08:00:00"));
    TestLake lake = lake().run();
    long version = lake.lake.version(SourceRows.TABLE).orElseThrow();

    lake().run();
    assertThat(lake.lake.version(SourceRows.TABLE)).hasValue(version);

    deleteCheckpoints();
    send(customer(1, "C2", "A", "PERSON", "2024-01-01 08:00:00"));
    lake().run();
    assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(2);

    mapping("more", topic + ".other");
    KafkaForTests.send(
        broker, topic + ".other", "C3", customer(1, "C3", "A", "PERSON", "2024-01-01 08:00:00"));
    send(customer(1, "C4", "A", "PERSON", "2024-01-01 08:00:00"));
    lake().run();

    assertThat(lake.rows(SourceRows.TABLE, SourceRows.SOURCE_ID))
        .containsExactly("customers", "customers", "customers", "more");
    assertThat(lake.lake.read(Customers.TABLE).count()).isEqualTo(4);
  }

  @Test
  void aTopicThatDoesNotExistAndOneThatTwoSourcesNameAreTold() throws Exception {
    mapping("more", topic);
    assertThatThrownBy(() -> lake().run())
        .rootCause()
        .hasMessageStartingWith("Cannot read topic " + topic)
        .hasMessageContaining("more.conf");

    mapping("more", "none");
    assertThatThrownBy(() -> lake().run())
        .rootCause()
        .hasMessageContaining("there is no topic none.");
  }

  @Test
  void aBatchWaitsForWorkThatGoesThroughBronze() throws Exception {
    send(customer(1, "C1", "A", "PERSON", "2024-01-01 08:00:00"));
    TestLake lake = lake();
    KafkaConnection connection = KafkaForTests.connection(broker);
    KafkaSettings settings =
        Settings.of("kafka.dead_letter_topic=" + topic + ".dead").get(KafkaSettings.class);
    AtomicReference<StreamingQuery> query = new AtomicReference<>();
    try (TopicStream stream = new TopicStream(sources(), TestLake.MASTER, connection, settings)) {
      stream.betweenBatches(
          () -> {
            query.set(stream.start(lake.lake, "r", Trigger.AvailableNow(), batch -> {}));
            while (query.get().isActive() && !isABatchParked()) {
              Thread.onSpinWait();
            }
            assertThat(query.get().isActive()).isTrue();
            assertThat(lake.lake.version(SourceRows.TABLE)).isEmpty();
          });
      TopicStream.await(query.get());
    }
    assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(1);
  }

  private static boolean isABatchParked() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getState() == Thread.State.WAITING)
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().equals(TopicBatches.class.getName()));
  }

  private List<Mapping> sources() {
    return new MappingReader(IngestSteps.TABLES).readFolder(mappings).orThrow();
  }

  private TestLake lake() {
    return new TestLake(
        temp.resolve("lake"),
        sources(),
        temp.resolve("no files"),
        "kafka.bootstrap_servers=" + broker.address(),
        "kafka.dead_letter_topic=" + topic + ".dead",
        "kafka.max_offsets_per_batch=4");
  }

  private void send(String text) throws Exception {
    KafkaForTests.send(broker, topic, "C", text);
  }

  private void deleteCheckpoints() throws IOException {
    try (var paths = Files.walk(temp.resolve("lake/_progress/checkpoints"))) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String customer(
      int version, String number, String name, String accountClass, String changed) {
    return "{\"schema_version\":%d,\"dealer\":\"SH01\",\"number\":\"%s\",\"name\":\"%s\",\"class\":\"%s\",\"changed\":\"%s\"}"
        .formatted(version, number, name, accountClass, changed);
  }

  private void mapping(String source, String ofTopic) throws IOException {
    Files.write(
        mappings.resolve(source + ".conf"),
        """
        source = %s
        kafka { topic = "%s", schema_versions = [1, 2], since { tier = 2 } }
        zone = Asia/Shanghai
        personal {
          number { kind = customer, with = [dealer] }
          name { kind = name, subject = number }
        }
        keep = [tier]
        targets.customers.columns {
          customer_record_id = number
          dealer_id = dealer
          account_class { column = class, codes { PERSON = PERSON, FLEET = FLEET } }
          name_token = name
          occurred_at = changed
          known_at = changed
        }
        """
            .formatted(source, ofTopic)
            .getBytes(StandardCharsets.UTF_8));
  }
}
