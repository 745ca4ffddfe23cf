package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an unknown file is: its layout, and a profile of every column.
 *
 * @param format layout as found
 * @param hasHeader true if the first record names the columns
 * @param rows records
 * @param refused records that cannot be read
 */
record FileProfile(
    SourceFile file,
    FileFormat format,
    boolean hasHeader,
    long rows,
    long refused,
    List<ColumnProfile> columns) {
  private static final int TRIED_RECORDS = 200;
  private static final int TRIED_JSON_LINES = 10_000;
  private static final List<String> DELIMITERS = List.of(",", "\t", ";", "|");

  /**
   * Reads a file through.
   *
   * @throws CannotException if it cannot be read
   */
  static FileProfile of(Path path) {
    try {
      SourceFile file =
          new SourceFile(
              "profile",
              path.toAbsolutePath().toUri().toString(),
              String.valueOf(path.getFileName()),
              Files.size(path),
              0,
              "");
      FileFormat format = format(file);
      FileCheck check = FileCheck.of(file, format);
      if (!check.fault().isEmpty()) {
        throw new FileFault(check.fault());
      }
      return read(file, format);
    } catch (IOException e) {
      throw new CannotException(
          "Cannot profile %s: %s. It has to be delimited text, JSON lines, .xlsx or Parquet, or .gz of the first two. Check the file."
              .formatted(path, FileFault.of(e, "it cannot be opened")));
    }
  }

  private static FileProfile read(SourceFile file, FileFormat format) throws IOException {
    List<String> names =
        format.kind() == FileFormat.Kind.JSONL
            ? JsonRecords.names(file, format, TRIED_JSON_LINES)
            : List.of();
    try (Records records = Records.open(file, format, names)) {
      RawRecord first = records.next();
      if (first == null) {
        return new FileProfile(file, format, true, 0, 0, List.of());
      }
      boolean hasHeader = format.kind() != FileFormat.Kind.CSV || isHeader(first);
      List<ColumnProfile> columns = new ArrayList<>();
      for (int i = 0; i < first.cells().length; i++) {
        columns.add(new ColumnProfile(hasHeader ? first.cells()[i].strip() : "c" + (i + 1)));
      }
      long rows = 0;
      long refused = 0;
      for (RawRecord one = hasHeader ? records.next() : first; one != null; one = records.next()) {
        rows++;
        if (one.cells().length != columns.size()) {
          refused++;
          continue;
        }
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(one.cells()[i]);
        }
      }
      return new FileProfile(
          file, named(format, hasHeader, columns), hasHeader, rows, refused, columns);
    }
  }

  private static FileFormat named(
      FileFormat format, boolean hasHeader, List<ColumnProfile> columns) {
    return hasHeader
        ? format
        : new FileFormat(
            format.kind(),
            format.delimiter(),
            format.quote(),
            format.encoding(),
            columns.stream().map(ColumnProfile::name).toList(),
            "",
            1);
  }

  /** Names differ, are there, and are neither numbers nor dates. */
  private static boolean isHeader(RawRecord first) {
    Set<String> names = new HashSet<>();
    for (String cell : first.cells()) {
      DatePatterns dates = new DatePatterns();
      dates.add(cell.strip());
      boolean isValue =
          ValueShape.NUMBER.fits(cell.strip())
              || dates.share() > 0
              || ValueShape.PLATE.fits(cell.strip());
      if (cell.isBlank() || isValue || !names.add(cell.strip())) {
        return false;
      }
    }
    return true;
  }

  private static FileFormat format(SourceFile file) throws IOException {
    byte[] start;
    try (InputStream content = file.content()) {
      start = content.readNBytes(4);
    }
    String magic = new String(start, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (magic.startsWith("PAR1")) {
      return layout(FileFormat.Kind.PARQUET, "", "UTF-8");
    }
    if (magic.startsWith("PK") && file.name().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      return layout(FileFormat.Kind.XLSX, "", "UTF-8");
    }
    String encoding = encoding(file, magic);
    try (TextLines lines = TextLines.open(file, encoding)) {
      TextLine line = lines.next();
      while (line != null && line.text().isBlank()) {
        line = lines.next();
      }
      if (line != null && line.text().stripLeading().startsWith("{")) {
        return layout(FileFormat.Kind.JSONL, "", encoding);
      }
    }
    return layout(FileFormat.Kind.CSV, delimiter(file, encoding), encoding);
  }

  private static FileFormat layout(FileFormat.Kind kind, String delimiter, String encoding) {
    return new FileFormat(kind, delimiter, "\"", encoding, List.of(), "", 1);
  }

  private static String encoding(SourceFile file, String magic) throws IOException {
    if (magic.startsWith("\u00FF\u00FE") || magic.startsWith("\u00FE\u00FF")) {
      return "UTF-16";
    }
    AutoEncoding.Counts counts = AutoEncoding.count(file);
    return counts.others() == 0 ? "UTF-8" : FileFormat.AUTO;
  }

  /** The sign that cuts most records into the same number of cells, and into most of them. */
  private static String delimiter(SourceFile file, String encoding) throws IOException {
    String best = ",";
    double most = 0;
    for (String delimiter : DELIMITERS) {
      double score = score(file, layout(FileFormat.Kind.CSV, delimiter, encoding));
      if (score > most) {
        most = score;
        best = delimiter;
      }
    }
    return best;
  }

  private static double score(SourceFile file, FileFormat format) throws IOException {
    int width = 0;
    int same = 0;
    int all = 0;
    try (Records records = Records.open(file, format, List.of())) {
      for (RawRecord one = records.next();
          one != null && all < TRIED_RECORDS;
          one = records.next()) {
        width = all == 0 ? one.cells().length : width;
        same += one.cells().length == width ? 1 : 0;
        all++;
      }
    } catch (FileFault e) { // Cut by this sign its records are endless.
      return 0;
    }
    return all == 0 || width < 2 ? 0 : (double) same / all + Math.log(width) / 100;
  }
}
