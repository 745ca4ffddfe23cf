package io.servicelake.transform.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Dealers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class MergeVersionsTest {
  private record Version(String key, int known, int stamp, String content, int line) {}

  @Test
  void anyOrderAndPartitionOfBatchesGivesTheSameTableAndTheSameFates() {
    Random random = new Random(20260101);
    List<Version> versions = new ArrayList<>();
    for (int line = 0; line < 40; line++) {
      versions.add(
          new Version(
              "D" + random.nextInt(4),
              random.nextInt(4),
              random.nextInt(3),
              "name" + random.nextInt(2),
              line));
    }
    List<String> atOnce = table(inBatches(List.of(versions), new TreeMap<>()));
    for (int trial = 0; trial < 3; trial++) {
      List<Version> shuffled = new ArrayList<>(versions);
      Collections.shuffle(shuffled, random);
      int cut = 1 + random.nextInt(versions.size() - 2);
      List<List<Version>> batches =
          List.of(shuffled.subList(0, cut), shuffled.subList(cut, versions.size()));
      Map<String, Long> fates = new TreeMap<>();

      assertThat(table(inBatches(batches, fates))).isEqualTo(atOnce);
      assertThat(fates.values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(versions.size());
      assertThat(fates.get("ACCEPTED")).isEqualTo(atOnce.size());
    }
  }

  @Test
  void aRowSeenAgainChangesNothing() {
    List<Version> versions =
        List.of(new Version("D1", 1, 1, "old", 1), new Version("D1", 2, 1, "new", 2));
    List<String> once = table(inBatches(List.of(versions), new TreeMap<>()));
    Map<String, Long> fates = new TreeMap<>();

    List<String> twice =
        table(inBatches(List.of(versions, List.of(new Version("D1", 1, 1, "old", 7))), fates));

    assertThat(twice).isEqualTo(once);
    assertThat(fates).containsEntry("ACCEPTED", 2L).containsEntry("DUPLICATE", 1L);
    assertThat(once.get(0)).contains("old").contains("1970-01-01 00:00:02.0");
    assertThat(once.get(1)).contains("new").endsWith("null");
  }

  @Test
  void ofTwoRowsWithOneKeyAndTimeTheLaterFileWins() {
    Map<String, Long> fates = new TreeMap<>();

    List<String> rows =
        table(
            inBatches(
                List.of(
                    List.of(new Version("D1", 1, 5, "late", 1)),
                    List.of(new Version("D1", 1, 3, "early", 2))),
                fates));

    assertThat(rows).hasSize(1).allMatch(row -> row.contains("late"));
    assertThat(fates).containsEntry("SUPERSEDED", 1L);
  }

  /** Merges batch after batch; counts the fates as the product does. */
  private static Dataset<Row> inBatches(List<List<Version>> batches, Map<String, Long> fates) {
    Dataset<Row> held = TestRows.of(Dealers.TABLE).build();
    for (List<Version> batch : batches) {
      Dataset<Row> candidates = rows(batch);
      Dataset<Row> ofTouched =
          held.join(
              candidates.select(Dealers.DEALER_ID.col()).distinct(),
              new String[] {Dealers.DEALER_ID.name()},
              "left_semi");
      Dataset<Row> others =
          held.join(
              candidates.select(Dealers.DEALER_ID.col()),
              new String[] {Dealers.DEALER_ID.name()},
              "left_anti");
      Dataset<Row> judged =
          MergeVersions.merge(ofTouched, candidates, Dealers.TABLE).localCheckpoint();
      for (Row row :
          judged
              .groupBy(MergeVersions.IS_HELD.col(), MergeVersions.FATE.col())
              .count()
              .collectAsList()) {
        String fate = row.getString(1);
        long count = row.getLong(2);
        if (!row.getBoolean(0)) {
          fates.merge(fate, count, Long::sum);
        } else if (!fate.equals("ACCEPTED")) {
          fates.merge("ACCEPTED", -count, Long::sum);
          fates.merge(fate, count, Long::sum);
        }
      }
      held = others.union(MergeVersions.accepted(judged, Dealers.TABLE)).localCheckpoint();
    }
    return held;
  }

  private static Dataset<Row> rows(List<Version> versions) {
    TestRows rows = TestRows.of(Dealers.TABLE);
    for (Version version : versions) {
      rows.row(
          Dealers.DEALER_ID, version.key(),
          Dealers.DEALER_NAME, version.content(),
          Versioned.KNOWN_AT, Instant.ofEpochSecond(version.known()),
          Versioned.SOURCE_STAMP, Instant.ofEpochSecond(version.stamp()),
          Versioned.BRONZE_ID, "file:" + version.line(),
          Versioned.CONTENT_HASH, version.content());
    }
    return rows.build()
        .withColumn(SourceRows.BATCH_NO.name(), functions.lit(1L).cast(Columns.LONG));
  }

  private static List<String> table(Dataset<Row> rows) {
    Field[] fields = {
      Dealers.DEALER_ID,
      Versioned.KNOWN_AT,
      Versioned.SOURCE_STAMP,
      Dealers.DEALER_NAME,
      Versioned.BRONZE_ID,
      Versioned.SUPERSEDED_AT
    };
    List<String> texts = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      StringBuilder text = new StringBuilder();
      for (Field field : fields) {
        text.append(row.<Object>getAs(field.name())).append(" | ");
      }
      texts.add(text.substring(0, text.length() - 3));
    }
    Collections.sort(texts);
    return texts;
  }
}
