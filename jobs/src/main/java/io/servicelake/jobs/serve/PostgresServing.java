package io.servicelake.jobs.serve;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.serve.Releases.ReleasedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Publishes into PostgreSQL, ours or any other from version 15 on. What changed is copied into new
 * physical tables; then one transaction turns all views to them. Whatever a publish that was killed
 * leaves behind, the next one removes.
 */
public final class PostgresServing implements ServingDatabase {
  /** The crash point between the copying and the swap. */
  public static final String MID_PUBLISH = "mid-publish";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int OLDEST_VERSION = 15;
  private static final int MOST_WRITERS = 8;
  // Any two numbers: they name the lock that publishers of one database share.
  private static final String LOCK_IDS = "1937012342, 1818323813";
  private static final Set<String> LOCK_LOST = Set.of("55P03", "40P01", "40001");
  private static final Set<String> OTHER_COLUMNS = Set.of("42P16", "42804");
  private static final String NEEDED_BY_OTHERS = "2BP01";
  private static final String SAME_KEY = "23505";

  private final ServingTarget target;
  private final Runnable beforeSwap;
  private final Duration patience;

  /**
   * @param target database and the user who owns, or may make, the serving schemas
   */
  public PostgresServing(ServingTarget target) {
    this(target, () -> CrashPoints.at(MID_PUBLISH), PATIENCE);
  }

  PostgresServing(ServingTarget target, Runnable beforeSwap, Duration patience) {
    this.target = target;
    this.beforeSwap = beforeSwap;
    this.patience = patience;
  }

  @Override
  public Publication publish(List<PublishedTable> tables, LocalDate asOf) {
    Map<String, TableShape> shapes = shapesOf(tables);
    try (Connection connection = target.connect("servicelake-publish")) {
      requireVersion(connection);
      lock(connection);
      return publish(connection, shapes, asOf);
    } catch (SQLException e) {
      throw new CannotException(
          "Cannot publish to %s: %s. The database refused it; readers still see the last release. Correct the cause and publish again."
              .formatted(target, e.getMessage()),
          e);
    }
  }

  private Publication publish(Connection connection, Map<String, TableShape> shapes, LocalDate asOf)
      throws SQLException {
    Releases releases = new Releases(connection);
    releases.prepare();
    List<String> missingRoles = releases.grantSchemas();
    releases.dropUnused();
    long current = releases.current();
    Map<String, ReleasedTable> before = releases.tablesOf(current);
    Map<String, ReleasedTable> kept = new TreeMap<>();
    for (TableShape shape : shapes.values()) {
      ReleasedTable old = before.get(shape.id());
      if (old != null && isSame(old, shape)) {
        kept.put(shape.id(), old);
      }
    }
    boolean isUnchanged =
        kept.equals(before)
            && kept.keySet().equals(shapes.keySet())
            && releases.isOf(current, asOf)
            && areViewsThere(releases, kept);
    List<String> keptIds = List.copyOf(kept.keySet());
    if (isUnchanged) {
      for (TableShape shape : shapes.values()) {
        grant(connection, shape, kept.get(shape.id()), missingRoles);
      }
      releases.touch(current);
      return new Publication(current, false, Map.of(), keptIds, missingRoles);
    }

    long next = releases.nextNumber();
    Map<String, ReleasedTable> after = new TreeMap<>(kept);
    Map<String, Long> loaded = new TreeMap<>();
    for (TableShape shape : shapes.values()) {
      if (!kept.containsKey(shape.id())) {
        ReleasedTable fresh = load(connection, shape, next);
        after.put(shape.id(), fresh);
        loaded.put(shape.id(), fresh.rowCount());
      }
    }
    beforeSwap.run();
    new Readers(connection).awaitOlderTransactions(patience);
    Swap swap = new Swap(connection, releases, shapes, before, after, missingRoles);
    swapPatiently(connection, after, () -> swap.run(next, current, asOf));
    releases.dropUnused();
    return new Publication(next, true, loaded, keptIds, missingRoles);
  }

  private static Map<String, TableShape> shapesOf(List<PublishedTable> tables) {
    Map<String, TableShape> shapes = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (PublishedTable table : tables) {
      TableShape shape = new TableShape(table);
      faults.addAll(shape.faults());
      if (shapes.put(shape.id(), shape) != null) {
        faults.add(shape.id() + ": stands twice in the list");
      }
    }
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot publish: %s. Tables are published as their contracts say. Either correct the step that writes the table, or change the contract."
              .formatted(String.join("; ", faults)));
    }
    return shapes;
  }

  private static boolean isSame(ReleasedTable old, TableShape shape) {
    return old.contentVersion().equals(shape.table().contentVersion())
        && old.fingerprint().equals(shape.fingerprint());
  }

  private static boolean areViewsThere(Releases releases, Map<String, ReleasedTable> tables)
      throws SQLException {
    for (ReleasedTable table : tables.values()) {
      if (!releases.hasView(table.view())) {
        return false;
      }
    }
    return releases.hasView("serving." + Releases.CURRENT_RELEASE);
  }

  private void requireVersion(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_VERSION) {
      throw new CannotException(
          "Cannot publish to %s: it is PostgreSQL %d. Views with the reader's own rights came with version %d. Use a newer server."
              .formatted(target, version, OLDEST_VERSION));
    }
  }

  private void lock(Connection connection) throws SQLException {
    Instant end = Instant.now().plus(patience);
    while (!Sql.query(
            connection, row -> row.getBoolean(1), "SELECT pg_try_advisory_lock(" + LOCK_IDS + ")")
        .get(0)) {
      if (Instant.now().isAfter(end)) {
        throw new CannotException(
            "Cannot publish to %s: another publish has been at work for %d seconds. One release is made at a time. Wait for it to end, then publish again."
                .formatted(target, patience.toSeconds()));
      }
      PostgresDaemon.pause(FIRST_PAUSE);
    }
  }

  // ---- loading ----

  private ReleasedTable load(Connection connection, TableShape shape, long release)
      throws SQLException {
    String name = shape.viewName() + "_" + release;
    String physical = Sql.name(shape.physicalSchema(), name);
    Sql.execute(connection, shape.createTable(physical));
    copy(shape, physical);
    try {
      Sql.execute(connection, shape.createKey(physical));
    } catch (SQLException e) {
      if (SAME_KEY.equals(e.getSQLState())) {
        String key = String.join(", ", shape.table().contract().keyNames());
        throw new CannotException(
            "Cannot publish %s: several rows have the same %s. The contract says these columns tell rows apart. Correct the step that writes the table, or the contract's key."
                .formatted(shape.id(), key),
            e);
      }
      throw e;
    }
    for (String index : shape.createIndexes(physical)) {
      Sql.execute(connection, index);
    }
    Sql.execute(connection, "ANALYZE " + physical);
    return new ReleasedTable(
        shape.schema(),
        shape.viewName(),
        shape.physicalSchema(),
        name,
        shape.table().contentVersion(),
        shape.fingerprint(),
        new Releases(connection).loadedRows(physical));
  }

  private void copy(TableShape shape, String physical) {
    TableContract contract = shape.table().contract();
    CopyPartition copying =
        new CopyPartition(target, shape.id(), shape.copyInto(physical), physical);
    try {
      shape
          .table()
          .rows()
          .select(contract.fieldNames().stream().map(functions::col).toArray(Column[]::new))
          .coalesce(MOST_WRITERS)
          .foreachPartition(copying);
    } catch (Exception e) { // Spark throws a checked exception that it does not declare.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof CannotException refusal) {
          throw refusal;
        }
      }
      throw new IllegalStateException("Cannot read the rows of " + shape.id(), e);
    }
  }

  // ---- the swap ----

  private interface Transaction {
    void run() throws SQLException;
  }

  /** Tries until no reader is in the way: gives up its own locks soon, so that no reader waits. */
  private void swapPatiently(
      Connection connection, Map<String, ReleasedTable> tables, Transaction swap)
      throws SQLException {
    Instant end = Instant.now().plus(patience);
    Duration pause = FIRST_PAUSE;
    while (true) {
      connection.setAutoCommit(false);
      try {
        swap.run();
        connection.commit();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!LOCK_LOST.contains(e.getSQLState())) {
          throw e;
        }
        if (Instant.now().isAfter(end)) {
          List<String> views = tables.values().stream().map(ReleasedTable::view).toList();
          throw new CannotException(
              "Cannot show the new release: %s kept the views in use for %d seconds. A transaction that has read a view keeps it. End that transaction, then publish again; readers still see the last release."
                  .formatted(new Readers(connection).holdersOf(views), patience.toSeconds()),
              e);
        }
      } catch (RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
      PostgresDaemon.pause(pause);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** The statements of the one transaction that shows a release. */
  private record Swap(
      Connection connection,
      Releases releases,
      Map<String, TableShape> shapes,
      Map<String, ReleasedTable> before,
      Map<String, ReleasedTable> after,
      List<String> missingRoles) {

    void run(long release, long previous, LocalDate asOf) throws SQLException {
      // Below the server's deadlock_timeout of 1 s: if two wait for each other, this one yields.
      Sql.execute(connection, "SET LOCAL lock_timeout = '500ms'");
      Set<String> gone = new TreeSet<>(before.keySet());
      gone.removeAll(after.keySet());
      for (String id : gone) {
        drop(before.get(id).view(), id);
      }
      // Unchanged views too: a transaction that has read any of them keeps the whole release.
      for (TableShape shape : shapes.values()) {
        show(shape, after.get(shape.id()));
      }
      releases.add(release, previous, asOf, after.values());
      releases.showCurrent(
          release, asOf, !missingRoles.contains(DatabaseRole.BI_READER.roleName()));
    }

    private void show(TableShape shape, ReleasedTable table) throws SQLException {
      ReleasedTable old = before.get(shape.id());
      boolean isAsBefore =
          old != null
              && old.fingerprint().equals(table.fingerprint())
              && releases.hasView(table.view());
      Savepoint savepoint = connection.setSavepoint();
      try {
        Sql.execute(connection, shape.createView(table.physical()));
      } catch (SQLException e) {
        if (!OTHER_COLUMNS.contains(e.getSQLState())) {
          throw e;
        }
        connection.rollback(savepoint);
        drop(table.view(), shape.id());
        Sql.execute(connection, shape.createView(table.physical()));
      }
      if (!isAsBefore) {
        Sql.execute(connection, shape.comments());
      }
      grant(connection, shape, table, missingRoles);
    }

    private void drop(String view, String id) throws SQLException {
      try {
        Sql.execute(connection, "DROP VIEW IF EXISTS " + view);
      } catch (SQLException e) {
        if (NEEDED_BY_OTHERS.equals(e.getSQLState())) {
          throw new CannotException(
              "Cannot replace %s: its columns changed or it is no longer published, and other objects of the database stand on it. PostgreSQL keeps what others need. Drop those objects, publish, and make them again."
                  .formatted(id),
              e);
        }
        throw e;
      }
    }
  }

  private static void grant(
      Connection connection, TableShape shape, ReleasedTable table, List<String> missingRoles)
      throws SQLException {
    if (!missingRoles.contains(shape.reader().roleName())) {
      Sql.execute(
          connection, shape.grants(table.physical()).stream().collect(Collectors.joining("; ")));
    }
  }
}
