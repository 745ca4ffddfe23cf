package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * Records of a sheet of an .xlsx file. Numbers are given in plain digits, dates as {@code
 * yyyy-MM-dd HH:mm:ss}; empty rows are passed over.
 */
final class SheetRecords implements Records {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final int headerRow;
  private int width;

  SheetRecords(SourceFile file, FileFormat format) throws IOException {
    ReadingOptions options = new ReadingOptions(true, true);
    try {
      workbook =
          file.local().isPresent()
              ? new ReadableWorkbook(file.local().get(), options)
              : new ReadableWorkbook(file.content(), options);
    } catch (RuntimeException e) {
      throw new IOException("it is no .xlsx workbook", e);
    }
    Sheet sheet =
        format.sheet().isEmpty()
            ? workbook.getFirstSheet()
            : workbook.findSheet(format.sheet()).orElse(null);
    if (sheet == null) {
      workbook.close();
      throw new IOException("it has no sheet " + format.sheet());
    }
    stream = sheet.openStream();
    rows = stream.iterator();
    headerRow = format.headerRow();
  }

  @Override
  public RawRecord next() throws IOException {
    try {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (row.getRowNum() >= headerRow) {
          width = width == 0 ? row.getCellCount() : width;
          String[] cells = new String[Math.max(width, row.getCellCount())];
          boolean isEmpty = true;
          for (int i = 0; i < cells.length; i++) {
            cells[i] = i < row.getCellCount() ? text(row.getCell(i)) : "";
            isEmpty &= cells[i].isBlank();
          }
          if (!isEmpty) {
            return new RawRecord(row.getRowNum(), trimmed(cells));
          }
        }
      }
      return null;
    } catch (ExcelReaderException e) {
      throw new IOException("its sheet cannot be read: " + e.getMessage(), e);
    }
  }

  /** Empty cells right of the header's last column are no cells. */
  private String[] trimmed(String[] cells) {
    int length = cells.length;
    while (length > width && cells[length - 1].isBlank()) {
      length--;
    }
    return java.util.Arrays.copyOf(cells, length);
  }

  private static String text(Cell cell) {
    if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) {
      return "";
    }
    Object value = cell.getValue();
    if (value instanceof BigDecimal number) {
      return isDate(cell.getDataFormatString())
          ? DATE_TIME.format(cell.asDate())
          : number.stripTrailingZeros().toPlainString();
    }
    return value == null ? "" : value.toString();
  }

  private static boolean isDate(String format) {
    if (format == null) {
      return false;
    }
    String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
    return bare.matches(".*(yy|dd|d/|/d|hh|h:|mmm|m/).*");
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
