package io.servicelake.jobs.kafka;

import io.servicelake.jobs.CannotException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What brokers tell of topics: whether they exist, their partitions, how far they reach. */
public final class Topics implements AutoCloseable {
  private static final int TIMEOUT_MS = 20_000;
  private static final String CLEANUP = TopicConfig.CLEANUP_POLICY_CONFIG;
  private static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;

  private final Admin admin;
  private final String servers;

  public Topics(KafkaConnection connection) {
    Map<String, Object> properties = connection.client();
    properties.putIfAbsent("default.api.timeout.ms", TIMEOUT_MS);
    properties.putIfAbsent("request.timeout.ms", TIMEOUT_MS / 2);
    this.servers = connection.servers();
    this.admin = Admin.create(properties);
  }

  /**
   * A topic as it is.
   *
   * @param id differs when a topic was deleted and made again
   */
  public record Topic(String name, String id, int partitions) {}

  /**
   * The topics by name.
   *
   * @throws CannotException naming all that do not exist, or if no broker answers
   */
  public Map<String, Topic> require(Collection<String> names) {
    Map<String, Topic> topics = new TreeMap<>();
    TreeSet<String> missing = new TreeSet<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, future) -> {
              try {
                TopicDescription found = future.get();
                topics.put(
                    name, new Topic(name, found.topicId().toString(), found.partitions().size()));
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw unreachable(e.getCause());
                }
                missing.add(name);
              } catch (InterruptedException e) {
                throw interrupted(e);
              }
            });
    if (!missing.isEmpty()) {
      throw new CannotException(
          "Cannot read from Kafka at %s: there is no topic %s. A source names it in its mapping file. Create it, or correct kafka.topic of the mapping."
              .formatted(servers, String.join(", ", missing)));
    }
    return topics;
  }

  /** Creates the topics that do not exist, with the broker's own number of partitions. */
  public void create(Collection<String> names) {
    createAll(names.stream().map(Topics::newTopic).toList());
  }

  /**
   * Creates a topic that keeps the newest message of every key for good, if it does not exist.
   *
   * @throws CannotException if it exists and lets messages go after a time
   */
  public void createCompacted(String name) {
    createAll(List.of(newTopic(name).configs(Map.of(CLEANUP, COMPACT))));
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    String cleanup;
    try {
      cleanup = admin.describeConfigs(List.of(topic)).all().get().get(topic).get(CLEANUP).value();
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (!COMPACT.equals(cleanup)) {
      throw new CannotException(
          "Cannot use topic %s of Kafka at %s: its %s is %s. What is withdrawn has to reach whoever reads it, and messages that are let go after a time cannot be. Set it to %s, or name another topic."
              .formatted(name, servers, CLEANUP, cleanup, COMPACT));
    }
  }

  private static NewTopic newTopic(String name) {
    return new NewTopic(name, Optional.empty(), Optional.empty());
  }

  private void createAll(List<NewTopic> wanted) {
    admin
        .createTopics(wanted)
        .values()
        .forEach(
            (name, future) -> {
              try {
                future.get();
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw unreachable(e.getCause());
                }
              } catch (InterruptedException e) {
                throw interrupted(e);
              }
            });
  }

  /** The offset after the last message of every partition. */
  public Map<String, Map<Integer, Long>> ends(Map<String, Topic> topics) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topics
        .values()
        .forEach(
            topic -> {
              for (int partition = 0; partition < topic.partitions(); partition++) {
                asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
              }
            });
    Map<String, Map<Integer, Long>> ends = new TreeMap<>();
    try {
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach(
              (partition, end) ->
                  ends.computeIfAbsent(partition.topic(), name -> new TreeMap<>())
                      .put(partition.partition(), end.offset()));
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return ends;
  }

  @Override
  public void close() {
    admin.close();
  }

  private CannotException unreachable(Throwable cause) {
    return new CannotException(
        "Cannot reach Kafka at %s: %s. Sources, dead letters and alerts lie there. Start it (for development: servicelake dev kafka start), or correct the kafka section of the configuration."
            .formatted(servers, cause.getMessage()),
        cause);
  }

  private static CannotException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CannotException(
        "Cannot go on asking Kafka: interrupted. The program was asked to end. Start again.", e);
  }
}
