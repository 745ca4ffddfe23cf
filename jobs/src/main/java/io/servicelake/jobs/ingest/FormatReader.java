package io.servicelake.jobs.ingest;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code format} of a mapping file: how files are laid out. */
final class FormatReader {
  private static final Set<String> KEYS =
      Set.of("kind", "delimiter", "quote", "encoding", "columns", "sheet", "header_row", "aliases");

  private FormatReader() {}

  static FileFormat read(MappingSection format) {
    format.allow(KEYS);
    return new FileFormat(
        kind(format),
        delimiter(format),
        quote(format),
        encoding(format),
        format.texts("columns"),
        format.text("sheet").orElse(""),
        headerRow(format),
        aliases(format.section("aliases")));
  }

  private static FileFormat.Kind kind(MappingSection format) {
    String kind = format.text("kind").orElse("csv");
    if (!Set.of("csv", "jsonl", "xlsx", "parquet").contains(kind)) {
      format.fault(
          "kind", "'%s' is no format".formatted(kind), "Write csv, jsonl, xlsx or parquet.");
      return FileFormat.Kind.CSV;
    }
    return FileFormat.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  private static String delimiter(MappingSection format) {
    String given = format.text("delimiter").orElse("auto");
    String delimiter = given.equals("auto") ? "" : given.equals("tab") ? "\t" : given;
    if (delimiter.length() > 1) {
      format.fault(
          "delimiter",
          "'%s' has more than one character".formatted(delimiter),
          "Write one character, tab or auto.");
    }
    return delimiter.isEmpty() ? "" : delimiter.substring(0, 1);
  }

  private static String quote(MappingSection format) {
    String quote = format.text("quote").orElse("\"");
    if (quote.length() > 1) {
      format.fault(
          "quote",
          "'%s' has more than one character".formatted(quote),
          "Write one character, or \"\" for none.");
    }
    return quote.isEmpty() ? "" : quote.substring(0, 1);
  }

  private static String encoding(MappingSection format) {
    String encoding = format.text("encoding").orElse("UTF-8");
    boolean isKnown;
    try {
      isKnown = encoding.equals(FileFormat.AUTO) || Charset.isSupported(encoding);
    } catch (IllegalArgumentException e) {
      isKnown = false;
    }
    if (!isKnown) {
      format.fault(
          "encoding",
          "'%s' is no character set".formatted(encoding),
          "Write auto, UTF-8, GB18030 or another name Java knows.");
    }
    return encoding;
  }

  /** Names by the column they mean, turned round. */
  private static Map<String, String> aliases(MappingSection aliases) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : aliases.names()) {
      for (String alias : aliases.texts(column)) {
        String before = columns.putIfAbsent(alias, column);
        if (before != null || aliases.has(alias)) {
          aliases.fault(
              column,
              "%s is %s".formatted(alias, before == null ? "a column" : "a name of " + before),
              "Give each name one meaning.");
        }
      }
    }
    return columns;
  }

  private static int headerRow(MappingSection format) {
    int row = 0;
    try {
      row = Integer.parseInt(format.text("header_row").orElse("1"));
    } catch (NumberFormatException e) {
      // Told below.
      row = 0;
    }
    if (row < 1) {
      format.fault("header_row", "it is no whole number from 1", "Write the line, from 1.");
    }
    return Math.max(1, row);
  }
}
