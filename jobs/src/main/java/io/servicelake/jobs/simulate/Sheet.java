package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.List;

/** One export file before it is written: cells as text, in order. */
final class Sheet {
  final Table table;
  final String file;
  final List<String[]> rows = new ArrayList<>();

  /** The file is the path below the export folder. */
  Sheet(Table table, String file) {
    this.table = table;
    this.file = file;
  }

  void add(String... cells) {
    if (cells.length != table.columns.size()) {
      throw new IllegalStateException(
          table + " has " + table.columns.size() + " columns, row has " + cells.length);
    }
    rows.add(cells);
  }

  String key(String[] row) {
    StringBuilder key = new StringBuilder();
    for (int i : table.keyColumns) {
      key.append(key.isEmpty() ? "" : "|").append(row[i]);
    }
    return key.toString();
  }
}
