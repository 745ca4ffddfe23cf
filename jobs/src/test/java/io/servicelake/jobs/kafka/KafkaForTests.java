package io.servicelake.jobs.kafka;

import io.servicelake.jobs.FreePorts;
import io.servicelake.jobs.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker for a test class, on free ports in a folder of the test. */
public final class KafkaForTests {
  private static final Path JARS = Path.of("broker", "target", "lib");

  private KafkaForTests() {}

  /** A broker that is not started yet. */
  public static KafkaBroker broker(Path home) {
    return new KafkaBroker(home, JARS, FreePorts.pair());
  }

  /** The way to a broker. */
  public static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.of(Settings.of("kafka.bootstrap_servers=" + broker.address()), Map.of());
  }

  /** Sends a message and waits until the broker has it. */
  public static void send(KafkaBroker broker, String topic, String key, String text)
      throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            connection(broker).client(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, text)).get();
    }
  }

  /** The text of everything a topic holds that is committed. */
  public static List<String> read(KafkaBroker broker, String topic) {
    return messages(broker, topic).stream().map(ConsumerRecord::value).collect(Collectors.toList());
  }

  /** Everything a topic holds that is committed. */
  public static List<ConsumerRecord<String, String>> messages(KafkaBroker broker, String topic) {
    Map<String, Object> properties = connection(broker).client();
    properties.put("isolation.level", "read_committed");
    List<ConsumerRecord<String, String>> messages = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
      }
    }
    return messages;
  }
}
