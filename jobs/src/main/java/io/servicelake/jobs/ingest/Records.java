package io.servicelake.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Streams the records of a file, the header first if it has one. */
public interface Records extends Closeable {
  /**
   * The next record; null at the end.
   *
   * @throws IOException if the file cannot be read on
   */
  RawRecord next() throws IOException;

  /**
   * Opens a file by its format.
   *
   * @param columns what is read of files whose records name their values themselves
   */
  static Records open(SourceFile file, FileFormat format, List<String> columns) throws IOException {
    return switch (format.kind()) {
      case CSV -> new TextRecords(file, format);
      case JSONL -> new JsonRecords(file, format, columns);
      case XLSX -> new SheetRecords(file, format);
      case PARQUET -> new ParquetRecords(file);
    };
  }
}
