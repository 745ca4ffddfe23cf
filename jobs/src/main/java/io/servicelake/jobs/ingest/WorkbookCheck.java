package io.servicelake.jobs.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Refuses a workbook that would fill the memory before its first row is seen: one that unzips to
 * far more than itself, holds cells beyond the last column or row of a sheet, or endless texts.
 */
final class WorkbookCheck {
  /** Largest workbook, bytes as it lies there. */
  static final long MAX_FILE_BYTES = 256L << 20;

  /** Most bytes a workbook may unzip to. */
  static final long MAX_BYTES = 2L << 30;

  /** Most bytes its table of texts, which is held in memory, may unzip to. */
  static final long MAX_TEXT_BYTES = 128L << 20;

  /** Longest text or tag, bytes. */
  static final int MAX_PIECE_BYTES = 1 << 20;

  private static final int MAX_PARTS = 10_000;
  private static final Pattern CELL = Pattern.compile("<(?:\\w+:)?(c|row)\\s");
  private static final Pattern PLACE = Pattern.compile("\\sr\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
  private static final Pattern CELL_PLACE = Pattern.compile("[A-Za-z]{1,3}\\d{1,7}");
  private static final Pattern ROW_PLACE = Pattern.compile("\\d{1,7}");

  private WorkbookCheck() {}

  /**
   * Reads a workbook through.
   *
   * @throws FileFault saying why it is refused
   */
  static void check(SourceFile file) throws IOException {
    if (file.size() > MAX_FILE_BYTES) {
      throw new FileFault("the workbook is larger than %,d bytes".formatted(MAX_FILE_BYTES));
    }
    long most = Math.min(MAX_BYTES, SourceFile.mostUnzipped(file.size()));
    long total = 0;
    int parts = 0;
    try (ZipInputStream zip = new ZipInputStream(file.bytes())) {
      for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        String name = part.getName();
        long allowed = name.equals("xl/sharedStrings.xml") ? MAX_TEXT_BYTES : most - total;
        String fault = "its part %s unzips to too much".formatted(name.replaceAll("[^ -~]", "?"));
        LimitedStream content = new LimitedStream(zip, Math.min(allowed, most - total), fault);
        total += name.startsWith("xl/") && name.endsWith(".xml") ? scan(content) : drain(content);
        if (++parts > MAX_PARTS) {
          throw new FileFault("the workbook has more than %,d parts".formatted(MAX_PARTS));
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new FileFault("it is no .xlsx workbook", e);
    }
    if (parts == 0) {
      throw new FileFault("it is no .xlsx workbook");
    }
  }

  private static long drain(InputStream content) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    int read;
    while ((read = content.read(buffer)) >= 0) {
      total += read;
    }
    return total;
  }

  /** Looks at every tag with the text behind it. */
  private static long scan(InputStream content) throws IOException {
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream piece = new ByteArrayOutputStream(1 << 10);
    long total = 0;
    int read;
    while ((read = content.read(buffer)) >= 0) {
      total += read;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '<') {
          judge(piece);
          piece.reset();
        }
        piece.write(buffer[i]);
        if (piece.size() > MAX_PIECE_BYTES) {
          throw new FileFault("a cell is longer than %,d bytes".formatted(MAX_PIECE_BYTES));
        }
      }
    }
    judge(piece);
    return total;
  }

  private static void judge(ByteArrayOutputStream piece) throws FileFault {
    if (piece.size() < 2) {
      return;
    }
    String tag = piece.toString(StandardCharsets.ISO_8859_1);
    if (tag.startsWith("<!") && !tag.startsWith("<!--")) {
      throw new FileFault("it holds declarations that no workbook has");
    }
    Matcher cell = CELL.matcher(tag);
    if (!cell.lookingAt()) {
      return;
    }
    Matcher place = PLACE.matcher(tag.substring(0, tag.indexOf('>') + 1));
    if (place.find()) {
      String at = place.group(1) != null ? place.group(1) : place.group(2);
      Pattern allowed = cell.group(1).equals("c") ? CELL_PLACE : ROW_PLACE;
      if (!allowed.matcher(at).matches()) {
        throw new FileFault("a cell lies beyond the last column or row of a sheet");
      }
    }
  }
}
