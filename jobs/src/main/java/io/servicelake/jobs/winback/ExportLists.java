package io.servicelake.jobs.winback;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.RevealContacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes who of the win-back list is still to be called as a call list for each dealer, once as a
 * workbook and once as CSV with a byte order mark. Names and phones only if asked for; such files
 * can be read by their owner alone.
 */
public final class ExportLists {
  private static final String SHEET = "挽回名单";

  private ExportLists() {}

  /**
   * Writes the files.
   *
   * @param master opens names and phones; empty to leave them out
   * @return the files, two for each dealer with anybody to contact; those of other dealers that
   *     were exported of the same day are gone
   * @throws CannotException if there is no list, a file cannot be written, or one to be replaced or
   *     removed is not as it was exported
   */
  public static List<Path> write(Lakehouse lake, Path folder, Optional<MasterKey> master) {
    Optional<RevealContacts> contacts = master.map(key -> new RevealContacts(lake, key));
    Dataset<Row> list = toCall(lake);
    if (contacts.isPresent()) {
      String customer = WinbackList.CUSTOMER_ID.name();
      list =
          list.join(
              contacts
                  .get()
                  .sealed()
                  .select(
                      WinbackContacts.CUSTOMER_ID.col(),
                      WinbackContacts.CUSTOMER_NAME.col(),
                      WinbackContacts.PHONE.col(),
                      WinbackContacts.CALLER_NAME.col()),
              new String[] {customer},
              "left");
    }
    List<CallListColumn> columns = CallListColumn.of(master.isPresent());
    Column[] read =
        Stream.concat(
                Stream.of(WinbackList.AS_OF_ON),
                columns.stream().filter(column -> !column.isBlank()).map(CallListColumn::field))
            .map(Field::col)
            .toArray(Column[]::new);
    Iterator<Row> sealed =
        list.select(read)
            .orderBy(WinbackList.DEALER_ID.col(), WinbackList.RANK_NO.col())
            .toLocalIterator();
    // Opened after sorting, which writes to disk.
    Iterator<Row> rows = contacts.map(known -> known.opened(sealed)).orElse(sealed);
    List<Path> files;
    try (ExportFolder into = new ExportFolder(folder)) {
      writeAll(rows, columns, into, master.isPresent());
      files = into.show(day(lake) + "_");
    } catch (IOException e) {
      throw new CannotException(
          "Cannot write call lists: %s below %s. The folder has to be writable. Give another with --out."
              .formatted(e.getMessage(), folder),
          e);
    }
    if (files.isEmpty()) {
      throw new CannotException(
          "Cannot write call lists: the win-back list has nobody to contact. A run draws one campaign a month. Start 'servicelake run', or see hold_reason in serving.winback_list.");
    }
    return files;
  }

  /** Rows of serving.winback_list to whom there is something to do. */
  static Dataset<Row> toCall(Lakehouse lake) {
    return lake.read(WinbackList.TABLE).where(WinbackList.isToCall());
  }

  /** The day the list is of; empty text if it has no rows. */
  private static String day(Lakehouse lake) {
    Row row = lake.read(WinbackList.TABLE).agg(functions.max(WinbackList.AS_OF_ON.col())).first();
    return row.isNullAt(0) ? "" : row.getDate(0).toString();
  }

  private static void writeAll(
      Iterator<Row> rows, List<CallListColumn> columns, ExportFolder into, boolean isPersonal)
      throws IOException {
    DealerFiles open = null;
    try {
      while (rows.hasNext()) {
        Row row = rows.next();
        String name =
            "%s_%s"
                .formatted(
                    row.get(row.fieldIndex(WinbackList.AS_OF_ON.name())),
                    row.<String>getAs(WinbackList.DEALER_ID.name()))
                .replaceAll("[^\\p{L}\\p{N}._-]", "_");
        if (open == null || !open.name.equals(name)) {
          if (open != null) {
            open.close();
          }
          open = new DealerFiles(into, name, columns, isPersonal);
        }
        open.write(row);
      }
    } finally {
      if (open != null) {
        open.close();
      }
    }
  }

  /** The two files of one dealer. */
  private static final class DealerFiles implements AutoCloseable {
    private final String name;
    private final List<CallListColumn> columns;
    private final OutputStream sheetBytes;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final CSVPrinter text;
    private int line;

    DealerFiles(ExportFolder into, String name, List<CallListColumn> columns, boolean isPersonal)
        throws IOException {
      this.name = name;
      this.columns = columns;
      sheetBytes = Files.newOutputStream(into.draft(name + ".xlsx", isPersonal));
      workbook = new Workbook(sheetBytes, "servicelake", "1.0");
      sheet = workbook.newWorksheet(SHEET);
      text = ExcelCsv.open(into.draft(name + ".csv", isPersonal));
      for (CallListColumn column : columns) {
        cell(columns.indexOf(column), column.field().labelZh());
      }
      endLine();
    }

    void write(Row row) throws IOException {
      for (int i = 0; i < columns.size(); i++) {
        CallListColumn column = columns.get(i);
        cell(i, column.isBlank() ? "" : CellText.safe(row.getAs(column.field().name())));
      }
      endLine();
    }

    private void cell(int at, String value) throws IOException {
      sheet.value(line, at, value);
      text.print(value);
    }

    private void endLine() throws IOException {
      text.println();
      line++;
    }

    @Override
    public void close() throws IOException {
      text.close();
      workbook.close();
      sheetBytes.close();
    }
  }
}
