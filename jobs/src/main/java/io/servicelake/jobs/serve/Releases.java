package io.servicelake.jobs.serve;

import io.servicelake.contract.Layer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the database remembers of its releases, in schema serving_physical: {@code releases} (one
 * row per release), {@code release_tables} (one row per table of the last two; of those that tell
 * who somebody is, of the last alone) and {@code loads} (one row per partition copied, while a
 * table is being loaded).
 */
final class Releases {
  /** The view that tells readers the release they see. */
  static final String CURRENT_RELEASE = "current_release";

  /** Books a partition once: takes the physical table, the partition's number and its rows. */
  static final String BOOK_LOAD =
      "INSERT INTO serving_physical.loads VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

  private static final List<Layer> LAYERS = List.of(Layer.SERVING, Layer.SERVING_CONTACT);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;

  Releases(Connection connection) {
    this.connection = connection;
  }

  /**
   * A table as a release holds it.
   *
   * @param physicalTable name without schema
   */
  record ReleasedTable(
      String viewSchema,
      String viewName,
      String physicalSchema,
      String physicalTable,
      String contentVersion,
      String fingerprint,
      long rowCount) {
    String id() {
      return viewSchema + "." + viewName;
    }

    String physical() {
      return Sql.name(physicalSchema, physicalTable);
    }

    String view() {
      return Sql.name(viewSchema, viewName);
    }
  }

  /** Makes the schemas and the tables of this class where they are missing. */
  void prepare() throws SQLException {
    for (Layer layer : LAYERS) {
      for (String schema : List.of(layer.id(), TableShape.physicalSchema(layer))) {
        // IF NOT EXISTS would ask for the right to create even where nothing is to be created.
        if (!Sql.exists(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?", schema)) {
          Sql.execute(connection, "CREATE SCHEMA " + Sql.name(schema));
        }
      }
    }
    Sql.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS serving_physical.releases (
          release_no bigint PRIMARY KEY,
          as_of date NOT NULL,
          published_at timestamptz NOT NULL,
          checked_at timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS serving_physical.release_tables (
          release_no bigint NOT NULL REFERENCES serving_physical.releases,
          view_schema text NOT NULL,
          view_name text NOT NULL,
          physical_schema text NOT NULL,
          physical_table text NOT NULL,
          content_version text NOT NULL,
          fingerprint text NOT NULL,
          row_count bigint NOT NULL,
          PRIMARY KEY (release_no, view_schema, view_name));
        CREATE TABLE IF NOT EXISTS serving_physical.loads (
          physical_table text NOT NULL,
          partition_no integer NOT NULL,
          row_count bigint NOT NULL,
          PRIMARY KEY (physical_table, partition_no));
        """);
    Sql.execute(connection, "CREATE SEQUENCE IF NOT EXISTS serving_physical.release_nos");
  }

  /** A number no release and no attempt had before: so are the names of its physical tables. */
  long nextNumber() throws SQLException {
    return Sql.query(
            connection, row -> row.getLong(1), "SELECT nextval('serving_physical.release_nos')")
        .get(0);
  }

  /** Lets the readers' roles into their schemas; gives back the names of those that are missing. */
  List<String> grantSchemas() throws SQLException {
    TreeSet<String> missing = new TreeSet<>();
    for (Layer layer : LAYERS) {
      String role = TableShape.readerOf(layer).roleName();
      if (hasRole(role)) {
        Sql.execute(connection, "GRANT USAGE ON SCHEMA %s TO %s".formatted(layer.id(), role));
      } else {
        missing.add(role);
      }
    }
    return List.copyOf(missing);
  }

  /** Number of the release that readers see; 0 if there is none. */
  long current() throws SQLException {
    return Sql.query(
            connection,
            row -> row.getLong(1),
            "SELECT coalesce(max(release_no), 0) FROM serving_physical.releases")
        .get(0);
  }

  /** The tables of a release by id, without those whose physical table is gone. */
  Map<String, ReleasedTable> tablesOf(long release) throws SQLException {
    Map<String, ReleasedTable> tables = new TreeMap<>();
    for (ReleasedTable table :
        Sql.query(
            connection,
            row ->
                new ReleasedTable(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7)),
            """
            SELECT view_schema, view_name, physical_schema, physical_table, content_version,
              fingerprint, row_count
            FROM serving_physical.release_tables
            WHERE release_no = ?
              AND to_regclass(quote_ident(physical_schema) || '.' || quote_ident(physical_table))
                IS NOT NULL
            """,
            release)) {
      tables.put(table.id(), table);
    }
    return tables;
  }

  boolean hasView(String view) throws SQLException {
    return Sql.exists(connection, "SELECT 1 WHERE to_regclass(?) IS NOT NULL", view);
  }

  /** True if the release tells of that day. */
  boolean isOf(long release, LocalDate asOf) throws SQLException {
    return Sql.exists(
        connection,
        "SELECT 1 FROM serving_physical.releases WHERE release_no = ? AND as_of = ?",
        release,
        asOf);
  }

  /** Notes that the current release is still what the lake holds. */
  void touch(long release) throws SQLException {
    Sql.update(
        connection,
        "UPDATE serving_physical.releases SET checked_at = now() WHERE release_no = ?",
        release);
  }

  /**
   * Writes the release down and forgets the tables of all but it and the one before, and of that
   * the contacts: whoever refused since then stands in them.
   */
  void add(long release, long previous, LocalDate asOf, Iterable<ReleasedTable> tables)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO serving_physical.releases VALUES (?, ?, now(), now())",
        release,
        asOf);
    for (ReleasedTable table : tables) {
      Sql.update(
          connection,
          "INSERT INTO serving_physical.release_tables VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          release,
          table.viewSchema(),
          table.viewName(),
          table.physicalSchema(),
          table.physicalTable(),
          table.contentVersion(),
          table.fingerprint(),
          table.rowCount());
    }
    Sql.update(
        connection,
        """
        DELETE FROM serving_physical.release_tables
        WHERE release_no NOT IN (?, ?) OR release_no <> ? AND view_schema = ?
        """,
        release,
        previous,
        release,
        Layer.SERVING_CONTACT.id());
  }

  /**
   * Turns the view that tells the release. The facts stand in its definition, not in rows: a
   * transaction sees a view's newest definition but only the rows of its own time.
   */
  void showCurrent(long release, LocalDate asOf, boolean isGranted) throws SQLException {
    String now = Sql.query(connection, row -> row.getString(1), "SELECT now()::text").get(0);
    Sql.execute(
        connection,
        """
        CREATE OR REPLACE VIEW serving.current_release WITH (security_invoker = true) AS
          SELECT %1$d::bigint AS release_no, DATE '%2$s' AS as_of,
            TIMESTAMPTZ '%3$s' AS published_at,
            (SELECT checked_at FROM serving_physical.releases WHERE release_no = %1$d)
              AS checked_at;
        COMMENT ON VIEW serving.current_release IS
          'Current release | 当前版本: one row, the release that all views of this schema show';
        COMMENT ON COLUMN serving.current_release.release_no IS
          'Release | 版本号: counts up; a publish that failed leaves a gap';
        COMMENT ON COLUMN serving.current_release.as_of IS
          'As of | 数据日期: the day the tables tell of';
        COMMENT ON COLUMN serving.current_release.published_at IS
          'Published at | 发布时间: when the release was made';
        COMMENT ON COLUMN serving.current_release.checked_at IS
          'Checked at | 检查时间: when a publish last found it up to date';
        """
            .formatted(release, asOf, now));
    if (isGranted) {
      Sql.execute(
          connection,
          "GRANT SELECT ON serving.current_release, serving_physical.releases TO "
              + DatabaseRole.BI_READER.roleName());
    }
  }

  /** Rows booked for a physical table. */
  long loadedRows(String physical) throws SQLException {
    return Sql.query(
            connection,
            row -> row.getLong(1),
            "SELECT coalesce(sum(row_count), 0) FROM serving_physical.loads WHERE physical_table = ?",
            physical)
        .get(0);
  }

  /**
   * Drops physical tables that no release uses any more, and those of publishes that did not come
   * to their end. One that is being read stays for the next time.
   */
  void dropUnused() throws SQLException {
    List<String> unused =
        Sql.query(
            connection,
            row -> Sql.name(row.getString(1), row.getString(2)),
            """
            SELECT n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname IN ('serving_physical', 'serving_contact_physical')
              AND (n.nspname, c.relname) NOT IN (
                VALUES ('serving_physical', 'releases'), ('serving_physical', 'release_tables'),
                  ('serving_physical', 'loads'))
              AND NOT EXISTS (
                SELECT 1 FROM serving_physical.release_tables r
                WHERE r.physical_schema = n.nspname AND r.physical_table = c.relname)
            ORDER BY 1, 2
            """);
    Sql.execute(connection, "SET lock_timeout = '1s'");
    for (String table : unused) {
      try {
        Sql.execute(connection, "DROP TABLE IF EXISTS " + table);
        Sql.update(
            connection, "DELETE FROM serving_physical.loads WHERE physical_table = ?", table);
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    Sql.execute(connection, "RESET lock_timeout");
  }

  boolean hasRole(String role) throws SQLException {
    return Sql.exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
  }
}
