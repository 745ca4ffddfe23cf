package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One export file before it is written: cells as text, in order. */
final class Sheet {
  final Table table;
  final String file;
  final List<String[]> rows = new ArrayList<>();
  private final List<String> header;
  private String appended;

  /** The file is the path below the export folder. */
  Sheet(Table table, String file) {
    this.table = table;
    this.file = file;
    this.header = new ArrayList<>(table.columns);
  }

  /** An empty sheet of the same table whose file has the name of this one and a word more. */
  Sheet beside(String word) {
    String name = file.substring(0, file.length() - table.suffix.length());
    return new Sheet(table, name + "_" + word + table.suffix);
  }

  void add(String... cells) {
    if (cells.length != table.columns.size()) {
      throw new IllegalStateException(
          table + " has " + table.columns.size() + " columns, row has " + cells.length);
    }
    rows.add(cells);
  }

  /** Writes a column under another name. */
  void rename(String column, String name) {
    header.set(table.column(column), name);
  }

  /** Writes one more column, behind the others, with the same value in every row. */
  void append(String column, String value) {
    header.add(column);
    appended = value;
  }

  /** Names of the columns as they are written. */
  String[] header() {
    return header.toArray(String[]::new);
  }

  /** Cells of a row as they are written. */
  String[] written(String[] row) {
    if (appended == null || isCut(row)) {
      return row;
    }
    String[] cells = Arrays.copyOf(row, row.length + 1);
    cells[row.length] = appended;
    return cells;
  }

  /** True if the file ends in the middle of the row. */
  boolean isCut(String[] row) {
    return row.length < table.columns.size();
  }

  String key(String[] row) {
    StringBuilder key = new StringBuilder();
    for (int i : table.keyColumns) {
      key.append(key.isEmpty() ? "" : "|").append(row[i]);
    }
    return key.toString();
  }
}
