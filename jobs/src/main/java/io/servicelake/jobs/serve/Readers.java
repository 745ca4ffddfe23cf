package io.servicelake.jobs.serve;

import io.servicelake.jobs.CannotException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who else is at work in the database, and waiting for them. */
final class Readers {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String OLDER =
      """
      SELECT pid, xact_start::text, coalesce(nullif(application_name, ''), usename, '?')
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend' AND xact_start IS NOT NULL
        AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(?::xid)
      """;

  private final Connection connection;

  Readers(Connection connection) {
    this.connection = connection;
  }

  private record Transaction(int pid, String since, String program) {
    @Override
    public String toString() {
      return "%s (process %d, since %s)".formatted(program, pid, since);
    }
  }

  /**
   * Waits for transactions whose view of the data is older than now: they would find rows loaded
   * since then missing. Needs the right pg_read_all_stats to see those of other users.
   *
   * @throws CannotException if one lasts longer than the patience
   */
  void awaitOlderTransactions(Duration patience) throws SQLException {
    String now =
        Sql.query(connection, row -> row.getString(1), "SELECT pg_current_xact_id()::xid::text")
            .get(0);
    Instant end = Instant.now().plus(patience);
    Set<Transaction> waitedFor = Set.copyOf(older(now));
    while (!waitedFor.isEmpty()) {
      List<Transaction> still = older(now).stream().filter(waitedFor::contains).toList();
      if (still.isEmpty()) {
        return;
      }
      if (Instant.now().isAfter(end)) {
        throw new CannotException(
            "Cannot show the new release: %s began before it was loaded and has not ended for %d seconds. It would see half of the release. End that transaction, then publish again; readers still see the last release."
                .formatted(
                    still.stream().map(Transaction::toString).collect(Collectors.joining(", ")),
                    patience.toSeconds()));
      }
      PostgresDaemon.pause(POLL);
    }
  }

  /** Who holds a lock on one of these views, as a text. */
  String holdersOf(List<String> views) throws SQLException {
    List<String> holders =
        Sql.query(
            connection,
            row -> new Transaction(row.getInt(1), row.getString(2), row.getString(3)).toString(),
            """
            SELECT DISTINCT a.pid, a.xact_start::text,
              coalesce(nullif(a.application_name, ''), a.usename, '?')
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE a.pid <> pg_backend_pid() AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.relation IN (SELECT to_regclass(v) FROM unnest(?::text[]) v)
            """,
            connection.createArrayOf("text", views.toArray()));
    return holders.isEmpty() ? "readers who came and went" : String.join(", ", holders);
  }

  private List<Transaction> older(String xid) throws SQLException {
    return Sql.query(
        connection,
        row -> new Transaction(row.getInt(1), row.getString(2), row.getString(3)),
        OLDER,
        xid);
  }
}
