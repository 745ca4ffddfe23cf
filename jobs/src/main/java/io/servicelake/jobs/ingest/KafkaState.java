package io.servicelake.jobs.ingest;

import io.servicelake.jobs.io.LakeFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far topics were read, in a file of the lake. What counts is this file: the checkpoint of the
 * query only makes a batch that was begun come again as it was.
 *
 * @param checkpoint name of the query's checkpoint; null before the first
 * @param topics topics of the query, in order
 * @param plan the batch under way; null if none is
 * @param lastQueryBatch number of the query's last finished batch; -1 before its first
 * @param reached what was read up to now
 */
record KafkaState(
    String checkpoint, List<String> topics, Plan plan, long lastQueryBatch, Reached reached) {
  /** The file, below the lake. */
  static final String FILE = "_progress/ingest/kafka.json";

  /**
   * A batch that was decided on and may be half done.
   *
   * @param queryBatch its number in the query
   * @param batchNo its number in bronze
   * @param reached what will have been read when it is done
   */
  record Plan(long queryBatch, long batchNo, Reached reached) {}

  /**
   * What was read.
   *
   * @param next the next offset by topic and partition
   * @param feeds by source
   */
  record Reached(Map<String, Map<Integer, Long>> next, Map<String, TopicFeed> feeds) {}

  static KafkaState read(LakeFiles files) {
    return files
        .read(FILE)
        .map(text -> IngestState.parse(FILE, text, KafkaState.class))
        .orElse(new KafkaState(null, List.of(), null, -1, new Reached(Map.of(), Map.of())));
  }

  void write(LakeFiles files) {
    files.write(FILE, IngestState.render(this));
  }

  KafkaState begun(String newCheckpoint, List<String> newTopics) {
    return new KafkaState(newCheckpoint, newTopics, null, -1, reached);
  }

  KafkaState planned(Plan next) {
    return new KafkaState(checkpoint, topics, next, lastQueryBatch, reached);
  }

  /** The plan is done. */
  KafkaState finished() {
    return new KafkaState(checkpoint, topics, null, plan.queryBatch(), plan.reached());
  }

  /** What will have been read with some more. */
  static Reached with(
      Reached before, Map<String, Map<Integer, Long>> next, Map<String, TopicFeed> more) {
    Map<String, Map<Integer, Long>> offsets = new TreeMap<>(before.next());
    next.forEach(
        (topic, partitions) -> {
          Map<Integer, Long> merged = new TreeMap<>(offsets.getOrDefault(topic, Map.of()));
          merged.putAll(partitions);
          offsets.put(topic, merged);
        });
    Map<String, TopicFeed> feeds = new TreeMap<>(before.feeds());
    more.forEach((source, feed) -> feeds.merge(source, feed, TopicFeed::and));
    return new Reached(offsets, feeds);
  }
}
