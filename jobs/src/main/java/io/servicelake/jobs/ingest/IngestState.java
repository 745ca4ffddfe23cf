package io.servicelake.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.LakeFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ingest has read, in a file of the lake.
 *
 * @param plan the batch under way; null if none is
 * @param lastBatch number of the last batch
 * @param files every file read
 * @param replaced what was refused of files that were read again since
 */
record IngestState(Plan plan, long lastBatch, List<Seen> files, List<Replaced> replaced) {
  private static final String FILE = "_progress/ingest/state.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /**
   * A file that was read.
   *
   * @param batchNo batch its rows are in
   * @param refusedBy hash of the reading that refused it or a part of it, or {@link
   *     FileCheck#UNOPENED}: then it is tried again; null if it was read whole
   */
  record Seen(
      String sourceId,
      String name,
      long size,
      long changedAt,
      String hash,
      long batchNo,
      String refusedBy) {}

  /**
   * Rows of a refused file that count no more.
   *
   * @param hash content hash of the file
   * @param batchNo batch they are in
   * @param byBatch batch that read the file again
   */
  record Replaced(String sourceId, String hash, long batchNo, long byBatch) {}

  /**
   * A batch that was decided on and may be half done.
   *
   * @param number number of the step's plan
   */
  record Plan(long number, long batchNo, List<Planned> files) {}

  /**
   * A file of the plan.
   *
   * @param stamp milliseconds since 1970
   * @param fault why it cannot be read; empty if it can
   */
  record Planned(SourceFile file, long stamp, String fault) {}

  IngestState {
    replaced = replaced == null ? List.of() : replaced;
  }

  static IngestState read(LakeFiles files) {
    return files
        .read(FILE)
        .map(text -> parse(FILE, text, IngestState.class))
        .orElse(new IngestState(null, 0, List.of(), List.of()));
  }

  void write(LakeFiles lake) {
    lake.write(FILE, render(this));
  }

  /** The same with one more batch number taken, which no other ingest will take. */
  IngestState reserved() {
    long planned = plan == null ? 0 : plan.batchNo();
    return new IngestState(plan, Math.max(lastBatch, planned) + 1, files, replaced);
  }

  /** The same, noting for the merges of silver that a feed without files has rows in a batch. */
  IngestState noted(String sourceId, String name, long batchNo) {
    List<Seen> noted = new ArrayList<>(files);
    noted.removeIf(file -> file.sourceId().equals(sourceId) && file.name().equals(name));
    noted.add(new Seen(sourceId, name, 0, 0, "", batchNo, null));
    return new IngestState(plan, lastBatch, noted, replaced);
  }

  /** The newest batch of each source. */
  Map<String, Long> newestBatches() {
    Map<String, Long> newest = new HashMap<>();
    files.forEach(seen -> newest.merge(seen.sourceId(), seen.batchNo(), Math::max));
    return newest;
  }

  static <T> T parse(String file, String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new CannotException(
          "Cannot read %s below the lake: it is no valid JSON of this version. It tells what was read already. Restore it from a copy of the lake."
              .formatted(file),
          e);
    }
  }

  static String render(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("state of ingest could not be written as JSON", e);
    }
  }
}
