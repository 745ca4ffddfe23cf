package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * A file read through once, before any row of it is taken.
 *
 * @param file the file with the hash of its bytes
 * @param fault why it cannot be read; empty if it can
 */
record FileCheck(SourceFile file, String fault) implements Serializable {
  /** Fault of a file that is gone or closed to this user: nothing is known of what it holds. */
  static final String UNOPENED = "it cannot be opened";

  /** Hashes a file and finds out whether it can be unzipped and decoded to its end. */
  static FileCheck of(SourceFile file, FileFormat format) {
    MessageDigest digest = Hashes.sha256();
    String fault = "";
    try (InputStream bytes = new DigestInputStream(file.bytes(), digest)) {
      if (format.kind().isText()) {
        fault = decoded(file, format, bytes);
      }
      drain(bytes);
    } catch (IOException e) {
      String unread = Hashes.sha256(file.name() + file.changedAt());
      return new FileCheck(file.hashed(unread), UNOPENED);
    }
    SourceFile hashed = file.hashed(Hashes.hex(digest.digest()));
    return new FileCheck(hashed, format.kind().isText() ? fault : opened(hashed, format));
  }

  private static String decoded(SourceFile file, FileFormat format, InputStream bytes) {
    try {
      InputStream content = file.unzipped(bytes);
      if (format.encoding().equals(FileFormat.AUTO)) {
        drain(content);
      } else {
        TextLines lines = TextLines.of(content, format.encoding());
        while (lines.next() != null) {
          // Read for its faults only.
          continue;
        }
      }
      return "";
    } catch (CharacterCodingException e) {
      return "its text is not " + format.encoding();
    } catch (IOException e) {
      return FileFault.of(e, "it is cut short or no gzip file");
    }
  }

  private static String opened(SourceFile file, FileFormat format) {
    try {
      if (format.kind() == FileFormat.Kind.XLSX) {
        WorkbookCheck.check(file);
      }
      try (Records records = Records.open(file, format, List.of())) {
        records.next();
      }
      return "";
    } catch (IOException e) {
      return FileFault.of(e, "it cannot be read");
    }
  }

  private static void drain(InputStream bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (bytes.read(buffer) >= 0) {
      // Read for the hash only.
      continue;
    }
  }
}
