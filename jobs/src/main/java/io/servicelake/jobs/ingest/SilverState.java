package io.servicelake.jobs.ingest;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.LakeFiles;
import java.util.List;
import java.util.Map;

/**
 * How far a silver table follows bronze, in a file of the lake.
 *
 * @param plan the merge under way; null if none is
 * @param done the last batch taken from each source
 * @param mappings hash of the mappings the table was made by
 * @param counts what became of the rows, per source and batch
 */
record SilverState(
    Plan plan, Map<String, Long> done, Map<String, String> mappings, List<Count> counts) {

  /**
   * A merge that was decided on and may be half done.
   *
   * @param number number of the step's plan
   * @param base version of the table before it; -1 if there was none
   * @param from last batch of each source that is in the table
   * @param to newest batch of each source
   * @param isRebuild the table is made anew, because a mapping changed
   */
  record Plan(
      long number,
      long base,
      Map<String, Long> from,
      Map<String, Long> to,
      Map<String, String> mappings,
      boolean isRebuild) {}

  /** What became of the rows of a source in a batch. */
  record Count(
      String sourceId,
      long batchNo,
      long read,
      long accepted,
      long rejected,
      long superseded,
      long duplicate) {}

  static SilverState read(LakeFiles files, TableContract table) {
    String file = file(table);
    return files
        .read(file)
        .map(text -> IngestState.parse(file, text, SilverState.class))
        .orElse(new SilverState(null, Map.of(), Map.of(), List.of()));
  }

  void write(LakeFiles files, TableContract table) {
    files.write(file(table), IngestState.render(this));
  }

  private static String file(TableContract table) {
    return "_progress/ingest/" + table.id() + ".json";
  }
}
