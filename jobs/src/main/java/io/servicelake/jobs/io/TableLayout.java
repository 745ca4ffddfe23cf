package io.servicelake.jobs.io;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a table lies in its files, told to Delta when it is made. */
final class TableLayout {
  private static final int BOUNDED_COLUMNS = 6;

  private TableLayout() {}

  /** Properties of a new table. */
  static Map<String, String> properties(TableContract table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.enableChangeDataFeed", "true");
    if (!table.partitionedBy().isEmpty()) {
      properties.put("delta.enableDeletionVectors", "true");
    }
    List<String> bounded = bounded(table);
    if (bounded.isEmpty()) {
      properties.put("delta.dataSkippingNumIndexedCols", "0");
    } else {
      properties.put("delta.dataSkippingStatsColumns", String.join(",", bounded));
    }
    return properties;
  }

  static String[] partitions(TableContract table) {
    return table.partitionedBy().stream().map(Field::name).toArray(String[]::new);
  }

  /**
   * Columns whose bounds Delta keeps per file: times and batches, by which files can be left
   * unread. Bounds of ids, which are hashes, and of amounts rule no file out.
   */
  private static List<String> bounded(TableContract table) {
    return table.fields().stream()
        .filter(field -> !table.partitionedBy().contains(field))
        .filter(
            field ->
                field.type().equals(Columns.DATE)
                    || field.type().equals(Columns.TIMESTAMP)
                    || field.equals(SourceRows.BATCH_NO))
        .map(Field::name)
        .limit(BOUNDED_COLUMNS)
        .toList();
  }
}
