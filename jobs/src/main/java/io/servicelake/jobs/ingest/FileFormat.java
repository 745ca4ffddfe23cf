package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * How the files of a source are laid out.
 *
 * @param kind delimited text, a JSON object per line, sheet or Parquet
 * @param delimiter sign between cells; empty: found out from the first line among , ; tab and |
 * @param quote sign around cells; empty for none
 * @param encoding character set of text files, or {@link #AUTO}; a byte order mark is passed over
 * @param columns names by position for files without a header; empty: the header names them
 * @param sheet name of the sheet; empty for the first
 * @param headerRow line of the header, from 1; lines above it are passed over
 */
public record FileFormat(
    Kind kind,
    String delimiter,
    String quote,
    String encoding,
    List<String> columns,
    String sheet,
    int headerRow)
    implements Serializable {

  /** Encoding of files that are UTF-8 or GB18030 by turns: found out for each file and line. */
  public static final String AUTO = "auto";

  /** What a file is. */
  public enum Kind {
    CSV,
    JSONL,
    XLSX,
    PARQUET;

    boolean isText() {
      return this == CSV || this == JSONL;
    }
  }
}
