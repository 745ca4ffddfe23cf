package io.servicelake.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * The lines of a text file in any encoding, in bounded memory: of a line longer than {@link
 * #MAX_BYTES} only its number is told. A byte order mark is passed over.
 */
final class TextLines implements Closeable {
  /** Longest line that is read, bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** Why a record with such a line is refused. */
  static final String TOO_LONG = "The line is longer than %,d bytes.".formatted(MAX_BYTES);

  /** Why a record with broken bytes is refused. */
  static final String NO_TEXT = "The line holds bytes that are no text.";

  private static final int BUFFER = 1 << 16;
  private static final int MARK_BYTES = 3;

  /** Encodings in which a line break is a byte of its own and never part of a character. */
  private static final Set<String> BY_BYTES =
      Set.of("UTF-8", "US-ASCII", "GB18030", "GBK", "GB2312", "BIG5", "SHIFT_JIS");

  private final InputStream bytes;
  private final LineDecoder decoder;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private byte[] line = new byte[1 << 10];
  private int length;
  private boolean isTooLong;
  private long number;

  private TextLines(InputStream bytes, LineDecoder decoder) {
    this.bytes = bytes;
    this.decoder = decoder;
  }

  /**
   * Opens a file.
   *
   * @param encoding name of a character set, or {@link FileFormat#AUTO}
   */
  static TextLines open(SourceFile file, String encoding) throws IOException {
    if (!encoding.equals(FileFormat.AUTO)) {
      return of(file.content(), encoding);
    }
    String marked;
    try (InputStream content = file.content()) {
      marked = marked(content.readNBytes(MARK_BYTES));
    }
    if (marked.startsWith("UTF-16")) {
      return of(file.content(), marked);
    }
    return withoutMark(file.content(), AutoEncoding.decoder(file));
  }

  /** The lines of a stream in one encoding; broken bytes are refused. */
  static TextLines of(InputStream content, String encoding) throws IOException {
    Charset charset = Charset.forName(encoding);
    String name = charset.name().toUpperCase(Locale.ROOT);
    if (BY_BYTES.contains(name) || name.startsWith("ISO-8859") || name.startsWith("WINDOWS-")) {
      return withoutMark(content, LineDecoder.of(charset));
    }
    InputStreamReader text =
        new InputStreamReader(
            content,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return withoutMark(
        ReaderInputStream.builder().setReader(text).setCharset(StandardCharsets.UTF_8).get(),
        LineDecoder.of(StandardCharsets.UTF_8));
  }

  /** The lines of a stream, decoded as told. */
  static TextLines withoutMark(InputStream content, LineDecoder decoder) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(content, MARK_BYTES);
    byte[] first = bytes.readNBytes(MARK_BYTES);
    if (!marked(first).equals("UTF-8")) {
      bytes.unread(first);
    }
    return new TextLines(bytes, decoder);
  }

  /** The encoding a byte order mark names; empty if there is none. */
  private static String marked(byte[] first) {
    int a = first.length > 0 ? first[0] & 0xFF : 0;
    int b = first.length > 1 ? first[1] & 0xFF : 0;
    int c = first.length > 2 ? first[2] & 0xFF : 0;
    if (a == 0xEF && b == 0xBB && c == 0xBF) {
      return "UTF-8";
    }
    return a == 0xFF && b == 0xFE || a == 0xFE && b == 0xFF ? "UTF-16" : "";
  }

  /**
   * The next line; null at the end.
   *
   * @throws java.nio.charset.CharacterCodingException if its bytes are broken and the encoding is
   *     one that refuses them
   */
  TextLine next() throws IOException {
    String end = raw();
    if (end == null) {
      return null;
    }
    number++;
    return new TextLine(number, isTooLong ? "" : decoder.decode(line, length), end, isTooLong);
  }

  /** Takes the bytes of the next line; gives its end, or null if there is no line left. */
  private String raw() throws IOException {
    length = 0;
    isTooLong = false;
    boolean isAny = false;
    while (fill()) {
      isAny = true;
      int from = at;
      while (at < filled && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      keep(from, at);
      if (at < filled) {
        boolean isReturn = buffer[at++] == '\r';
        boolean isPair = isReturn && fill() && buffer[at] == '\n';
        at += isPair ? 1 : 0;
        return isPair ? "\r\n" : isReturn ? "\r" : "\n";
      }
    }
    return isAny ? "" : null;
  }

  private boolean fill() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, bytes.read(buffer));
    }
    return filled > 0;
  }

  private void keep(int from, int to) {
    isTooLong |= length + to - from > MAX_BYTES;
    if (isTooLong) {
      return;
    }
    if (length + to - from > line.length) {
      line = Arrays.copyOf(line, Math.max(length + to - from, 2 * line.length));
    }
    System.arraycopy(buffer, from, line, length, to - from);
    length += to - from;
  }

  /** Bytes of the line last taken, for who wants to see them before they are decoded. */
  Utf8Shape nextShape() throws IOException {
    return raw() == null ? null : Utf8Shape.of(line, isTooLong ? 0 : length);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
