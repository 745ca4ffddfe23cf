package io.servicelake.jobs.serve;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Short statements for tests. */
final class TestSql {
  private TestSql() {}

  static void run(ServingTarget target, String sql) throws SQLException {
    try (Connection connection = target.connect("servicelake-test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, null if there is no row. */
  static String one(ServingTarget target, String sql) throws SQLException {
    try (Connection connection = target.connect("servicelake-test")) {
      return one(connection, sql);
    }
  }

  static String one(Connection connection, String sql) throws SQLException {
    List<String> values = column(connection, sql);
    return values.isEmpty() ? null : values.get(0);
  }

  static List<String> column(ServingTarget target, String sql) throws SQLException {
    try (Connection connection = target.connect("servicelake-test")) {
      return column(connection, sql);
    }
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
