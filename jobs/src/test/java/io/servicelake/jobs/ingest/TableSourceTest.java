package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Customers;
import io.servicelake.jobs.FreePorts;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.serve.DatabaseRole;
import io.servicelake.jobs.serve.PostgresDaemon;
import io.servicelake.jobs.serve.PostgresForTests;
import io.servicelake.jobs.serve.ServingTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL. A role has the value of HOME as name and password. */
class TableSourceTest {
  private static final String SECRET = System.getenv("HOME");

  private static PostgresDaemon daemon;
  private static ServingTarget owner;

  @TempDir Path temp;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    daemon = PostgresForTests.started(folder, FreePorts.pair());
    owner = daemon.connectionInfo().as(DatabaseRole.OWNER);
    ServingTarget administrator = daemon.connectionInfo().as(DatabaseRole.ADMINISTRATOR);
    run(administrator, "CREATE ROLE \"%s\" LOGIN PASSWORD '%s'".formatted(SECRET, SECRET));
    run(
        administrator,
        "GRANT CONNECT ON DATABASE %s TO \"%s\"".formatted(DatabaseRole.OWNER.database(), SECRET));
    run(owner, "CREATE SCHEMA dms");
    run(owner, "GRANT USAGE ON SCHEMA dms TO \"%s\"".formatted(SECRET));
    run(
        owner,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA dms GRANT SELECT ON TABLES TO \"%s\""
            .formatted(SECRET));
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      daemon.stop();
    }
  }

  @BeforeEach
  void beginAnew() throws SQLException, IOException {
    run(owner, "DROP TABLE IF EXISTS dms.customers");
    run(
        owner,
        "CREATE TABLE dms.customers (dealer text, \"客户编号\" text, name text, class int,"
            + " changed timestamptz, noted timestamp)");
    Files.createDirectories(temp.resolve("data"));
    Files.createDirectories(temp.resolve("mappings"));
    mapping("slice_rows = 2");
  }

  @Test
  void newRowsAreReadOnceInSlicesAndTiesAreNeitherLostNorDoubled() throws Exception {
    for (int i = 1; i <= 5; i++) {
      insert("C" + i, 1, "2024-01-0" + i + " 08:00:00.123456+08");
    }
    TestLake lake = lake().run();

    assertThat(lake.fates()).containsExactly("customers>customers [5, 5, 0, 0, 0]");
    assertThat(lake.rows(SourceRows.TABLE, SourceRows.FILE_NAME, SourceRows.LINE_NUMBER))
        .containsOnly("jdbc:dms.customers | 1", "jdbc:dms.customers | 2")
        .hasSize(5);
    var versions = lake.versions(List.of(SourceRows.TABLE, Customers.TABLE));
    lake.run();
    assertThat(lake.versions(List.of(SourceRows.TABLE, Customers.TABLE))).isEqualTo(versions);

    // One more with the watermark that was reached, and one that changed.
    insert("C6", 1, "2024-01-05 08:00:00.123456+08");
    run(
        owner,
        "UPDATE dms.customers SET class = 2, changed = '2024-02-01 00:00:00+08'"
            + " WHERE \"客户编号\" = 'C1'");
    lake.run();

    assertThat(lake.fates()).containsExactly("customers>customers [8, 7, 0, 0, 1]");
    assertThat(
            lake.rows(
                Customers.TABLE,
                io.servicelake.contract.Versioned.KNOWN_AT,
                Customers.ACCOUNT_CLASS))
        .hasSize(7)
        .contains("2024-01-01 00:00:00.123456 | PERSON", "2024-01-31 16:00:00.0 | FLEET");
  }

  @Test
  void aPlanThatWasBegunIsDoneOverAndWritesNothingTwice() throws Exception {
    insert("C1", 1, "2024-01-01 00:00:00+08");
    insert("C2", 1, "2024-01-02 00:00:00+08");
    TestLake lake = lake().run();
    LakeFiles files = lake.lake.files();
    String reached = files.read("_progress/ingest/tables.json").orElseThrow();
    insert("C3", 1, "2024-01-03 00:00:00+08");
    lake.run();
    // As after a kill between the commit of bronze and the saving of what was reached.
    TableState after = TableState.read(files);
    TableState before = IngestState.parse("before", reached, TableState.class);
    before
        .planned(
            new TableState.Plan(
                IngestState.read(files).lastBatch(),
                1,
                List.of(
                    new TableState.Slice(
                        "customers",
                        before.marks().get("customers").watermark(),
                        false,
                        after.marks().get("customers"),
                        true))))
        .write(files);

    lake.run();

    assertThat(lake.fates()).containsExactly("customers>customers [3, 3, 0, 0, 0]");
    assertThat(lake.lake.read(SourceRows.TABLE).count()).isEqualTo(3);
    assertThat(TableState.read(files)).isEqualTo(after);
  }

  @Test
  void userAndPasswordStandNowhere() throws Exception {
    insert("C1", 1, "2024-01-01 00:00:00+08");
    lake().run();
    run(owner, "DROP TABLE dms.customers");
    StringWriter told = new StringWriter();

    assertThat(check(told)).isEqualTo(2);
    assertThat(told.toString())
        .contains("jdbc:dms.customers answers: ERROR: relation \"dms.customers\" does not exist")
        .doesNotContain(SECRET + "\"");
    assertThatThrownBy(() -> lake().run())
        .hasRootCauseMessage(
            "Cannot read source customers: jdbc:dms.customers answers: ERROR: relation"
                + " \"dms.customers\" does not exist (state 42P01). What was read before stays;"
                + " nothing is lost. Check the database, jdbc.url and the variables HOME and HOME,"
                + " then run again.");
    try (Stream<Path> all = Files.walk(temp.resolve("lake").resolve("_progress"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("\"" + SECRET + "\"");
      }
    }
  }

  @Test
  void faultsOfTheSectionAreToldTogether() throws IOException {
    Path file = temp.resolve("mappings").resolve("customers.conf");
    Files.writeString(
        file,
        Files.readString(file)
            + """
            jdbc {
              url = "jdbc:postgresql://somebody:geheim@host/db"
              table = "customers; DROP TABLE customers"
              query = "SELECT 1"
              watermark = ""
              key = []
              fetch_size = 0
              password_variable = "a b"
            }
            """);

    List<MappingFault> faults = new MappingReader(IngestSteps.TABLES).read(file).faults();

    assertThat(faults)
        .extracting(MappingFault::key)
        .contains(
            "jdbc.url",
            "jdbc.table",
            "jdbc.watermark",
            "jdbc.key",
            "jdbc.fetch_size",
            "jdbc.password_variable");
    assertThat(faults.toString()).doesNotContain("geheim");
  }

  @Test
  void aMissingColumnIsToldWithTheNearest() throws Exception {
    run(owner, "ALTER TABLE dms.customers RENAME COLUMN class TO classe");

    assertThatThrownBy(() -> lake().run())
        .hasRootCauseMessage(
            "Cannot read source customers: jdbc:dms.customers has no column class. Its columns are"
                + " read by name. The nearest is classe; correct the mapping.");
  }

  private int check(StringWriter out) {
    return new SourcesCheck(io.servicelake.SparkSessionForTests.session(), 100)
        .run(
            List.of(temp.resolve("mappings")),
            temp.resolve("data").toString(),
            new PrintWriter(out));
  }

  private TestLake lake() {
    return new TestLake(
        temp.resolve("lake"),
        new MappingReader(IngestSteps.TABLES).readFolder(temp.resolve("mappings")).orThrow(),
        temp.resolve("data"));
  }

  private void mapping(String more) throws IOException {
    Files.writeString(
        temp.resolve("mappings").resolve("customers.conf"),
        """
        source = customers
        zone = Asia/Shanghai
        jdbc {
          url = "%s"
          user_variable = HOME
          password_variable = HOME
          table = dms.customers
          watermark = changed
          key = [dealer, "客户编号"]
          %s
        }
        personal {
          "客户编号" { kind = customer, with = [dealer] }
          name { kind = name, subject = "客户编号" }
        }
        targets.customers.columns {
          customer_record_id = "客户编号"
          dealer_id = dealer
          account_class { column = class, codes { 1 = PERSON, 2 = FLEET } }
          name_token = name
          occurred_at = noted
          known_at = changed
        }
        """
            .formatted(owner.url(), more));
  }

  private static void insert(String number, int kind, String changed) throws SQLException {
    run(
        owner,
        "INSERT INTO dms.customers VALUES ('SH01', '%s', '王小伟', %d, '%s', '2024-01-01 00:00:00')"
            .formatted(number, kind, changed));
  }

  private static void run(ServingTarget target, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(target.url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
