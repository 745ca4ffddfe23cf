package io.servicelake.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServingTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final TableContract BOARD = markers(Layer.SERVING, "board");
  private static final TableContract CARDS = markers(Layer.SERVING, "cards");
  private static final TableContract CALLS = markers(Layer.SERVING_CONTACT, "calls");

  private static PostgresDaemon daemon;
  private static ConnectionInfo server;
  private static ServingTarget owner;
  private static ServingTarget reader;
  private static ServingDatabase serving;

  @BeforeAll
  static void start(@TempDir Path folder) {
    daemon = PostgresForTests.started(folder, PostgresForTests.freePort());
    server = daemon.connectionInfo();
    owner = server.as(DatabaseRole.OWNER);
    reader = server.as(DatabaseRole.BI_READER);
    serving = new PostgresServing(owner);
  }

  @AfterAll
  static void stop() {
    if (daemon != null) {
      daemon.stop();
    }
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    for (String schema :
        List.of("serving", "serving_contact", "serving_physical", "serving_contact_physical")) {
      TestSql.run(owner, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }

  @Test
  void whatIsUnchangedOpensNoTableAndNoRelease() throws SQLException {
    Publication first = publish(table(BOARD, "1"), table(CARDS, "1"));
    List<String> before = physicalTables();

    Publication second = publish(table(BOARD, "1"), table(CARDS, "1"));

    assertThat(first.isNew()).isTrue();
    assertThat(first.loadedRows()).containsOnlyKeys("serving.board", "serving.cards");
    assertThat(second.isNew()).isFalse();
    assertThat(second.releaseNo()).isEqualTo(first.releaseNo());
    assertThat(second.keptTables()).containsExactly("serving.board", "serving.cards");
    assertThat(physicalTables()).isEqualTo(before);
  }

  @Test
  void onlyTheChangedTableIsLoadedAgain() throws SQLException {
    publish(table(BOARD, "1"), table(CARDS, "1"));

    Publication second = publish(table(BOARD, "1"), table(CARDS, "2"));

    assertThat(second.loadedRows()).containsOnlyKeys("serving.cards");
    assertThat(marker("board")).isEqualTo("1");
    assertThat(marker("cards")).isEqualTo("2");
  }

  @Test
  void theReleaseBeforeStaysAndOlderOnesGo() throws SQLException {
    publish(table(BOARD, "1"));
    publish(table(BOARD, "2"));
    publish(table(BOARD, "3"));

    assertThat(physicalTables()).containsExactly("board_2", "board_3");
  }

  @Test
  void ofContactsNoReleaseBeforeStays() throws SQLException {
    publish(table(BOARD, "1"), table(CALLS, "1"));
    publish(table(BOARD, "2"), table(CALLS, "1"));
    assertThat(physicalTables()).containsExactly("board_1", "board_2", "calls_1");

    publish(table(BOARD, "3"), table(CALLS, "2"));

    assertThat(physicalTables()).containsExactly("board_2", "board_3", "calls_3");
  }

  @Test
  void aNewDayWithTheSameRowsIsToldWithoutLoading() throws SQLException {
    publish(table(BOARD, "1"));

    Publication next = serving.publish(List.of(table(BOARD, "1")), DAY.plusDays(1));

    assertThat(next.loadedRows()).isEmpty();
    assertThat(TestSql.one(reader, "SELECT as_of FROM serving.current_release"))
        .isEqualTo("2026-04-01");
  }

  @Test
  void aTableThatIsNoLongerListedIsNoLongerOffered() throws SQLException {
    publish(table(BOARD, "1"), table(CARDS, "1"));

    publish(table(BOARD, "1"));

    assertThat(TestSql.one(owner, "SELECT to_regclass('serving.cards')")).isNull();
  }

  @Test
  void aViewThatSomebodyDroppedComesBack() throws SQLException {
    publish(table(BOARD, "1"));
    TestSql.run(owner, "DROP VIEW serving.board");

    publish(table(BOARD, "1"));

    assertThat(marker("board")).isEqualTo("1");
  }

  @Test
  void readersNeverSeeHalfARelease() throws Exception {
    publish(table(BOARD, "0"), table(CARDS, "0"));
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<String>>> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        boolean isTransaction = i % 2 == 1;
        readers.add(threads.submit(() -> halvesSeen(isTransaction, isOver, reads)));
      }
      for (int release = 1; release <= 8; release++) {
        publish(table(BOARD, "" + release), table(CARDS, "" + release));
      }
    } finally {
      isOver.set(true);
      threads.shutdown();
    }
    for (Future<List<String>> halves : readers) {
      assertThat(halves.get()).isEmpty();
    }
    assertThat(reads.get()).isGreaterThan(50);
  }

  @Test
  void aTransactionFromBeforeTheLoadIsWaitedFor() throws Exception {
    publish(table(BOARD, "1"));
    try (Connection old = owner.connect("old-snapshot")) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      TestSql.one(old, "SELECT 1");

      assertThatThrownBy(() -> impatient(() -> {}).publish(List.of(table(BOARD, "2")), DAY))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("old-snapshot")
          .hasMessageContaining("began before it was loaded");
      assertThat(marker("board")).isEqualTo("1");
    }
    publish(table(BOARD, "2"));
    assertThat(marker("board")).isEqualTo("2");
  }

  @Test
  void aReaderAsleepInATransactionIsNamedAfterSomePatience() throws Exception {
    publish(table(BOARD, "1"), table(CARDS, "1"));
    try (Connection asleep = reader.connect("asleep")) {
      asleep.setAutoCommit(false);
      TestSql.one(asleep, "SELECT count(*) FROM serving.cards");

      assertThatThrownBy(() -> impatient(() -> {}).publish(both("2"), DAY))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("asleep (process ")
          .hasMessageContaining("readers still see the last release");
      assertThat(marker("board")).isEqualTo("1");
    }
    serving.publish(both("2"), DAY);
    assertThat(marker("cards")).isEqualTo("2");
  }

  @Test
  void aPublishThatDiesBeforeTheSwapLeavesTheOldReleaseAndTheNextOneCleansUp() throws SQLException {
    serving.publish(both("1"), DAY);
    Runnable death =
        () -> {
          throw new IllegalStateException("killed");
        };

    assertThatThrownBy(() -> impatient(death).publish(both("2"), DAY)).hasMessage("killed");
    assertThat(marker("board") + marker("cards")).isEqualTo("11");
    assertThat(physicalTables()).hasSize(4);
    serving.publish(both("3"), DAY);

    assertThat(marker("board") + marker("cards")).isEqualTo("33");
    assertThat(physicalTables()).containsExactly("board_1", "board_3", "cards_1", "cards_3");
    assertThat(TestSql.one(owner, "SELECT count(*) FROM serving.board")).isEqualTo("20");
  }

  @Test
  void whileOnePublishesAnotherWaits() {
    serving.publish(both("1"), DAY);
    Runnable meanwhile = () -> impatient(() -> {}).publish(both("3"), DAY);

    assertThatThrownBy(() -> impatient(meanwhile).publish(both("2"), DAY))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("another publish has been at work for 1 seconds");
  }

  @Test
  void dashboardsReadServingAndNothingElse() throws SQLException {
    publish(table(BOARD, "1"), table(CALLS, "1"));

    assertThat(marker("board")).isEqualTo("1");
    assertRefused(reader, "SELECT * FROM serving_contact.calls");
    assertRefused(reader, "SELECT * FROM serving_contact_physical.calls_1");
    assertRefused(reader, "SELECT * FROM serving_physical.board_1");
    assertRefused(reader, "SELECT * FROM serving_physical.release_tables");
    for (String write :
        List.of(
            "CREATE TABLE serving.mine (id int)",
            "CREATE TABLE public.mine (id int)",
            "CREATE TEMP TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "DELETE FROM serving.board")) {
      assertRefused(reader, "SET TRANSACTION READ WRITE; " + write);
    }
  }

  @Test
  void callersReadServingContactAndNothingElse() throws SQLException {
    publish(table(BOARD, "1"), table(CALLS, "1"));
    ServingTarget caller = server.as(DatabaseRole.CONTACT_READER);

    assertThat(TestSql.one(caller, "SELECT max(marker) FROM serving_contact.calls")).isEqualTo("1");
    assertRefused(caller, "SELECT * FROM serving.board");
  }

  @Test
  void viewsAndColumnsSayWhatTheyAreInBothLanguages() throws SQLException {
    publish(table(BOARD, "1"));

    assertThat(TestSql.one(reader, "SELECT obj_description('serving.board'::regclass)"))
        .isEqualTo("The board | 看板: one row per 'id'");
    assertThat(TestSql.one(reader, "SELECT col_description('serving.board'::regclass, 2)"))
        .isEqualTo("Marker | 标记: The release it came with.");
    assertThat(
            TestSql.one(
                reader, "SELECT reloptions FROM pg_class WHERE oid = 'serving.board'::regclass"))
        .contains("security_invoker=true");
  }

  @Test
  void otherColumnsReplaceTheView() throws SQLException {
    publish(table(BOARD, "1"));
    Columns columns = new Columns();
    Field name = columns.key("name", Columns.STRING, "Name", "名称", "Any.");
    TableContract other =
        columns.table(Layer.SERVING, "board", "The board", "看板", "one row per name", "tests");

    publish(PublishedTable.of(other, rows(other, RowFactory.create("x")), "1"));

    assertThat(TestSql.one(reader, "SELECT " + name.name() + " FROM serving.board")).isEqualTo("x");
  }

  @Test
  void aViewThatOthersStandOnIsNotReplacedUnderThem() throws SQLException {
    publish(table(BOARD, "1"), table(CARDS, "1"));
    TestSql.run(owner, "CREATE VIEW public.mine AS SELECT * FROM serving.cards");
    try {
      assertThatThrownBy(() -> publish(table(BOARD, "2")))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("Cannot replace serving.cards");
      assertThat(marker("board")).isEqualTo("1");
    } finally {
      TestSql.run(owner, "DROP VIEW public.mine");
    }
  }

  @Test
  void keysAndAskedForIndexesAreThere() throws SQLException {
    serving.publish(List.of(table(BOARD, "1").indexedBy(BOARD.fields().get(1))), DAY);

    assertThat(
            TestSql.column(
                owner, "SELECT indexdef FROM pg_indexes WHERE tablename = 'board_1' ORDER BY 1"))
        .hasSize(2)
        .anyMatch(index -> index.contains("UNIQUE") && index.contains("(id)"))
        .anyMatch(index -> index.endsWith("(marker)"));
  }

  @Test
  void everyValueComesBackAsItWas() throws SQLException {
    Columns columns = new Columns();
    columns.key("id", Columns.INT, "Id", "编号", "Any.");
    columns.optional("a_text", Columns.STRING, "Text", "文本", "Any.");
    columns.optional("texts", DataTypes.createArrayType(Columns.STRING), "Texts", "文本", "Any.");
    columns.optional("a_long", Columns.LONG, "Long", "数", "Any.");
    columns.optional("a_double", Columns.DOUBLE, "Double", "数", "Any.");
    columns.optional("money", Columns.MONEY, "Money", "金额", "Any.");
    columns.optional("is_so", Columns.BOOL, "So", "是否", "Any.");
    columns.optional("seen_on", Columns.DATE, "Day", "日期", "Any.");
    columns.optional("seen_at", Columns.TIMESTAMP, "Time", "时间", "Any.");
    TableContract all =
        columns.table(Layer.SERVING, "all_types", "All types", "类型", "one row per id", "tests");
    String nasty = "tab\t line\n return\r back\\slash \\N \\. quote\" apo' {a,b} 保养😀 NULL";
    Instant instant = Instant.parse("2026-03-31T23:59:59.123456Z");

    publish(
        PublishedTable.of(
            all,
            rows(
                all,
                RowFactory.create(
                    1,
                    nasty,
                    Arrays.asList(nasty, null, "", "NULL"),
                    Long.MIN_VALUE,
                    Double.NaN,
                    new BigDecimal("-12345678901234567.89"),
                    true,
                    Date.valueOf("2026-02-28"),
                    Timestamp.from(instant)),
                RowFactory.create(
                    2,
                    "nul\0here",
                    List.of(),
                    0L,
                    Double.NEGATIVE_INFINITY,
                    BigDecimal.ZERO,
                    false,
                    Date.valueOf("1970-01-01"),
                    Timestamp.from(Instant.EPOCH)),
                RowFactory.create(3, null, null, null, null, null, null, null, null),
                RowFactory.create(4, "", null, null, 1e-300, null, null, null, null)),
            "1"));

    try (Connection connection = reader.connect("test");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM serving.all_types ORDER BY id")) {
      rows.next();
      assertThat(rows.getString(2)).isEqualTo(nasty);
      assertThat((String[]) rows.getArray(3).getArray()).containsExactly(nasty, null, "", "NULL");
      assertThat(rows.getLong(4)).isEqualTo(Long.MIN_VALUE);
      assertThat(rows.getDouble(5)).isNaN();
      assertThat(rows.getBigDecimal(6)).isEqualTo(new BigDecimal("-12345678901234567.89"));
      assertThat(rows.getBoolean(7)).isTrue();
      assertThat(rows.getObject(8, LocalDate.class)).isEqualTo(LocalDate.of(2026, 2, 28));
      assertThat(rows.getTimestamp(9).toInstant()).isEqualTo(instant);
      rows.next();
      assertThat(rows.getString(2)).isEqualTo("nulhere");
      assertThat((String[]) rows.getArray(3).getArray()).isEmpty();
      assertThat(rows.getDouble(5)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(rows.getBoolean(7)).isFalse();
      assertThat(rows.getTimestamp(9).toInstant()).isEqualTo(Instant.EPOCH);
      rows.next();
      for (int column = 2; column <= 9; column++) {
        assertThat(rows.getObject(column)).isNull();
      }
      rows.next();
      assertThat(rows.getString(2)).isEmpty();
      assertThat(rows.getDouble(5)).isEqualTo(1e-300);
    }
  }

  @Test
  void farAndEarlyDaysAreWrittenAsPostgresReadsThem() {
    StringBuilder line = new StringBuilder();
    CopyText.append(
        line,
        RowFactory.create(
            LocalDate.of(12026, 1, 2),
            LocalDate.of(0, 3, 4),
            Instant.parse("-0001-01-01T00:00:00Z")));

    assertThat(line).hasToString("12026-01-02\t0001-03-04 BC\t0002-01-01 00:00+00 BC\n");
  }

  @Test
  void aTaskThatRunsTwiceCopiesOnce() throws SQLException {
    publish(table(BOARD, "1"));
    TestSql.run(owner, "CREATE TABLE public.twice (id int)");
    CopyPartition task =
        new CopyPartition(owner, "public.twice", "COPY public.twice FROM STDIN", "twice");

    task.call(List.of(RowFactory.create(1)).iterator());
    task.call(List.of(RowFactory.create(1)).iterator());

    assertThat(TestSql.one(owner, "SELECT count(*) FROM public.twice")).isEqualTo("1");
    TestSql.run(owner, "DROP TABLE public.twice");
  }

  @Test
  void rowsThatBreakTheirContractAreToldWithTableAndColumn() {
    Dataset<Row> wrong = SparkSessionForTests.session().sql("SELECT '1' AS id, 'x' AS other");
    assertThatThrownBy(() -> publish(PublishedTable.of(BOARD, wrong, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("serving.board: column id is string, contract says int")
        .hasMessageContaining("serving.board: column marker is missing")
        .hasMessageContaining("serving.board: column other is not in the contract");

    Dataset<Row> empty =
        SparkSessionForTests.session().sql("SELECT 1 AS id, CAST(NULL AS STRING) AS marker");
    assertThatThrownBy(() -> publish(PublishedTable.of(BOARD, empty, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(
            "Cannot publish serving.board: ERROR: null value in column \"marker\"");

    Dataset<Row> twice =
        SparkSessionForTests.session().sql("SELECT 1 AS id, 'a' AS marker FROM range(2)");
    assertThatThrownBy(() -> publish(PublishedTable.of(BOARD, twice, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot publish serving.board: several rows have the same id");
  }

  @Test
  void anyOtherDatabaseWillDo() throws SQLException {
    ServingTarget administrator = server.as(DatabaseRole.ADMINISTRATOR);
    TestSql.run(administrator, "CREATE ROLE elsewhere LOGIN PASSWORD 'elsewhere'");
    TestSql.run(administrator, "CREATE DATABASE elsewhere OWNER elsewhere");
    ServingTarget elsewhere =
        new ServingTarget(
            owner.url().replace("/servicelake", "/elsewhere"), "elsewhere", "elsewhere");

    Publication publication = new PostgresServing(elsewhere).publish(both("1"), DAY);

    assertThat(publication.missingRoles()).isEmpty();
    assertThat(TestSql.one(elsewhere, "SELECT max(marker) FROM serving.cards")).isEqualTo("1");
  }

  // ---- helpers ----

  private static TableContract markers(Layer layer, String name) {
    Columns columns = new Columns();
    columns.key("id", Columns.INT, "Id", "编号", "Counts up.");
    columns.required("marker", Columns.STRING, "Marker", "标记", "The release it came with.");
    return columns.table(layer, name, "The " + name, "看板", "one row per 'id'", "tests");
  }

  /** Twenty rows that all carry the marker. */
  private static PublishedTable table(TableContract contract, String marker) {
    Dataset<Row> rows =
        SparkSessionForTests.session()
            .range(0, 20, 1, 2)
            .select(
                functions.col("id").cast(Columns.INT).as("id"), functions.lit(marker).as("marker"));
    return PublishedTable.of(contract, rows, marker);
  }

  private static List<PublishedTable> both(String marker) {
    return List.of(table(BOARD, marker), table(CARDS, marker));
  }

  private static Dataset<Row> rows(TableContract contract, Row... rows) {
    return SparkSessionForTests.session().createDataFrame(List.of(rows), contract.schema());
  }

  private static Publication publish(PublishedTable... tables) {
    return serving.publish(List.of(tables), DAY);
  }

  private static PostgresServing impatient(Runnable beforeSwap) {
    return new PostgresServing(owner, beforeSwap, SHORT);
  }

  private static String marker(String view) throws SQLException {
    return TestSql.one(reader, "SELECT max(marker) FROM serving." + view);
  }

  private static List<String> physicalTables() throws SQLException {
    return TestSql.column(
        owner,
        """
        SELECT tablename FROM pg_tables
        WHERE schemaname LIKE 'serving%physical' AND tablename ~ '_[0-9]+$' ORDER BY 1
        """);
  }

  /** Reads both tables over and over; gives back what did not fit together. */
  private static List<String> halvesSeen(
      boolean isTransaction, AtomicBoolean isOver, AtomicInteger reads) throws SQLException {
    List<String> halves = new ArrayList<>();
    try (Connection connection = reader.connect("reader")) {
      connection.setAutoCommit(!isTransaction);
      if (isTransaction) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      while (!isOver.get()) {
        String board;
        String cards;
        if (isTransaction) {
          TestSql.one(connection, "SELECT 1");
          board = TestSql.one(connection, "SELECT count(*) || max(marker) FROM serving.board");
          cards = TestSql.one(connection, "SELECT count(*) || max(marker) FROM serving.cards");
          connection.commit();
        } else {
          String both =
              TestSql.one(
                  connection,
                  """
                  SELECT (SELECT count(*) || max(marker) FROM serving.board) || ' ' ||
                    (SELECT count(*) || max(marker) FROM serving.cards)
                  """);
          board = both == null ? null : both.split(" ")[0];
          cards = both == null ? null : both.split(" ")[1];
        }
        if (board == null || !board.equals(cards) || !board.startsWith("20")) {
          halves.add(board + " beside " + cards);
        }
        reads.incrementAndGet();
      }
    }
    return halves;
  }

  private static void assertRefused(ServingTarget target, String sql) {
    assertThatThrownBy(() -> TestSql.run(target, sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }
}
