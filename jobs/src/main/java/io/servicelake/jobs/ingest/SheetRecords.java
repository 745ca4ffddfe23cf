package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
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

  private static final int MAX_DIGITS = 400;

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
      throw new FileFault("it is no .xlsx workbook", e);
    }
    Sheet sheet =
        format.sheet().isEmpty()
            ? workbook.getFirstSheet()
            : workbook.findSheet(format.sheet()).orElse(null);
    if (sheet == null) {
      workbook.close();
      throw new FileFault("it has no sheet " + format.sheet());
    }
    try {
      stream = sheet.openStream();
      rows = stream.iterator();
    } catch (RuntimeException e) {
      workbook.close();
      throw new FileFault("its sheet cannot be read", e);
    }
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
    } catch (RuntimeException e) {
      throw new FileFault("its sheet cannot be read to its end", e);
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
      return isDate(cell.getDataFormatId(), cell.getDataFormatString())
          ? date(cell, number)
          : plain(number);
    }
    return value == null ? "" : value.toString();
  }

  private static String date(Cell cell, BigDecimal number) {
    try {
      return DATE_TIME.format(cell.asDate());
    } catch (RuntimeException e) { // No day has that number.
      return plain(number);
    }
  }

  /** Plain digits, unless there are absurdly many. */
  private static String plain(BigDecimal number) {
    return Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS
        ? number.toString()
        : number.stripTrailingZeros().toPlainString();
  }

  /** By the format, or by its number where East Asian Excel writes no format beside it. */
  private static boolean isDate(Integer number, String format) {
    if (number != null && (number >= 27 && number <= 36 || number >= 50 && number <= 58)) {
      return true;
    }
    if (format == null) {
      return false;
    }
    String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(Locale.ROOT);
    return bare.matches(".*(yy|dd|d/|/d|hh|h:|mmm|m/|m.?d).*");
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
