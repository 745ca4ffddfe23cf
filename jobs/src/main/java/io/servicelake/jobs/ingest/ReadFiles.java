package io.servicelake.jobs.ingest;

import io.servicelake.contract.Columns;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.transform.silver.TypeRows;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Streams the records of a file as redacted rows, on the executors. A record with too few or too
 * many cells and a file that cannot be read become rows that say so.
 */
final class ReadFiles implements FlatMapFunction<ReadFiles.Task, Row> {
  private static final long serialVersionUID = 1L;

  static final String SECRETS = "secrets";
  static final String SEALED = "sealed";

  private static final StructType SECRET =
      new StructType()
          .add(SubjectKeys.SUBJECT_ID.name(), Columns.STRING)
          .add(Secrets.KIND.name(), Columns.STRING)
          .add(Secrets.TOKEN.name(), Columns.STRING)
          .add(SEALED, DataTypes.BinaryType);

  /** The columns of bronze and the secrets of the row. */
  static final StructType SCHEMA =
      SourceRows.TABLE.schema().add(SECRETS, DataTypes.createArrayType(SECRET));

  /**
   * A file to be read.
   *
   * @param stamp milliseconds since 1970
   * @param fault why it cannot be read; empty if it can
   */
  record Task(
      SourceFile file, SourceReading source, long stamp, long batchNo, String runId, String fault)
      implements Serializable {}

  private static final Logger LOG = LoggerFactory.getLogger(ReadFiles.class);

  private final MasterKey master;

  ReadFiles(MasterKey master) {
    this.master = master;
  }

  @Override
  public Iterator<Row> call(Task task) {
    if (!task.fault().isEmpty()) {
      return List.of(unreadable(task, task.fault())).iterator();
    }
    try {
      return new Rows(task, master);
    } catch (IOException e) {
      return List.of(unreadable(task, FileFault.of(e, FileCheck.UNOPENED))).iterator();
    }
  }

  /** Columns that the mapping needs and a header does not bring. */
  static List<String> missing(SourceReading source, List<String> header) {
    List<String> missing = new ArrayList<>(source.columns());
    missing.removeAll(header);
    missing.removeAll(source.optional());
    return missing;
  }

  /** What a header lacks, with the nearest of its names if it is surely a header. */
  private static String lacks(SourceReading source, List<String> header, List<String> missing) {
    List<String> others = new ArrayList<>(header);
    others.removeAll(source.columns());
    // A first row of values, which may be personal, is not quoted.
    boolean isHeader = 2 * missing.size() <= source.columns().size();
    List<String> told = new ArrayList<>();
    for (String name : missing) {
      // A name without a sign in common is no other spelling of it.
      List<String> alike =
          others.stream()
              .filter(other -> other.chars().anyMatch(sign -> name.indexOf(sign) >= 0))
              .toList();
      String nearest = isHeader ? MappingSection.nearest(name, alike) : "";
      told.add(nearest.isEmpty() ? name : "%s (the nearest is %s)".formatted(name, nearest));
    }
    return "its header lacks " + String.join(", ", told);
  }

  /** Names of the cells: of the mapping, or else of the header, by their meaning. */
  static List<String> header(SourceReading source, Records records) throws IOException {
    if (!source.format().columns().isEmpty()) {
      return source.format().columns();
    }
    RawRecord first = records.next();
    List<String> header = new ArrayList<>();
    if (first != null && !first.fault().isEmpty()) {
      throw new FileFault("its header cannot be read");
    }
    if (first != null) {
      for (String cell : first.cells()) {
        header.add(cell.strip());
      }
    }
    return source.format().named(header);
  }

  private static Row unreadable(Task task, String fault) {
    return row(task, 0, refusal(fault), List.of());
  }

  /** Payload that tells of a file that is refused. */
  static String refusal(String fault) {
    return faulty("BAD_FILE", "The file is refused: " + fault + ".");
  }

  /** Payload of a record that cannot be read. */
  static String faulty(String code, String fault) {
    return "{\"%s\":\"%s\",\"%s\":\"%s\"}"
        .formatted(
            TypeRows.FAULT_CODE,
            code,
            TypeRows.FAULT,
            new String(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance()
                    .quoteAsString(fault)));
  }

  private static Row row(Task task, long line, String payload, List<Row> secrets) {
    return RowFactory.create(
        task.file().hash() + ":" + line,
        task.file().sourceId(),
        task.batchNo(),
        task.file().name(),
        task.file().hash(),
        line,
        new Timestamp(task.stamp()),
        task.file().changedAt() == 0 ? null : new Timestamp(task.file().changedAt()),
        payload,
        task.runId(),
        CollectionConverters.asScala(secrets).toSeq());
  }

  /** Values on their way to the vault, as rows. */
  static List<Row> secrets(Redactor.Redacted redacted) {
    List<Row> secrets = new ArrayList<>();
    for (Redactor.Secret secret : redacted.secrets()) {
      secrets.add(
          RowFactory.create(secret.subjectId(), secret.kind(), secret.token(), secret.sealed()));
    }
    return secrets;
  }

  /** The rows of one file, read as they are asked for. */
  private static final class Rows implements Iterator<Row> {
    private final Task task;
    private final Records records;
    private final int width;
    private Redactor redactor;
    private Row next;

    Rows(Task task, MasterKey master) throws IOException {
      this.task = task;
      this.records = Records.open(task.file(), task.source().format(), task.source().columns());
      List<String> header = header(task.source(), records);
      this.width = header.size();
      List<String> missing = missing(task.source(), header);
      if (!header.isEmpty() && !missing.isEmpty()) {
        next = unreadable(task, lacks(task.source(), header, missing));
        records.close();
      } else {
        redactor = new Redactor(task.source(), header, master);
        next = read();
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
      next = redactor == null ? null : read();
      return row;
    }

    private Row read() {
      RawRecord raw;
      try {
        raw = records.next();
        if (raw == null) {
          records.close();
          return null;
        }
      } catch (IOException e) {
        close();
        redactor = null;
        return unreadable(task, FileFault.of(e, "it cannot be read to its end"));
      }
      return row(task, raw, width, redactor);
    }

    private void close() {
      try {
        records.close();
      } catch (IOException e) {
        LOG.debug("A file that could not be read could not be closed either.", e);
      }
    }
  }

  /** The row of bronze that a record becomes, with its secrets. */
  static Row row(Task task, RawRecord raw, int width, Redactor redactor) {
    String fault = fault(raw, width);
    if (!fault.isEmpty()) {
      return row(task, raw.line(), faulty("BAD_ROW", fault), List.of());
    }
    Redactor.Redacted redacted = redactor.redact(raw.cells());
    return row(task, raw.line(), redacted.payload(), secrets(redacted));
  }

  /** What is wrong with a record; empty if nothing is. */
  private static String fault(RawRecord raw, int width) {
    if (!raw.fault().isEmpty()) {
      return raw.fault();
    }
    if (raw.cells().length != width) {
      return "The record has %d cells, the header %d.".formatted(raw.cells().length, width);
    }
    for (String cell : raw.cells()) {
      if (!isText(cell)) {
        return "The record holds a NUL or half a character.";
      }
    }
    return "";
  }

  private static boolean isText(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == cell.length() || !Character.isLowSurrogate(cell.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
