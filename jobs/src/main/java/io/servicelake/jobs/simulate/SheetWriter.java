package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes sheets as CSV, gzipped CSV or Excel below the export folder, and notes line numbers. */
final class SheetWriter {
  private final Path exportDir;
  private final FaultLedger ledger;
  private long rows;

  SheetWriter(Path exportDir, FaultLedger ledger) {
    this.exportDir = exportDir;
    this.ledger = ledger;
  }

  long rows() {
    return rows;
  }

  void write(Sheet sheet) throws IOException {
    Path file = exportDir.resolve(sheet.file);
    Files.createDirectories(file.getParent());
    rows += sheet.rows.size();
    if (sheet.table.suffix.equals(".xlsx")) {
      writeExcel(sheet, file);
      return;
    }
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream bytes =
            sheet.table.suffix.endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
        Writer out =
            new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16)) {
      if (sheet.table.hasByteOrderMark) {
        out.write('\uFEFF');
      }
      writeRow(out, sheet.table.columns.toArray(String[]::new), sheet.table.delimiter);
      long line = 1;
      for (String[] row : sheet.rows) {
        writeRow(out, row, sheet.table.delimiter);
        ledger.written(row, ++line);
      }
    }
  }

  private static void writeRow(Writer out, String[] cells, char delimiter) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.write(delimiter);
      }
      String cell = cells[i];
      if (cell.indexOf(delimiter) >= 0 || cell.indexOf('"') >= 0) {
        out.write('"' + cell.replace("\"", "\"\"") + '"');
      } else {
        out.write(cell);
      }
    }
    out.write('\n');
  }

  private void writeExcel(Sheet sheet, Path file) throws IOException {
    int cost = sheet.table.column("单位成本");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "dms", "1.0")) {
      Worksheet page = workbook.newWorksheet("配件");
      for (int c = 0; c < sheet.table.columns.size(); c++) {
        page.value(0, c, sheet.table.columns.get(c));
      }
      for (int r = 0; r < sheet.rows.size(); r++) {
        String[] row = sheet.rows.get(r);
        for (int c = 0; c < row.length; c++) {
          if (c == cost) {
            page.value(r + 1, c, Double.parseDouble(row[c]));
          } else {
            page.value(r + 1, c, row[c]);
          }
        }
        ledger.written(row, r + 2L);
      }
    }
  }
}
