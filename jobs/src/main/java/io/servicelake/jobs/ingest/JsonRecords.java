package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records of a file with one JSON object per line. The first record names the columns asked for,
 * inner ones with dots; a name that an object lacks is no value there. Empty lines are passed over,
 * a line that is no object is refused by itself.
 */
final class JsonRecords implements Records {
  private final TextLines lines;
  private final List<String> columns;
  private final Set<String> wholes;
  private final Map<String, String> aliases;
  private boolean isHeaderRead;

  JsonRecords(SourceFile file, FileFormat format, List<String> columns) throws IOException {
    this.lines = TextLines.open(file, format.encoding());
    this.columns = columns;
    this.aliases = format.aliases();
    this.wholes = new HashSet<>(columns);
    wholes.addAll(aliases.keySet());
  }

  /** Names in the first lines of a file, in the order they come up. */
  static List<String> names(SourceFile file, FileFormat format, int lineCount) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (TextLines lines = TextLines.open(file, format.encoding())) {
      TextLine line = lines.next();
      for (int i = 0; i < lineCount && line != null; i++) {
        try {
          names.addAll(JsonLine.cells(line.text(), Set.of()).keySet());
        } catch (IOException e) {
          // Bad lines are told one by one when they are read.
          names.remove("");
        }
        line = lines.next();
      }
    }
    return format.named(List.copyOf(names));
  }

  @Override
  public RawRecord next() throws IOException {
    if (!isHeaderRead) {
      isHeaderRead = true;
      return new RawRecord(0, columns.toArray(String[]::new));
    }
    TextLine line = lines.next();
    while (line != null && !line.isTooLong() && line.text().isBlank()) {
      line = lines.next();
    }
    return line == null ? null : record(line);
  }

  private RawRecord record(TextLine line) {
    if (line.isTooLong()) {
      return RawRecord.refused(line.number(), TextLines.TOO_LONG);
    }
    if (line.text().indexOf(LineDecoder.BROKEN) >= 0) {
      return RawRecord.refused(line.number(), TextLines.NO_TEXT);
    }
    Map<String, String> values = new LinkedHashMap<>();
    try {
      values.putAll(JsonLine.cells(line.text(), wholes));
    } catch (IOException e) {
      // Its message may quote the line, which may be personal.
      return RawRecord.refused(line.number(), "The line is no JSON object with each name once.");
    }
    aliases.forEach(
        (alias, column) -> {
          if (values.containsKey(alias)) {
            values.putIfAbsent(column, values.get(alias));
          }
        });
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = values.getOrDefault(columns.get(i), "");
    }
    return new RawRecord(line.number(), cells);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
