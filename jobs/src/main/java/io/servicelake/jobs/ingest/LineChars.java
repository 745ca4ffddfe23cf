package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a file as characters for a parser; a line that is too long is given as {@link #CUT}.
 * Refuses to feed a parser that takes more than {@link #MAX_CHARACTERS} for one record.
 */
final class LineChars extends Reader {
  /** Stands for a line that is too long. */
  static final char CUT = '\uFFFE';

  /** Longest record, characters; a parser may read ahead by a buffer more. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final int READ_AHEAD = 1 << 18;

  private final TextLines lines;
  private String text = "";
  private int at;
  private long taken;

  LineChars(TextLines lines) {
    this.lines = lines;
  }

  /** The parser begins a record. */
  void begin() {
    taken = 0;
  }

  @Override
  public int read(char[] target, int offset, int count) throws IOException {
    if (at == text.length() && !fill()) {
      return -1;
    }
    int given = Math.min(count, text.length() - at);
    text.getChars(at, at + given, target, offset);
    at += given;
    taken += given;
    if (taken > MAX_CHARACTERS + TextLines.MAX_BYTES + READ_AHEAD) {
      throw new FileFault("a record is longer than %,d characters".formatted(MAX_CHARACTERS));
    }
    return given;
  }

  private boolean fill() throws IOException {
    TextLine line = lines.next();
    if (line == null) {
      return false;
    }
    text = (line.isTooLong() ? String.valueOf(CUT) : line.text()) + line.end();
    at = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
