package io.servicelake.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;

/** Streams the records of a file, the header first if it has one. */
interface Records extends Closeable {
  /**
   * The next record; null at the end.
   *
   * @throws IOException if the file cannot be read on
   */
  RawRecord next() throws IOException;

  /** Opens a file by its format. */
  static Records open(SourceFile file, FileFormat format) throws IOException {
    return switch (format.kind()) {
      case CSV -> new TextRecords(file, format);
      case XLSX -> new SheetRecords(file, format);
      case PARQUET -> new ParquetRecords(file);
    };
  }
}
