package io.servicelake.jobs.stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.TopicFeed;
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
    long silverRows,
    long silverRejects) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "_progress/stream.json";

  /** The newest status of a lake's stream; empty if there never was one. */
  public static Optional<StreamStatus> load(LakeFiles files) {
    return files
        .read(FILE)
        .map(
            text -> {
              try {
                return JSON.readValue(text, StreamStatus.class);
              } catch (JsonProcessingException e) {
                throw new CannotException(
                    "Cannot read %s: %s. It was changed by hand. Delete it: the stream writes it anew."
                        .formatted(files.path(FILE), e.getOriginalMessage()),
                    e);
              }
            });
  }

  void save(LakeFiles files) {
    try {
      files.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
