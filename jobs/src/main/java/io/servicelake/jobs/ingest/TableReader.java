package io.servicelake.jobs.ingest;

import io.servicelake.jobs.CannotException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;

/**
 * Reads a table over a connection of its own that changes nothing. What goes wrong is told without
 * user, password and rows.
 */
final class TableReader implements AutoCloseable {
  private final String sourceId;
  private final TableSource table;
  private final String user;
  private final String password;
  private Connection connection;
  private List<String> names;
  private List<ColumnText> kinds;
  private String quote;

  private TableReader(String sourceId, TableSource table) {
    this.sourceId = sourceId;
    this.table = table;
    this.user = variable(table.userVariable());
    this.password = variable(table.passwordVariable());
  }

  /**
   * Connects and looks at the columns.
   *
   * @throws CannotException if the database cannot be reached or has no such table or column
   */
  static TableReader open(String sourceId, TableSource table) {
    TableReader reader = new TableReader(sourceId, table);
    try {
      reader.connect();
      return reader;
    } catch (SQLException e) {
      reader.close();
      throw reader.cannot(e);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Names of the columns. */
  List<String> names() {
    return names;
  }

  List<ColumnText> kinds() {
    return kinds;
  }

  /** Position of a column, from 1. */
  int position(String column) {
    int position = names.indexOf(column);
    if (position < 0) {
      throw new CannotException(
          "Cannot read source %s: %s has no column %s. Its columns are read by name. The nearest is %s; correct the mapping."
              .formatted(
                  sourceId, table.name(sourceId), column, MappingSection.nearest(column, names)));
    }
    return position + 1;
  }

  /**
   * Rows by condition, watermark and key.
   *
   * @param selected columns wanted; empty for all
   * @param condition SQL with {@code %s} for the watermark column, which is named once for each
   *     value; empty for none
   */
  ResultSet rows(List<String> selected, String condition, List<String> values, int most)
      throws SQLException {
    StringJoiner columns = new StringJoiner(", ");
    selected.forEach(column -> columns.add(quoted(column)));
    String watermark = quoted(table.watermark());
    StringJoiner order = new StringJoiner(", ");
    order.add(watermark);
    if (selected.isEmpty()) {
      table.key().forEach(column -> order.add(quoted(column)));
    }
    String sql =
        "SELECT %s FROM %s%s ORDER BY %s"
            .formatted(
                selected.isEmpty() ? "*" : columns,
                from(),
                condition.isEmpty() ? "" : " WHERE " + condition.replace("%s", watermark),
                order);
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.closeOnCompletion();
    statement.setFetchSize(most > 0 ? Math.min(most, table.fetchSize()) : table.fetchSize());
    statement.setMaxRows(most);
    ColumnText kind = kinds.get(position(table.watermark()) - 1);
    for (int i = 0; i < values.size(); i++) {
      kind.bind(statement, i + 1, values.get(i));
    }
    return statement.executeQuery();
  }

  /** The fault to tell the user. */
  CannotException cannot(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    for (String secret : List.of(password, user)) {
      message = secret.isEmpty() ? message : message.replace(secret, "***");
    }
    return new CannotException(
        "Cannot read source %s: %s answers: %s (state %s). What was read before stays; nothing is lost. Check the database, jdbc.url and the variables %s and %s, then run again."
            .formatted(
                sourceId,
                table.name(sourceId),
                message,
                e.getSQLState(),
                table.userVariable().isEmpty() ? "user_variable" : table.userVariable(),
                table.passwordVariable().isEmpty()
                    ? "password_variable"
                    : table.passwordVariable()));
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // Nothing was changed that could be lost.
      connection = null;
    }
  }

  private void connect() throws SQLException {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    connection = DriverManager.getConnection(table.url(), properties);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    quote = connection.getMetaData().getIdentifierQuoteString().strip();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM %s WHERE 1 = 0".formatted(from()));
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData columns = none.getMetaData();
      names = new ArrayList<>();
      kinds = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
        kinds.add(ColumnText.of(columns, i));
      }
    }
    position(table.watermark());
    table.key().forEach(this::position);
  }

  private String from() {
    return table.table().isEmpty() ? "(" + table.query() + ") source_rows" : table.table();
  }

  private String quoted(String column) {
    return quote.isEmpty() ? column : quote + column.replace(quote, quote + quote) + quote;
  }

  private static String variable(String name) {
    String value = name.isEmpty() ? null : System.getenv(name);
    return value == null ? "" : value;
  }
}
