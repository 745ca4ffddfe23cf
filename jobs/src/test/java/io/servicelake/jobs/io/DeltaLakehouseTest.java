package io.servicelake.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.SampleTables.Orders;
import io.servicelake.jobs.SampleTables.Parted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaLakehouseTest {
  @TempDir Path folder;
  private Lakehouse lake;

  @BeforeEach
  void open() {
    lake = lake(1000);
  }

  @Test
  void tableThatWasNeverWrittenHasNoVersionAndNoRows() {
    assertThat(lake.version(Orders.TABLE)).isEmpty();
    assertThat(lake.rows(Orders.TABLE)).isEmpty();
    assertThat(lake.read(Orders.TABLE).count()).isZero();
  }

  @Test
  void sameCommitTwiceCountsOnce() {
    Txn txn = new Txn("ingest/rows", 1);
    Commit first = lake.append(Orders.TABLE, orders("A", 10), txn);
    Commit second = lake.append(Orders.TABLE, orders("A", 10), txn);
    Commit next = lake.append(Orders.TABLE, orders("B", 20), new Txn("ingest/rows", 2));

    assertThat(first.isWritten()).isTrue();
    assertThat(first.rows()).isEqualTo(1);
    assertThat(second.isWritten()).isFalse();
    assertThat(next.isWritten()).isTrue();
    assertThat(lake.read(Orders.TABLE).count()).isEqualTo(2);
    assertThat(lake.rows(Orders.TABLE)).hasValue(2);
  }

  @Test
  void replaceWritesNothingWhenOnlyOrderAndRunDiffer() {
    lake.replace(Orders.TABLE, orders("A", 10).union(orders("B", null)), new Txn("t", 1));
    Commit changed =
        lake.replace(Orders.TABLE, orders("A", 11).union(orders("B", null)), new Txn("t", 2));
    Commit equal =
        lake.replace(
            Orders.TABLE,
            orders("B", null)
                .union(orders("A", 11))
                .withColumn(Orders.RUN_ID.name(), functions.lit("other run")),
            new Txn("t", 3));

    assertThat(changed.isWritten()).isTrue();
    assertThat(equal.isWritten()).isFalse();
    assertThat(lake.version(Orders.TABLE)).hasValue(changed.version());
  }

  @Test
  void aColumnOfNumbersByNameIsComparedWhateverTheirOrder() {
    Dataset<Row> key = scored(Map.of()).select(ChurnScores.SCORED_ON.col());
    lake.merge(ChurnScores.TABLE, scored(inOrder("A", 1.0, "B", 2.0)), key, new Txn("t", 1));
    Commit same =
        lake.merge(ChurnScores.TABLE, scored(inOrder("B", 2.0, "A", 1.0)), key, new Txn("t", 2));
    Commit other =
        lake.merge(ChurnScores.TABLE, scored(inOrder("A", 2.0, "B", 1.0)), key, new Txn("t", 3));
    Commit none = lake.merge(ChurnScores.TABLE, scored(null), key, new Txn("t", 4));

    assertThat(same.isWritten()).isFalse();
    assertThat(other.isWritten()).isTrue();
    assertThat(none.isWritten()).isTrue();
  }

  private static Map<String, Double> inOrder(String a, double one, String b, double other) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put(a, one);
    parts.put(b, other);
    return parts;
  }

  private static Dataset<Row> scored(Map<String, Double> contributions) {
    return TestRows.of(ChurnScores.TABLE)
        .row(
            ChurnScores.CUSTOMER_ID,
            "c1",
            ChurnScores.SCORED_ON,
            LocalDate.of(2025, 5, 31),
            ChurnScores.CONTRIBUTIONS,
            contributions)
        .build();
  }

  @Test
  void mergeOfTouchedKeysAddsChangesAndRemovesAndLeavesOthersWhetherRewrittenOrMergedInto() {
    for (long rewriteBelow : new long[] {1000, 0}) {
      Lakehouse one =
          new DeltaLakehouse(
                  SparkSessionForTests.session(),
                  folder.resolve("r" + rewriteBelow).toString(),
                  2,
                  rewriteBelow)
              .newSession();
      one.append(
          Orders.TABLE,
          orders("A", 1).union(orders("B", 2)).union(orders("C", 3)),
          new Txn("t", 1));
      Dataset<Row> touched =
          orders("A", 0).union(orders("B", 0)).union(orders("D", 0)).select(Orders.ORDER_ID.col());

      Commit commit =
          one.merge(Orders.TABLE, orders("B", 22).union(orders("D", 4)), touched, new Txn("t", 2));
      Commit again =
          one.merge(Orders.TABLE, orders("B", 22).union(orders("D", 4)), touched, new Txn("t", 3));

      assertThat(commit.rows()).isEqualTo(3);
      assertThat(again.isWritten()).isFalse();
      assertThat(readings(one)).containsExactly("B 22", "C 3", "D 4");
    }
  }

  @Test
  void mergeIntoPartitionsFollowsARowThatMovesToAnother() {
    Lakehouse merging = lake(0);
    merging.append(
        Parted.TABLE, parted(1, "2025-01", "a").union(parted(2, "2025-02", "b")), new Txn("t", 1));

    merging.merge(Parted.TABLE, parted(1, "2025-03", "a"), new Txn("t", 2));

    assertThat(merging.read(Parted.TABLE).orderBy(Parted.ROW_ID.col()).collectAsList())
        .extracting(row -> row.getLong(0) + " " + row.getString(1))
        .containsExactly("1 2025-03", "2 2025-02");
  }

  @Test
  void insertNewKeepsWhatIsKnown() {
    lake.insertNew(Orders.TABLE, orders("A", 1), new Txn("t", 1));
    Commit second =
        lake.insertNew(Orders.TABLE, orders("A", 9).union(orders("B", 2)), new Txn("t", 2));
    Commit third = lake.insertNew(Orders.TABLE, orders("A", 9), new Txn("t", 3));

    assertThat(second.rows()).isEqualTo(1);
    assertThat(third.isWritten()).isFalse();
    assertThat(readings(lake)).containsExactly("A 1", "B 2");
  }

  @Test
  void changesTellRowsOfLaterVersionsOnly() {
    Commit first = lake.append(Orders.TABLE, orders("A", 1), new Txn("t", 1));
    lake.append(Orders.TABLE, orders("B", 2), new Txn("t", 2));

    assertThat(lake.changesSince(Orders.TABLE, first.version()).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("B");
    assertThat(lake.readAt(Orders.TABLE, first.version()).count()).isEqualTo(1);
  }

  @Test
  void aVersionIsToldFromThatOfTheSameNumberWrittenAfterARestore() throws IOException {
    lake.append(Orders.TABLE, orders("A", 1), new Txn("t", 1));
    String kept = lake.contentId(Orders.TABLE, 0);
    lake.append(Orders.TABLE, orders("B", 2), new Txn("t", 2));
    String lost = lake.contentId(Orders.TABLE, 1);
    try (Stream<Path> files = Files.list(folder.resolve("silver/orders/_delta_log"))) {
      for (Path file : files.filter(name -> name.toString().contains("00001.")).toList()) {
        Files.delete(file);
      }
    }
    DeltaLog.clearCache();

    lake.append(Orders.TABLE, orders("C", 3), new Txn("t", 3));

    assertThat(lake.contentId(Orders.TABLE, 1)).isNotEqualTo(lost);
    assertThat(lake.contentId(Orders.TABLE, 0)).isEqualTo(kept);
  }

  @Test
  void departureFromTheContractIsRefusedNamingAllFaults() {
    Dataset<Row> rows =
        orders("A", 1)
            .drop(Orders.DEALER_ID.name())
            .withColumn(Orders.ODOMETER_KM.name(), functions.lit("12"))
            .withColumn("colour", functions.lit("red"));

    assertThatThrownBy(() -> lake.append(Orders.TABLE, rows, new Txn("t", 1)))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot write silver.orders: column dealer_id is missing; column odometer_km is string, contract says int; the contract does not know colour.\n"
                + "Either correct the step that writes it, or change the contract and its readers together.");
    assertThat(lake.version(Orders.TABLE)).isEmpty();
  }

  @Test
  void nullInARequiredColumnIsRefusedByEveryKindOfWrite() {
    Dataset<Row> rows =
        orders("A", 1).withColumn(Orders.DEALER_ID.name(), functions.lit(null).cast("string"));
    String message = "Cannot write silver.orders: column dealer_id is null in at least one row";

    assertThatThrownBy(() -> lake.append(Orders.TABLE, rows, new Txn("t", 1)))
        .hasMessageStartingWith(message);
    lake.append(Orders.TABLE, orders("A", 1), new Txn("t", 2));
    assertThatThrownBy(() -> lake(0).merge(Orders.TABLE, rows, new Txn("t", 3)))
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> lake.replace(Orders.TABLE, rows, new Txn("t", 4)))
        .hasMessageStartingWith(message);
  }

  @Test
  void commentsOfTheContractStandInTheTable() {
    lake.append(Orders.TABLE, orders("A", 1), new Txn("t", 1));

    assertThat(lake.read(Orders.TABLE).schema().apply("odometer_km").getComment().get())
        .isEqualTo("Reading, km; null if not read.");
  }

  private Lakehouse lake(long rewriteBelowRows) {
    return new DeltaLakehouse(
            SparkSessionForTests.session(), folder.toString(), 2, rewriteBelowRows)
        .newSession();
  }

  private static List<String> readings(Lakehouse lake) {
    return lake.read(Orders.TABLE).orderBy(Orders.ORDER_ID.col()).collectAsList().stream()
        .map(row -> row.getAs("order_id") + " " + row.getAs("odometer_km"))
        .toList();
  }

  private static Dataset<Row> orders(String id, Integer odometer) {
    return TestRows.of(Orders.TABLE)
        .row(Orders.ORDER_ID, id, Orders.ODOMETER_KM, odometer, Orders.RUN_ID, "run")
        .build();
  }

  private static Dataset<Row> parted(long id, String month, String note) {
    return TestRows.of(Parted.TABLE)
        .row(Parted.ROW_ID, id, Parted.MONTH, month, Parted.NOTE, note)
        .build();
  }
}
