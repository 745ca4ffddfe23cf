package io.servicelake.jobs.serve;

import static io.servicelake.jobs.serve.ServingForTests.BOARD;
import static io.servicelake.jobs.serve.ServingForTests.CALLS;
import static io.servicelake.jobs.serve.ServingForTests.CARDS;
import static io.servicelake.jobs.serve.ServingForTests.DAY;
import static io.servicelake.jobs.serve.ServingForTests.both;
import static io.servicelake.jobs.serve.ServingForTests.rows;
import static io.servicelake.jobs.serve.ServingForTests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Releases: what is loaded, what is kept, and how readers are brought from one to the next. */
class PostgresReleasesTest extends OnServingDatabase {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void whatIsUnchangedOpensNoTableAndNoRelease() throws SQLException {
    Publication first = db.publish(table(BOARD, "1"), table(CARDS, "1"));
    List<String> before = db.physicalTables();

    Publication second = db.publish(table(BOARD, "1"), table(CARDS, "1"));

    assertThat(first.isNew()).isTrue();
    assertThat(first.loadedRows()).containsOnlyKeys("serving.board", "serving.cards");
    assertThat(second.isNew()).isFalse();
    assertThat(second.releaseNo()).isEqualTo(first.releaseNo());
    assertThat(second.keptTables()).containsExactly("serving.board", "serving.cards");
    assertThat(db.physicalTables()).isEqualTo(before);
  }

  @Test
  void onlyTheChangedTableIsLoadedAgain() throws SQLException {
    db.publish(table(BOARD, "1"), table(CARDS, "1"));

    Publication second = db.publish(table(BOARD, "1"), table(CARDS, "2"));

    assertThat(second.loadedRows()).containsOnlyKeys("serving.cards");
    assertThat(db.marker("board")).isEqualTo("1");
    assertThat(db.marker("cards")).isEqualTo("2");
  }

  @Test
  void theReleaseBeforeStaysAndOlderOnesGo() throws SQLException {
    db.publish(table(BOARD, "1"));
    db.publish(table(BOARD, "2"));
    db.publish(table(BOARD, "3"));

    assertThat(db.physicalTables()).containsExactly("board_2", "board_3");
  }

  @Test
  void ofContactsNoReleaseBeforeStays() throws SQLException {
    db.publish(table(BOARD, "1"), table(CALLS, "1"));
    db.publish(table(BOARD, "2"), table(CALLS, "1"));
    assertThat(db.physicalTables()).containsExactly("board_1", "board_2", "calls_1");

    db.publish(table(BOARD, "3"), table(CALLS, "2"));

    assertThat(db.physicalTables()).containsExactly("board_2", "board_3", "calls_3");
  }

  @Test
  void aNewDayWithTheSameRowsIsToldWithoutLoading() throws SQLException {
    db.publish(table(BOARD, "1"));

    Publication next = db.serving.publish(List.of(table(BOARD, "1")), DAY.plusDays(1));

    assertThat(next.loadedRows()).isEmpty();
    assertThat(TestSql.one(db.reader, "SELECT as_of FROM serving.current_release"))
        .isEqualTo("2026-04-01");
  }

  @Test
  void aTableThatIsNoLongerListedIsNoLongerOffered() throws SQLException {
    db.publish(table(BOARD, "1"), table(CARDS, "1"));

    db.publish(table(BOARD, "1"));

    assertThat(TestSql.one(db.owner, "SELECT to_regclass('serving.cards')")).isNull();
  }

  @Test
  void aViewThatSomebodyDroppedComesBack() throws SQLException {
    db.publish(table(BOARD, "1"));
    TestSql.run(db.owner, "DROP VIEW serving.board");

    db.publish(table(BOARD, "1"));

    assertThat(db.marker("board")).isEqualTo("1");
  }

  @Test
  void otherColumnsReplaceTheView() throws SQLException {
    db.publish(table(BOARD, "1"));
    Columns columns = new Columns();
    Field name = columns.key("name", Columns.STRING, "Name", "名称", "Any.");
    TableContract other =
        columns.table(Layer.SERVING, "board", "The board", "看板", "one row per name", "tests");

    db.publish(PublishedTable.of(other, rows(other, RowFactory.create("x")), "1"));

    assertThat(TestSql.one(db.reader, "SELECT " + name.name() + " FROM serving.board"))
        .isEqualTo("x");
  }

  @Test
  void aViewThatOthersStandOnIsNotReplacedUnderThem() throws SQLException {
    db.publish(table(BOARD, "1"), table(CARDS, "1"));
    TestSql.run(db.owner, "CREATE VIEW public.mine AS SELECT * FROM serving.cards");
    try {
      assertThatThrownBy(() -> db.publish(table(BOARD, "2")))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("Cannot replace serving.cards");
      assertThat(db.marker("board")).isEqualTo("1");
    } finally {
      TestSql.run(db.owner, "DROP VIEW public.mine");
    }
  }

  @Test
  void readersNeverSeeHalfARelease() throws Exception {
    db.publish(table(BOARD, "0"), table(CARDS, "0"));
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
        db.publish(table(BOARD, "" + release), table(CARDS, "" + release));
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
    db.publish(table(BOARD, "1"));
    try (Connection old = db.owner.connect("old-snapshot")) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      TestSql.one(old, "SELECT 1");

      assertThatThrownBy(() -> impatient(() -> {}).publish(List.of(table(BOARD, "2")), DAY))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("old-snapshot")
          .hasMessageContaining("began before it was loaded");
      assertThat(db.marker("board")).isEqualTo("1");
    }
    db.publish(table(BOARD, "2"));
    assertThat(db.marker("board")).isEqualTo("2");
  }

  @Test
  void aReaderAsleepInATransactionIsNamedAfterSomePatience() throws Exception {
    db.publish(table(BOARD, "1"), table(CARDS, "1"));
    try (Connection asleep = db.reader.connect("asleep")) {
      asleep.setAutoCommit(false);
      TestSql.one(asleep, "SELECT count(*) FROM serving.cards");

      assertThatThrownBy(() -> impatient(() -> {}).publish(both("2"), DAY))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("asleep (process ")
          .hasMessageContaining("readers still see the last release");
      assertThat(db.marker("board")).isEqualTo("1");
    }
    db.serving.publish(both("2"), DAY);
    assertThat(db.marker("cards")).isEqualTo("2");
  }

  @Test
  void aPublishThatDiesBeforeTheSwapLeavesTheOldReleaseAndTheNextOneCleansUp() throws SQLException {
    db.serving.publish(both("1"), DAY);
    Runnable death =
        () -> {
          throw new IllegalStateException("killed");
        };

    assertThatThrownBy(() -> impatient(death).publish(both("2"), DAY)).hasMessage("killed");
    assertThat(db.marker("board") + db.marker("cards")).isEqualTo("11");
    assertThat(db.physicalTables()).hasSize(4);
    db.serving.publish(both("3"), DAY);

    assertThat(db.marker("board") + db.marker("cards")).isEqualTo("33");
    assertThat(db.physicalTables()).containsExactly("board_1", "board_3", "cards_1", "cards_3");
    assertThat(TestSql.one(db.owner, "SELECT count(*) FROM serving.board")).isEqualTo("20");
  }

  @Test
  void whileOnePublishesAnotherWaits() {
    db.serving.publish(both("1"), DAY);
    Runnable meanwhile = () -> impatient(() -> {}).publish(both("3"), DAY);

    assertThatThrownBy(() -> impatient(meanwhile).publish(both("2"), DAY))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("another publish has been at work for 1 seconds");
  }

  private static PostgresServing impatient(Runnable beforeSwap) {
    return new PostgresServing(db.owner, beforeSwap, SHORT);
  }

  /** Reads both tables over and over; gives back what did not fit together. */
  private static List<String> halvesSeen(
      boolean isTransaction, AtomicBoolean isOver, AtomicInteger reads) throws SQLException {
    List<String> halves = new ArrayList<>();
    try (Connection connection = db.reader.connect("reader")) {
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
}
