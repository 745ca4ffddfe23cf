package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds out how a file without a told encoding is decoded, by reading it through once. */
final class AutoEncoding {
  private AutoEncoding() {}

  /** UTF-8 if every line is, else UTF-8 or GB18030 line by line. */
  static LineDecoder decoder(SourceFile file) throws IOException {
    long utf8 = 0;
    long others = 0;
    LineDecoder none = (bytes, length) -> "";
    try (TextLines lines = TextLines.withoutMark(file.content(), none)) {
      for (Utf8Shape shape = lines.nextShape(); shape != null; shape = lines.nextShape()) {
        boolean isUtf8 = shape.broken() == 0;
        utf8 += isUtf8 && !shape.isAscii() ? 1 : 0;
        others += isUtf8 ? 0 : 1;
      }
    }
    return others == 0 ? LineDecoder.of(StandardCharsets.UTF_8) : LineDecoder.mixed(utf8 >= others);
  }
}
