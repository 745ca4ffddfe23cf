package io.servicelake.jobs.kafka;

import io.servicelake.jobs.CannotException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends texts with keys to topics; {@link #flush} waits until the brokers have all of them. */
public final class TopicWriter implements AutoCloseable {
  private final KafkaProducer<String, String> producer;
  private final String servers;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  public TopicWriter(KafkaConnection connection) {
    Map<String, Object> properties = connection.client();
    properties.putIfAbsent("linger.ms", 20);
    properties.putIfAbsent("compression.type", "lz4");
    properties.putIfAbsent("max.block.ms", 30_000);
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    this.servers = connection.servers();
    this.producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /**
   * Hands a text over, null to withdraw what was sent of the key; whether it arrived is told by
   * {@link #flush}.
   */
  public void send(String topic, String key, String text) {
    try {
      producer.send(
          new ProducerRecord<>(topic, key, text),
          (metadata, fault) -> {
            if (fault != null) {
              failure.compareAndSet(null, fault);
            }
          });
    } catch (KafkaException e) {
      throw cannot(topic, e);
    }
  }

  /**
   * Waits for everything that was handed over.
   *
   * @throws CannotException if anything did not arrive
   */
  public void flush() {
    producer.flush();
    Exception fault = failure.getAndSet(null);
    if (fault != null) {
      throw cannot("", fault);
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private CannotException cannot(String topic, Exception fault) {
    return new CannotException(
        "Cannot write to Kafka at %s%s: %s. What was sent may not have arrived and is sent again by the next try. Check the brokers and the kafka section of the configuration."
            .formatted(servers, topic.isEmpty() ? "" : ", topic " + topic, fault.getMessage()),
        fault);
  }
}
