package io.servicelake.jobs.ingest;

/**
 * What was read of a source of messages.
 *
 * @param lastStamp the broker's stamp of the newest message, milliseconds since 1970
 * @param messages messages read
 * @param refused those of them that could not be read
 */
public record TopicFeed(long lastStamp, long messages, long refused) {
  TopicFeed and(TopicFeed more) {
    return new TopicFeed(
        Math.max(lastStamp, more.lastStamp), messages + more.messages, refused + more.refused);
  }
}
