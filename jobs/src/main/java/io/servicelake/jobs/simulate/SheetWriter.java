package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes sheets as CSV, gzipped CSV or Excel below the export folder, and notes line numbers. */
final class SheetWriter {
  private final Path exportDir;
  private final FileTime writtenAt;
  private final FaultLedger ledger;
  private long rows;

  /**
   * @param writtenAt time of change the files are given
   */
  SheetWriter(Path exportDir, Instant writtenAt, FaultLedger ledger) {
    this.exportDir = exportDir;
    this.writtenAt = FileTime.from(writtenAt);
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
    } else {
      writeText(sheet, file);
    }
    Files.setLastModifiedTime(file, writtenAt);
  }

  private void writeText(Sheet sheet, Path file) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream bytes =
            sheet.table.suffix.endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
        Writer out =
            new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16)) {
      if (sheet.table.hasByteOrderMark) {
        out.write('\uFEFF');
      }
      writeRow(out, sheet.header(), sheet.table.delimiter);
      long line = 1;
      for (String[] row : sheet.rows) {
        out.write('\n');
        writeRow(out, sheet.written(row), sheet.table.delimiter);
        ledger.written(row, ++line);
      }
      boolean isCut = !sheet.rows.isEmpty() && sheet.isCut(sheet.rows.get(sheet.rows.size() - 1));
      if (!isCut) {
        out.write('\n');
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
  }

  private void writeExcel(Sheet sheet, Path file) throws IOException {
    int cost = sheet.table.column("单位成本");
    Path draft = Files.createTempFile("parts", ".xlsx");
    try (OutputStream out = Files.newOutputStream(draft);
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
    copyWithoutClock(draft, file);
    Files.delete(draft);
  }

  /** Copies a workbook, with the moment of its making replaced by a fixed one. */
  private static void copyWithoutClock(Path draft, Path file) throws IOException {
    try (ZipFile in = new ZipFile(draft.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("docProps/core.xml")) {
          content =
              new String(content, StandardCharsets.UTF_8)
                  .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2000-01-01T00:00:00Z")
                  .getBytes(StandardCharsets.UTF_8);
        }
        ZipEntry fixed = new ZipEntry(entry.getName());
        fixed.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        out.putNextEntry(fixed);
        out.write(content);
        out.closeEntry();
      }
    }
  }
}
