package io.servicelake.jobs.serve;

import static io.servicelake.jobs.serve.ServingForTests.BOARD;
import static io.servicelake.jobs.serve.ServingForTests.DAY;
import static io.servicelake.jobs.serve.ServingForTests.rows;
import static io.servicelake.jobs.serve.ServingForTests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** What of a table reaches the database: values, keys, indexes and descriptions. */
class PostgresValuesTest extends OnServingDatabase {
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

    db.publish(
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

    try (Connection connection = db.reader.connect("test");
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
    db.publish(table(BOARD, "1"));
    TestSql.run(db.owner, "CREATE TABLE public.twice (id int)");
    CopyPartition task =
        new CopyPartition(db.owner, "public.twice", "COPY public.twice FROM STDIN", "twice");

    task.call(List.of(RowFactory.create(1)).iterator());
    task.call(List.of(RowFactory.create(1)).iterator());

    assertThat(TestSql.one(db.owner, "SELECT count(*) FROM public.twice")).isEqualTo("1");
    TestSql.run(db.owner, "DROP TABLE public.twice");
  }

  @Test
  void keysAndAskedForIndexesAreThere() throws SQLException {
    db.serving.publish(List.of(table(BOARD, "1").indexedBy(BOARD.fields().get(1))), DAY);

    assertThat(
            TestSql.column(
                db.owner, "SELECT indexdef FROM pg_indexes WHERE tablename = 'board_1' ORDER BY 1"))
        .hasSize(2)
        .anyMatch(index -> index.contains("UNIQUE") && index.contains("(id)"))
        .anyMatch(index -> index.endsWith("(marker)"));
  }

  @Test
  void viewsAndColumnsSayWhatTheyAreInBothLanguages() throws SQLException {
    db.publish(table(BOARD, "1"));

    assertThat(TestSql.one(db.reader, "SELECT obj_description('serving.board'::regclass)"))
        .isEqualTo("The board | 看板: one row per 'id'");
    assertThat(TestSql.one(db.reader, "SELECT col_description('serving.board'::regclass, 2)"))
        .isEqualTo("Marker | 标记: The release it came with.");
    assertThat(
            TestSql.one(
                db.reader, "SELECT reloptions FROM pg_class WHERE oid = 'serving.board'::regclass"))
        .contains("security_invoker=true");
  }

  @Test
  void rowsThatBreakTheirContractAreToldWithTableAndColumn() {
    Dataset<Row> wrong = SparkSessionForTests.session().sql("SELECT '1' AS id, 'x' AS other");
    assertThatThrownBy(() -> db.publish(PublishedTable.of(BOARD, wrong, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("serving.board: column id is string, contract says int")
        .hasMessageContaining("serving.board: column marker is missing")
        .hasMessageContaining("serving.board: column other is not in the contract");

    Dataset<Row> empty =
        SparkSessionForTests.session().sql("SELECT 1 AS id, CAST(NULL AS STRING) AS marker");
    assertThatThrownBy(() -> db.publish(PublishedTable.of(BOARD, empty, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(
            "Cannot publish serving.board: ERROR: null value in column \"marker\"");

    Dataset<Row> twice =
        SparkSessionForTests.session().sql("SELECT 1 AS id, 'a' AS marker FROM range(2)");
    assertThatThrownBy(() -> db.publish(PublishedTable.of(BOARD, twice, "1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot publish serving.board: several rows have the same id");
  }
}
