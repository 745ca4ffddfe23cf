package io.servicelake.jobs.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Records of a delimited text file; empty lines are passed over. Where the delimiter is a space, a
 * run of spaces is one, and spaces at the ends of a line are none.
 */
final class TextRecords implements Records {
  private static final int SAMPLE = 1 << 16;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final long firstLine;
  private final boolean isAligned;

  TextRecords(SourceFile file, FileFormat format) throws IOException {
    BufferedReader reader = new BufferedReader(reader(file.content(), format.encoding()), SAMPLE);
    try {
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      for (int i = 1; i < format.headerRow(); i++) {
        reader.readLine();
      }
      char delimiter =
          format.delimiter().isEmpty() ? delimiterOf(reader) : format.delimiter().charAt(0);
      isAligned = delimiter == ' ';
      parser =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(delimiter)
              .setQuote(format.quote().isEmpty() ? null : format.quote().charAt(0))
              .setIgnoreEmptyLines(false)
              .setTrailingData(true)
              .setLenientEof(true)
              .get()
              .parse(reader);
      firstLine = format.headerRow();
      records = parser.iterator();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public RawRecord next() throws IOException {
    try {
      while (true) {
        long line = firstLine + parser.getCurrentLineNumber();
        if (!records.hasNext()) {
          return null;
        }
        String[] cells = cells(records.next());
        if (cells.length > 1 || cells.length == 1 && !cells[0].isBlank()) {
          return new RawRecord(line, cells);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private String[] cells(CSVRecord record) {
    return isAligned
        ? record.stream().filter(cell -> !cell.isEmpty()).toArray(String[]::new)
        : record.values();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** A reader that refuses bytes the encoding does not know. */
  static Reader reader(InputStream content, String encoding) {
    return new InputStreamReader(
        content,
        Charset.forName(encoding)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** The sign that stands most often in the first line, outside quotation marks. */
  private static char delimiterOf(BufferedReader reader) throws IOException {
    reader.mark(SAMPLE);
    char[] sample = new char[SAMPLE - 1];
    int length = 0;
    int read;
    while (length < sample.length
        && (read = reader.read(sample, length, sample.length - length)) > 0) {
      length += read;
    }
    reader.reset();
    int[] counts = new int[DELIMITERS.length];
    boolean isQuoted = false;
    for (int i = 0; i < length; i++) {
      char c = sample[i];
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!isQuoted) {
        for (int d = 0; d < DELIMITERS.length; d++) {
          counts[d] += DELIMITERS[d] == c ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      best = counts[d] > counts[best] ? d : best;
    }
    return DELIMITERS[best];
  }
}
