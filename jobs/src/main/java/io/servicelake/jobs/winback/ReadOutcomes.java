package io.servicelake.jobs.winback;

import static io.servicelake.contract.Columns.STRING;

import io.servicelake.campaign.JudgeCallRows;
import io.servicelake.contract.Field;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.FileFormat;
import io.servicelake.jobs.ingest.RawRecord;
import io.servicelake.jobs.ingest.Records;
import io.servicelake.jobs.ingest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Reads call lists that dealers filled in: workbooks, or CSV in UTF-8 or GB18030. Remarks, names
 * and phones are not read.
 */
final class ReadOutcomes {
  /** Rows a call list may have: a dealer calls hundreds. */
  private static final int MOST_ROWS = 100_000;

  static final StructType SCHEMA = schema();

  private ReadOutcomes() {}

  /**
   * Rows of the files as texts, blank cells null.
   *
   * @throws CannotException naming the file that cannot be read, or the columns it lacks
   */
  static List<Row> of(List<Path> files) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      try {
        read(files.get(i), i, rows);
      } catch (IOException | RuntimeException e) {
        if (e instanceof CannotException known) {
          throw known;
        }
        throw new CannotException(
            "Cannot read the call list %s: %s. It has to be the .xlsx or .csv that was exported. Save it as one of these."
                .formatted(files.get(i), e.getMessage()),
            e);
      }
    }
    return rows;
  }

  private static void read(Path file, int fileNo, List<Row> rows) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CannotException(
          "Cannot read the call list %s: there is no such file. Give the files that dealers sent back."
              .formatted(file));
    }
    boolean isSheet = file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    FileFormat format =
        new FileFormat(
            isSheet ? FileFormat.Kind.XLSX : FileFormat.Kind.CSV,
            "",
            "\"",
            FileFormat.AUTO,
            List.of(),
            "",
            1,
            Map.of());
    SourceFile source =
        new SourceFile(
            "winback",
            file.toAbsolutePath().toUri().toString(),
            file.getFileName().toString(),
            Files.size(file),
            0,
            "");
    try (Records records = Records.open(source, format, List.of())) {
      RawRecord header = records.next();
      Map<Field, Integer> places = places(file, header == null ? new String[0] : header.cells());
      int before = rows.size();
      RawRecord record;
      while ((record = records.next()) != null) {
        if (rows.size() - before == MOST_ROWS) {
          throw new CannotException(
              "Cannot read the call list %s: it has more than %,d rows. A call list holds hundreds. Give the files that were exported."
                  .formatted(file, MOST_ROWS));
        }
        rows.add(row(fileNo, record, places));
      }
    }
  }

  private static Map<Field, Integer> places(Path file, String[] header) {
    Map<Field, Integer> places = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      int at = i;
      CallListColumn.meant(CellText.plain(header[i]))
          .ifPresent(field -> places.putIfAbsent(field, at));
    }
    List<String> missing =
        CallListColumn.READ.stream()
            .filter(field -> !places.containsKey(field))
            .map(Field::labelZh)
            .toList();
    if (!missing.isEmpty()) {
      throw new CannotException(
          "Cannot read the call list %s: it lacks the columns %s. Rows are recognised by them. Fill in the file as it was exported."
              .formatted(file, String.join(", ", missing)));
    }
    return places;
  }

  private static Row row(int fileNo, RawRecord record, Map<Field, Integer> places) {
    List<Object> values = new ArrayList<>();
    values.add((long) fileNo);
    values.add(record.line());
    values.add(!record.fault().isEmpty());
    for (Field field : CallListColumn.READ) {
      int at = places.get(field);
      String text = at < record.cells().length ? CellText.plain(record.cells()[at]) : "";
      values.add(Optional.of(text).filter(cell -> !cell.isEmpty()).orElse(null));
    }
    return RowFactory.create(values.toArray());
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(JudgeCallRows.FILE_NO.toStructField())
            .add(JudgeCallRows.LINE_NO.toStructField())
            .add(JudgeCallRows.IS_UNREADABLE.toStructField());
    for (Field field : CallListColumn.READ) {
      schema = schema.add(field.name(), STRING, true);
    }
    return schema;
  }
}
