package io.servicelake.jobs.ingest;

import io.servicelake.jobs.io.LocalDisk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of a source.
 *
 * @param sourceId the source
 * @param uri where it lies
 * @param name path below the data folder
 * @param size bytes
 * @param changedAt milliseconds since 1970
 * @param hash SHA-256 of its bytes; empty before it was read
 */
public record SourceFile(
    String sourceId, String uri, String name, long size, long changedAt, String hash)
    implements Serializable {
  /** Times its own size that a zipped file may unzip to. */
  static final int UNZIPPED_TIMES = 200;

  /** Bytes that a zipped file may unzip to whatever its size. */
  static final long UNZIPPED_AT_LEAST = 64L << 20;

  /** The same file with its hash. */
  SourceFile hashed(String sha256) {
    return new SourceFile(sourceId, uri, name, size, changedAt, sha256);
  }

  boolean isZipped() {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** Its bytes as they lie there. */
  InputStream bytes() throws IOException {
    Path path = new Path(URI.create(uri));
    FileSystem files = path.getFileSystem(LocalDisk.configuration());
    // The raw file system does not look for checksum files beside the sources.
    FileSystem raw = files instanceof LocalFileSystem local ? local.getRaw() : files;
    return new BufferedInputStream(raw.open(path), 1 << 16);
  }

  /** Most bytes a zipped file of that size may unzip to. */
  static long mostUnzipped(long size) {
    return Math.max(UNZIPPED_AT_LEAST, size * UNZIPPED_TIMES);
  }

  /** Its bytes unzipped, if its name ends in .gz. */
  InputStream unzipped(InputStream bytes) throws IOException {
    return isZipped()
        ? new LimitedStream(
            new GZIPInputStream(bytes, 1 << 16),
            mostUnzipped(size),
            "it unzips to more than %d times its size".formatted(UNZIPPED_TIMES))
        : bytes;
  }

  /** Its content, unzipped if its name ends in .gz. */
  InputStream content() throws IOException {
    InputStream bytes = bytes();
    try {
      return unzipped(bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Where it lies on this machine. */
  Optional<java.io.File> local() {
    URI location = URI.create(uri);
    return "file".equals(location.getScheme())
        ? Optional.of(new java.io.File(location.getPath()))
        : Optional.empty();
  }
}
