package io.servicelake.jobs.serve;

import static io.servicelake.jobs.serve.DatabaseRole.ADMINISTRATOR;
import static io.servicelake.jobs.serve.DatabaseRole.BI_READER;
import static io.servicelake.jobs.serve.DatabaseRole.CONTACT_READER;
import static io.servicelake.jobs.serve.DatabaseRole.OWNER;
import static io.servicelake.jobs.serve.DatabaseRole.SUPERSET;

import io.servicelake.jobs.CannotException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** Databases, roles and passwords of our own server; does nothing that is already done. */
final class DatabaseSetup {
  private static final String APPLICATION = "servicelake-setup";
  private static final String WRONG_PASSWORD = "28P01";

  private final ConnectionInfo server;

  DatabaseSetup(ConnectionInfo server) {
    this.server = server;
  }

  void apply() {
    ServingTarget administrator = server.as(ADMINISTRATOR);
    try (Connection connection = administrator.connect(APPLICATION)) {
      for (DatabaseRole role : List.of(OWNER, BI_READER, CONTACT_READER, SUPERSET)) {
        createRole(connection, role);
      }
      createDatabase(connection, OWNER);
      createDatabase(connection, SUPERSET);
      grant(connection);
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new CannotException(
            "Cannot enter PostgreSQL on port %d as %s: the password was refused. %s does not belong to this data folder. Put the right key file back, or move the data folder away to begin anew."
                .formatted(
                    server.port(),
                    ADMINISTRATOR.roleName(),
                    server.passwords().keyFile(ADMINISTRATOR)),
            e);
      }
      throw new CannotException(
          "Cannot set up roles and databases on port %d: %s. The server refused a statement. See its log."
              .formatted(server.port(), e.getMessage()),
          e);
    }
  }

  private void createRole(Connection connection, DatabaseRole role) throws SQLException {
    if (!Sql.exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.roleName())) {
      Sql.execute(connection, "CREATE ROLE %s LOGIN".formatted(role.roleName()));
    }
    // Sends the verifier, never the password: nothing for the server's log to keep.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(
            role.roleName(), server.passwords().of(role).toCharArray(), "scram-sha-256");
  }

  private void createDatabase(Connection connection, DatabaseRole owner) throws SQLException {
    if (!Sql.exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", owner.database())) {
      Sql.execute(
          connection, "CREATE DATABASE %s OWNER %s".formatted(owner.database(), owner.roleName()));
    }
  }

  private void grant(Connection connection) throws SQLException {
    for (String database :
        List.of(OWNER.database(), SUPERSET.database(), ADMINISTRATOR.database(), "template1")) {
      Sql.execute(connection, "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
    }
    for (DatabaseRole reader : List.of(BI_READER, CONTACT_READER)) {
      Sql.execute(
          connection,
          "GRANT CONNECT ON DATABASE %s TO %s".formatted(reader.database(), reader.roleName()));
      Sql.execute(
          connection,
          "ALTER ROLE %s SET default_transaction_read_only = on".formatted(reader.roleName()));
      // A reader who falls asleep in a transaction would hold up the next release.
      Sql.execute(
          connection,
          "ALTER ROLE %s SET idle_in_transaction_session_timeout = '60s'"
              .formatted(reader.roleName()));
    }
    // To see whose transactions a release has to wait for.
    Sql.execute(connection, "GRANT pg_read_all_stats TO %s".formatted(OWNER.roleName()));
  }
}
