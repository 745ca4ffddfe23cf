package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 * @param aliases other names that files may give columns, each with the column it means
 */
public record FileFormat(
    Kind kind,
    String delimiter,
    String quote,
    String encoding,
    List<String> columns,
    String sheet,
    int headerRow,
    Map<String, String> aliases)
    implements Serializable {

  public FileFormat {
    aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
  }

  /** A layout whose columns have one name each. */
  FileFormat(
      Kind kind,
      String delimiter,
      String quote,
      String encoding,
      List<String> columns,
      String sheet,
      int headerRow) {
    this(kind, delimiter, quote, encoding, columns, sheet, headerRow, Map.of());
  }

  /**
   * A header with aliases replaced by the columns they mean: of a column that comes under several
   * names its own counts, then the first.
   */
  List<String> named(List<String> header) {
    Set<String> taken = new HashSet<>(header);
    List<String> named = new ArrayList<>();
    for (String name : header) {
      String column = aliases.get(name);
      named.add(column != null && taken.add(column) ? column : name);
    }
    return named;
  }

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
