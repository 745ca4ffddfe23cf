package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A file read through once, before any row of it is taken.
 *
 * @param file the file with the hash of its bytes
 * @param fault why it cannot be read; empty if it can
 */
record FileCheck(SourceFile file, String fault) implements Serializable {

  /** Hashes a file and finds out whether it can be unzipped and decoded to its end. */
  static FileCheck of(SourceFile file, FileFormat format) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not to be had from this Java", e);
    }
    String fault = "";
    try (InputStream bytes = new DigestInputStream(file.bytes(), digest)) {
      if (format.kind() == FileFormat.Kind.CSV) {
        fault = decode(file, format, bytes);
      }
      drain(bytes);
    } catch (IOException e) {
      return new FileCheck(file.hashed("0".repeat(64)), "it cannot be opened");
    }
    SourceFile hashed = file.hashed(HexFormat.of().formatHex(digest.digest()));
    if (format.kind() != FileFormat.Kind.CSV) {
      try (Records records = Records.open(hashed, format)) {
        if (records.next() == null) {
          return new FileCheck(hashed, "");
        }
      } catch (IOException e) {
        return new FileCheck(hashed, e.getMessage());
      }
    }
    return new FileCheck(hashed, fault);
  }

  private static String decode(SourceFile file, FileFormat format, InputStream bytes) {
    try {
      InputStream content = file.isZipped() ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      Reader reader = TextRecords.reader(content, format.encoding());
      char[] buffer = new char[1 << 15];
      while (reader.read(buffer) >= 0) {
        // Read for its faults only.
        continue;
      }
      return "";
    } catch (java.nio.charset.CharacterCodingException e) {
      return "its text is not " + format.encoding();
    } catch (IOException e) {
      return "it is cut short or no gzip file";
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
