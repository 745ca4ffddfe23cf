package io.servicelake.jobs.kafka;

import io.servicelake.jobs.CannotException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes texts to one topic in transactions: all of a sending or none. Opening it ends what an
 * earlier writer of the same name left open, so that reading back tells for certain what arrived.
 */
public final class OnceWriter implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection connection;
  private final String topic;
  private final KafkaProducer<String, String> producer;

  /**
   * @param name the same over restarts; one writer of a name at a time
   */
  public OnceWriter(KafkaConnection connection, String topic, String name) {
    this.connection = connection;
    this.topic = topic;
    Map<String, Object> properties = connection.client();
    properties.put("transactional.id", name);
    properties.put("acks", "all");
    properties.putIfAbsent("max.block.ms", 30_000);
    this.producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw cannot(e);
    }
  }

  /** Sends texts by their keys, all or none. */
  public void send(Map<String, String> textsByKey) {
    if (textsByKey.isEmpty()) {
      return;
    }
    try {
      producer.beginTransaction();
      textsByKey.forEach((key, text) -> producer.send(new ProducerRecord<>(topic, key, text)));
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw cannot(e);
    }
  }

  /** The offset after the last message of every partition. */
  public Map<Integer, Long> ends() {
    Map<Integer, Long> ends = new TreeMap<>();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      consumer
          .endOffsets(partitions(consumer))
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    } catch (KafkaException e) {
      throw cannot(e);
    }
  }

  /** Keys of the messages that came since, of finished transactions only. */
  public Set<String> keysSince(Map<Integer, Long> from) {
    Set<String> keys = new HashSet<>();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      partitions.forEach(
          partition -> consumer.seek(partition, from.getOrDefault(partition.partition(), 0L)));
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(POLL).forEach(message -> keys.add(message.key()));
      }
      return keys;
    } catch (KafkaException e) {
      throw cannot(e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private KafkaConsumer<String, String> consumer() {
    Map<String, Object> properties = connection.client();
    properties.put("isolation.level", "read_committed");
    properties.putIfAbsent("default.api.timeout.ms", 20_000);
    return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
  }

  private List<TopicPartition> partitions(KafkaConsumer<String, String> consumer) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private CannotException cannot(KafkaException fault) {
    return new CannotException(
        "Cannot send alerts to topic %s of Kafka at %s: %s. They stay in ops.alerts and are sent by the next try. Check the brokers and the kafka section of the configuration."
            .formatted(topic, connection.servers(), fault.getMessage()),
        fault);
  }
}
