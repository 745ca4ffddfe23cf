package io.servicelake.jobs.winback;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.WinbackContacts;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.ingest.MasterKey;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.RevealContacts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes who of the win-back list is still to be called as a call list for each dealer, once as a
 * workbook and once as CSV with a byte order mark. Names and phones only if asked for; such files
 * can be read by their owner alone.
 */
public final class ExportLists {
  private static final String SHEET = "挽回名单";
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String OWNER_ONLY = "rw-------";

  private ExportLists() {}

  /**
   * Writes the files.
   *
   * @param master opens names and phones; empty to leave them out
   * @return the files, two for each dealer with anybody to contact
   * @throws CannotException if there is no list, or a file cannot be written
   */
  public static List<Path> write(Lakehouse lake, Path folder, Optional<MasterKey> master) {
    Dataset<Row> list = toCall(lake);
    if (master.isPresent()) {
      String customer = WinbackList.CUSTOMER_ID.name();
      list =
          list.join(
              RevealContacts.of(lake, master.get())
                  .select(
                      WinbackContacts.CUSTOMER_ID.col(),
                      WinbackContacts.CUSTOMER_NAME.col(),
                      WinbackContacts.PHONE.col()),
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
    Iterator<Row> rows =
        list.select(read)
            .orderBy(WinbackList.DEALER_ID.col(), WinbackList.RANK_NO.col())
            .toLocalIterator();
    List<Path> files = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      writeAll(rows, columns, folder, master.isPresent(), files);
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

  private static void writeAll(
      Iterator<Row> rows,
      List<CallListColumn> columns,
      Path folder,
      boolean isPersonal,
      List<Path> files)
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
          open = new DealerFiles(folder, name, columns, isPersonal);
          files.add(open.sheetFile);
          files.add(open.textFile);
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
    private final Path sheetFile;
    private final Path textFile;
    private final List<CallListColumn> columns;
    private final OutputStream sheetBytes;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final CSVPrinter text;
    private int line;

    DealerFiles(Path folder, String name, List<CallListColumn> columns, boolean isPersonal)
        throws IOException {
      this.name = name;
      this.columns = columns;
      sheetFile = fresh(folder.resolve(name + ".xlsx"), isPersonal);
      textFile = fresh(folder.resolve(name + ".csv"), isPersonal);
      sheetBytes = Files.newOutputStream(sheetFile);
      workbook = new Workbook(sheetBytes, "servicelake", "1.0");
      sheet = workbook.newWorksheet(SHEET);
      BufferedWriter writer = Files.newBufferedWriter(textFile, StandardCharsets.UTF_8);
      writer.write(BYTE_ORDER_MARK);
      text = CSVFormat.EXCEL.print(writer);
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

    private static Path fresh(Path file, boolean isPersonal) throws IOException {
      Files.deleteIfExists(file);
      boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      return isPersonal && isPosix
          ? Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))
          : Files.createFile(file);
    }
  }
}
