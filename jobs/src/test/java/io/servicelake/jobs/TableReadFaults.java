package io.servicelake.jobs;

import io.servicelake.jobs.serve.ServingTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A database table of customers as a source, for kills while it is read. */
final class TableReadFaults {
  static final int CUSTOMERS = 40;

  private static final String USER = "SERVICELAKE_TEST_USER";
  private static final String PASSWORD = "SERVICELAKE_TEST_PASSWORD";

  private final ServingTarget target;
  private final Path mappings;

  /** Fills the table and writes its mapping below a folder. */
  TableReadFaults(ServingTarget target, Path folder) throws IOException, SQLException {
    this.target = target;
    this.mappings = Files.createDirectories(folder);
    try (Connection connection =
            DriverManager.getConnection(target.url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS dms");
      statement.execute("DROP TABLE IF EXISTS dms.customers");
      statement.execute(
          "CREATE TABLE dms.customers AS SELECT 'SH01' AS dealer, 'C' || n AS number, 1 AS class,"
              + " timestamptz '2024-01-01 00:00+08' + n / 3 * interval '1 hour' AS changed"
              + " FROM generate_series(1, "
              + CUSTOMERS
              + ") n");
    }
    Files.writeString(
        mappings.resolve("customers.conf"),
        """
        source = customers
        zone = Asia/Shanghai
        jdbc {
          url = "%s"
          user_variable = %s
          password_variable = %s
          table = dms.customers
          watermark = changed
          key = [dealer, number]
          slice_rows = 7
        }
        personal { number { kind = customer, with = [dealer] } }
        targets.customers.columns {
          customer_record_id = number
          dealer_id = dealer
          account_class { column = class, codes { 1 = PERSON } }
          occurred_at = changed
          known_at = changed
        }
        """
            .formatted(target.url(), USER, PASSWORD));
  }

  /** Reads the table into bronze and silver. */
  Commands.Builder read(Commands commands, String lake) {
    return commands
        .of(
            "run",
            "--as-of=2024-12-31",
            "--lake=" + lake,
            "--set=ingest.sources=" + mappings,
            "--only=ingest tables,silver.customers")
        .with(Map.of(USER, target.user(), PASSWORD, target.password()));
  }
}
