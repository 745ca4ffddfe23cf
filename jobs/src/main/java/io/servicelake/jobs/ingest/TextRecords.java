package io.servicelake.jobs.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Records of a delimited text file; empty lines are passed over. */
final class TextRecords implements Records {
  private static final int SAMPLE = 1 << 16;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final LineChars characters;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final long firstLine;

  TextRecords(SourceFile file, FileFormat format) throws IOException {
    characters = new LineChars(TextLines.open(file, format.encoding()));
    BufferedReader reader = new BufferedReader(characters, SAMPLE);
    try {
      int passed = 1;
      while (passed < format.headerRow() && reader.readLine() != null) {
        passed++;
      }
      char delimiter =
          format.delimiter().isEmpty() ? delimiterOf(reader) : format.delimiter().charAt(0);
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
      firstLine = passed;
      records = parser.iterator();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public RawRecord next() throws IOException {
    long line = 0;
    try {
      while (true) {
        line = firstLine + parser.getCurrentLineNumber();
        characters.begin();
        if (!records.hasNext()) {
          return null;
        }
        String[] cells = records.next().values();
        if (cells.length > 1 || !cells[0].isBlank()) {
          return record(line, cells);
        }
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileFault fault) {
        throw new FileFault(
            "%s from line %d on: a quotation mark may lack its partner"
                .formatted(fault.getMessage(), line));
      }
      throw e.getCause();
    } catch (IllegalStateException e) {
      throw new FileFault("it cannot be parsed from line %d on".formatted(line), e);
    }
  }

  /** Refused if a line was too long or held bytes that are no text. */
  private static RawRecord record(long line, String[] cells) {
    long length = 0;
    for (String cell : cells) {
      length += cell.length();
      if (cell.indexOf(LineChars.CUT) >= 0) {
        return RawRecord.refused(line, TextLines.TOO_LONG);
      }
      if (cell.indexOf(LineDecoder.BROKEN) >= 0) {
        return RawRecord.refused(line, TextLines.NO_TEXT);
      }
    }
    return length <= LineChars.MAX_CHARACTERS
        ? new RawRecord(line, cells)
        : RawRecord.refused(
            line, "The record is longer than %,d characters.".formatted(LineChars.MAX_CHARACTERS));
  }

  @Override
  public void close() throws IOException {
    parser.close();
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
