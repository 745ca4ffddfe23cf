package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Streams rows of a table as redacted rows, on the executors. */
final class ReadTables implements FlatMapFunction<ReadTables.Task, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * A slice to be read.
   *
   * @param after the watermark it begins at; null for the beginning
   * @param upTo the last watermark; null for no bound
   * @param most rows that are read; 0 for all
   */
  record Task(
      SourceFile file,
      SourceReading source,
      TableSource table,
      String after,
      boolean isInclusive,
      String upTo,
      int most,
      long batchNo,
      String runId)
      implements Serializable {}

  private final MasterKey master;

  ReadTables(MasterKey master) {
    this.master = master;
  }

  @Override
  public Iterator<Row> call(Task task) {
    return new Rows(task, master);
  }

  /** The rows of one slice, read as they are asked for; numbered from 1. */
  private static final class Rows implements Iterator<Row> {
    private final Task task;
    private final TableReader reader;
    private final ResultSet result;
    private final Redactor redactor;
    private final int watermark;
    private long line;
    private Row next;

    Rows(Task task, MasterKey master) {
      this.task = task;
      this.reader = TableReader.open(task.source().sourceId(), task.table());
      this.redactor = new Redactor(task.source(), reader.names(), master);
      this.watermark = reader.position(task.table().watermark()) - 1;
      try {
        this.result = open();
        this.next = read();
      } catch (SQLException e) {
        reader.close();
        throw reader.cannot(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row row = next;
      try {
        next = read();
      } catch (SQLException e) {
        reader.close();
        throw reader.cannot(e);
      }
      return row;
    }

    private ResultSet open() throws SQLException {
      String from =
          task.after() == null ? "%s IS NOT NULL" : task.isInclusive() ? "%s >= ?" : "%s > ?";
      String condition = task.upTo() == null ? from : from + " AND %s <= ?";
      List<String> values =
          java.util.stream.Stream.of(task.after(), task.upTo())
              .filter(java.util.Objects::nonNull)
              .toList();
      return reader.rows(List.of(), condition, values, task.most());
    }

    private Row read() throws SQLException {
      if (!result.next()) {
        reader.close();
        return null;
      }
      String[] cells = new String[reader.names().size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = reader.kinds().get(i).text(result, i + 1, task.source().zone());
      }
      return ReadFiles.row(
          new ReadFiles.Task(task.file(), task.source(), stamp(), task.batchNo(), task.runId(), ""),
          new RawRecord(++line, cells),
          cells.length,
          redactor);
    }

    /** The row's own watermark as a time: a later row wins over an earlier one. */
    private long stamp() throws SQLException {
      ColumnText kind = reader.kinds().get(watermark);
      String text = kind.text(result, watermark + 1, ZoneOffset.UTC);
      return switch (kind) {
        case TIME, ZONED ->
            Timestamp.from(
                    LocalDateTime.parse(
                            text.substring(0, SECONDS_END), DateTimeFormatter.ofPattern(SECONDS))
                        .toInstant(ZoneOffset.UTC))
                .getTime();
        case DATE -> java.time.LocalDate.parse(text).toEpochDay() * DAY_MILLIS;
        case NUMBER -> new BigDecimal(text).min(MOST).max(BigDecimal.ZERO).longValue();
        default -> 0;
      };
    }

    private static final String SECONDS = "uuuu-MM-dd HH:mm:ss";
    private static final int SECONDS_END = SECONDS.length();
    private static final long DAY_MILLIS = 86_400_000;
    private static final BigDecimal MOST = new BigDecimal("100000000000000");
  }
}
