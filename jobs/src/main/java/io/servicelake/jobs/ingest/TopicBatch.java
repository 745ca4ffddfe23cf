package io.servicelake.jobs.ingest;

import java.util.Map;

/**
 * A batch of messages that was taken into bronze.
 *
 * @param batchNo its number in bronze
 * @param feeds what it held of each source
 * @param next the next offset of every partition read up to now
 */
public record TopicBatch(
    long batchNo,
    Map<String, TopicFeed> feeds,
    Map<String, Map<Integer, Long>> next,
    double seconds) {

  /** Messages of the batch. */
  public long messages() {
    return feeds.values().stream().mapToLong(TopicFeed::messages).sum();
  }
}
