package io.servicelake.jobs.winback;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV files that Excel opens as what they are: UTF-8 with a byte order mark. */
final class ExcelCsv {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ExcelCsv() {}

  /** Opens a file in the place of what it held. */
  static CSVPrinter open(Path file) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    writer.write(BYTE_ORDER_MARK);
    return CSVFormat.EXCEL.print(writer);
  }
}
