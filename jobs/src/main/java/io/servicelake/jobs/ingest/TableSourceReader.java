package io.servicelake.jobs.ingest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code jdbc} of a mapping file: which table of which database is the source. */
final class TableSourceReader {
  private static final Set<String> KEYS =
      Set.of(
          "url",
          "user_variable",
          "password_variable",
          "table",
          "query",
          "watermark",
          "key",
          "fetch_size",
          "slice_rows");
  private static final int FETCH_SIZE = 1_000;
  private static final int SLICE_ROWS = 500_000;
  private static final int MOST = 100_000_000;

  private TableSourceReader() {}

  /** The table; empty if the file has no such section. */
  static Optional<TableSource> read(MappingSection root) {
    if (!root.has("jdbc")) {
      return Optional.empty();
    }
    MappingSection jdbc = root.section("jdbc");
    jdbc.allow(KEYS);
    String table = jdbc.text("table").orElse("");
    String query = jdbc.text("query").orElse("");
    if (table.isEmpty() == query.isEmpty()) {
      jdbc.fault("table", "table and query exclude each other", "Write exactly one of them.");
    }
    if (!table.isEmpty()
        && !table.matches("[\\p{L}_][\\p{L}\\p{N}_$#]*(\\.[\\p{L}_][\\p{L}\\p{N}_$#]*){0,2}")) {
      jdbc.fault(
          "table",
          "'%s' is no name of a table".formatted(table),
          "Write table or schema.table; for other names give a query.");
    }
    String watermark = jdbc.text("watermark").orElse("");
    if (watermark.isEmpty()) {
      jdbc.fault(
          "watermark",
          "it is not said which column grows with every change",
          "Write the column of the last change, or a version number.");
    }
    List<String> key = jdbc.texts("key");
    if (key.isEmpty()) {
      jdbc.fault("key", "no column is given", "Write the key of the table: key = [id].");
    }
    return Optional.of(
        new TableSource(
            url(jdbc),
            variable(jdbc, "user_variable"),
            variable(jdbc, "password_variable"),
            table,
            query,
            watermark,
            key,
            count(jdbc, "fetch_size", FETCH_SIZE),
            count(jdbc, "slice_rows", SLICE_ROWS)));
  }

  private static String url(MappingSection jdbc) {
    String url = jdbc.text("url").orElse("");
    if (!url.startsWith("jdbc:")) {
      // Not quoted: it may hold a password.
      jdbc.fault("url", "it does not begin with jdbc:", "Write jdbc:postgresql://host/database.");
    }
    if (url.matches(
        "(?i).*([?&;:](user|username|uid|password|pwd)=|//[^/?]*@|thin:[^@]*/[^@]*@).*")) {
      jdbc.fault(
          "url",
          "it carries a user or a password",
          "Name variables of the environment: user_variable, password_variable.");
    }
    return url;
  }

  private static String variable(MappingSection jdbc, String name) {
    String variable = jdbc.text(name).orElse("");
    if (!variable.matches("([A-Za-z_][A-Za-z0-9_]*)?")) {
      jdbc.fault(name, "it is no name of a variable", "Write one such as DMS_PASSWORD.");
    }
    return variable;
  }

  private static int count(MappingSection jdbc, String name, int standard) {
    int count = jdbc.number(name).map(number -> number.intValue()).orElse(standard);
    if (count < 1 || count > MOST) {
      jdbc.fault(name, "%d is no count of rows".formatted(count), "Write a whole number from 1.");
    }
    return Math.max(1, count);
  }
}
