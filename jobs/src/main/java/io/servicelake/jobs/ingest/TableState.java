package io.servicelake.jobs.ingest;

import io.servicelake.jobs.io.LakeFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far tables of databases were read, in a file of the lake.
 *
 * @param plan the batch under way; null if none is
 * @param marks what was reached, by source
 */
record TableState(Plan plan, Map<String, Mark> marks) {
  private static final String FILE = "_progress/ingest/tables.json";

  /**
   * A batch that was decided on and may be half done.
   *
   * @param attempt counts from 1 how often it was begun
   */
  record Plan(long batchNo, long attempt, List<Slice> slices) {}

  /**
   * Rows of one source in a batch: those with a watermark from the first to the last.
   *
   * @param after the watermark they begin at; null for the beginning
   * @param isInclusive true if rows with that watermark are among them
   * @param reached what will have been read when it is done
   * @param isLast true if the table held no more when it was planned
   */
  record Slice(String sourceId, String after, boolean isInclusive, Mark reached, boolean isLast) {}

  /**
   * What was read of a source.
   *
   * @param table hash of what was read
   * @param watermark the last one
   * @param ties keyed digest of all rows with that watermark, whatever their order
   */
  record Mark(String table, String watermark, String ties) {}

  static TableState read(LakeFiles files) {
    return files
        .read(FILE)
        .map(text -> IngestState.parse(FILE, text, TableState.class))
        .orElse(new TableState(null, Map.of()));
  }

  void write(LakeFiles files) {
    files.write(FILE, IngestState.render(this));
  }

  TableState planned(Plan next) {
    return new TableState(next, marks);
  }

  /** The plan is begun once more. */
  TableState again() {
    return planned(new Plan(plan.batchNo(), plan.attempt() + 1, plan.slices()));
  }

  /** The plan is done. */
  TableState finished() {
    Map<String, Mark> reached = new TreeMap<>(marks);
    plan.slices().forEach(slice -> reached.put(slice.sourceId(), slice.reached()));
    return new TableState(null, reached);
  }
}
