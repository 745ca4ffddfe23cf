package io.servicelake.jobs.stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.servicelake.jobs.ingest.TopicFeed;
import io.servicelake.jobs.io.JsonFile;
import io.servicelake.jobs.io.LakeFiles;
import java.util.Map;
import java.util.Optional;

/**
 * The stream in short, kept at {@code <lake>/_progress/stream.json} so that status needs neither
 * Spark nor Kafka.
 *
 * @param state RUNNING, RETRYING or STOPPED
 * @param at when this was written, ISO instant
 * @param feeds what was read of each source
 * @param lag messages of each source that waited at that moment
 * @param lastBatchMessages messages of the newest batch
 * @param lastBatchSeconds how long it took
 * @param boardsAt when silver and the boards last followed; null before the first time
 * @param boardsSeconds how long that took
 * @param isCurrent true if silver and the boards hold every batch
 * @param silverRows rows silver took since the stream began, with those it refused
 * @param silverRejects rows silver refused
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StreamStatus(
    String state,
    String at,
    Map<String, TopicFeed> feeds,
    Map<String, Long> lag,
    long lastBatchMessages,
    double lastBatchSeconds,
    String boardsAt,
    double boardsSeconds,
    boolean isCurrent,
    long silverRows,
    long silverRejects) {
  private static final JsonFile<StreamStatus> FILE =
      new JsonFile<>("_progress/stream.json", StreamStatus.class, "the stream writes it anew");

  /** The newest status of a lake's stream; empty if there never was one. */
  public static Optional<StreamStatus> load(LakeFiles files) {
    return FILE.read(files);
  }

  void save(LakeFiles files) {
    FILE.write(files, this);
  }
}
