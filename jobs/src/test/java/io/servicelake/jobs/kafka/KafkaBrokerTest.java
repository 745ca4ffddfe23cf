package io.servicelake.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.FreePorts;
import io.servicelake.jobs.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  @TempDir Path home;

  @Test
  void aBrokerKilledHardComesBackWithItsTopicsAndStopsWhenAsked() {
    KafkaBroker broker = KafkaForTests.broker(home);
    try {
      assertThat(broker.status().pid()).isEmpty();
      assertThat(broker.start()).isEqualTo(broker.address());
      long pid = broker.status().pid().orElseThrow();
      assertThat(broker.start()).isEqualTo(broker.address());
      assertThat(broker.status().pid()).contains(pid);
      try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
        topics.create(List.of("orders"));
        topics.create(List.of("orders"));
      }
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      assertThat(broker.status().pid()).isEmpty();

      broker.start();

      try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
        assertThat(topics.ends(topics.require(List.of("orders"))))
            .isEqualTo(Map.of("orders", new TreeMap<>(Map.of(0, 0L, 1, 0L))));
        assertThatThrownBy(() -> topics.require(List.of("orders", "none")))
            .hasMessageStartingWith("Cannot read from Kafka at 127.0.0.1:")
            .hasMessageContaining("there is no topic none.");
      }
    } finally {
      broker.stop();
    }
    assertThat(broker.status().pid()).isEmpty();
  }

  @Test
  void aBrokerWithoutItsJarsIsRefused() {
    KafkaBroker broker = new KafkaBroker(home, home.resolve("none"), FreePorts.pair());
    assertThatThrownBy(broker::start)
        .hasMessageStartingWith("Cannot start Kafka: there is no folder")
        .hasMessageEndingWith("Build with ./mvnw package.");
  }

  @Test
  void passwordsComeFromTheEnvironmentAloneAndAllThatAreMissingAreToldAtOnce() {
    Settings settings =
        Settings.of(
            "kafka.security_protocol=SASL_SSL",
            "kafka.user=lake\"house",
            "kafka.truststore=/certs/trust.p12");
    assertThatThrownBy(() -> KafkaConnection.of(settings, Map.of()))
        .hasMessageContaining(
            "SERVICELAKE_KAFKA_PASSWORD, SERVICELAKE_KAFKA_TRUSTSTORE_PASSWORD are not set");

    KafkaConnection connection =
        KafkaConnection.of(
            settings,
            Map.of(
                KafkaConnection.PASSWORD, "pa\"ss", KafkaConnection.TRUSTSTORE_PASSWORD, "trust"));

    assertThat(connection.sparkOptions())
        .containsEntry("kafka.sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("kafka.ssl.truststore.password", "trust")
        .containsEntry(
            "kafka.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"lake\\\"house\" password=\"pa\\\"ss\";");
    assertThat(connection.toString()).doesNotContain("pa", "trust");
    assertThatThrownBy(() -> Settings.of("kafka.properties={\"ssl.key.password\": x}"))
        .hasMessageContaining("secrets come from variables only");
  }
}
