package io.servicelake.jobs.serve;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.FreePorts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A PostgreSQL for a test class, and small tables to publish to it. */
final class ServingForTests {
  static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  static final TableContract BOARD = markers(Layer.SERVING, "board");
  static final TableContract CARDS = markers(Layer.SERVING, "cards");
  static final TableContract CALLS = markers(Layer.SERVING_CONTACT, "calls");

  final ConnectionInfo server;
  final ServingTarget owner;
  final ServingTarget reader;
  final ServingDatabase serving;
  private final PostgresDaemon daemon;

  private ServingForTests(PostgresDaemon daemon) {
    this.daemon = daemon;
    server = daemon.connectionInfo();
    owner = server.as(DatabaseRole.OWNER);
    reader = server.as(DatabaseRole.BI_READER);
    serving = new PostgresServing(owner);
  }

  static ServingForTests started(Path folder) {
    return new ServingForTests(PostgresForTests.started(folder, FreePorts.pair()));
  }

  void stop() {
    daemon.stop();
  }

  /** As if nothing had been published yet. */
  void empty() throws SQLException {
    for (String schema :
        List.of("serving", "serving_contact", "serving_physical", "serving_contact_physical")) {
      TestSql.run(owner, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }

  Publication publish(PublishedTable... tables) {
    return serving.publish(List.of(tables), DAY);
  }

  /** The marker that readers see in a view. */
  String marker(String view) throws SQLException {
    return TestSql.one(reader, "SELECT max(marker) FROM serving." + view);
  }

  /** Names of the loaded tables, each with the number of its release. */
  List<String> physicalTables() throws SQLException {
    return TestSql.column(
        owner,
        """
        SELECT tablename FROM pg_tables
        WHERE schemaname LIKE 'serving%physical' AND tablename ~ '_[0-9]+$' ORDER BY 1
        """);
  }

  /** Twenty rows that all carry the marker. */
  static PublishedTable table(TableContract contract, String marker) {
    Dataset<Row> rows =
        SparkSessionForTests.session()
            .range(0, 20, 1, 2)
            .select(
                functions.col("id").cast(Columns.INT).as("id"), functions.lit(marker).as("marker"));
    return PublishedTable.of(contract, rows, marker);
  }

  static List<PublishedTable> both(String marker) {
    return List.of(table(BOARD, marker), table(CARDS, marker));
  }

  static Dataset<Row> rows(TableContract contract, Row... rows) {
    return SparkSessionForTests.session().createDataFrame(List.of(rows), contract.schema());
  }

  private static TableContract markers(Layer layer, String name) {
    Columns columns = new Columns();
    columns.key("id", Columns.INT, "Id", "编号", "Counts up.");
    columns.required("marker", Columns.STRING, "Marker", "标记", "The release it came with.");
    return columns.table(layer, name, "The " + name, "看板", "one row per 'id'", "tests");
  }
}
