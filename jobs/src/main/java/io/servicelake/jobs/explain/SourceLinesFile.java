package io.servicelake.jobs.explain;

import io.servicelake.jobs.CannotException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Lines of source files as a CSV: table, key, source, file, line, source row. A cell that a
 * spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class SourceLinesFile {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader("table", "key", "source_id", "file_name", "line_number", "bronze_id")
          .get();

  private SourceLinesFile() {}

  /** Writes the file, over an older one. */
  public static void write(List<SourceLine> lines, Path file) {
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      try (BufferedWriter out = Files.newBufferedWriter(target);
          CSVPrinter csv = new CSVPrinter(out, FORMAT)) {
        for (SourceLine line : lines) {
          csv.printRecord(
              line.table(),
              plain(line.key()),
              plain(line.sourceId()),
              plain(line.file()),
              line.line(),
              line.bronzeId());
        }
      }
    } catch (IOException e) {
      throw new CannotException(
          "Cannot write the lines to %s: %s. The folder must be writable. Name another file with --out."
              .formatted(file, e),
          e);
    }
  }

  private static String plain(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
