package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.transform.silver.MergeVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What came into the lake between two releases: source rows, and what they did to the facts. */
final class SourceChanges {
  private final Lakehouse lake;
  private final ReleasePin before;
  private final ReleasePin after;

  SourceChanges(Lakehouse lake, ReleasePin before, ReleasePin after) {
    this.lake = lake;
    this.before = before;
    this.after = after;
  }

  /** One line per source with new rows, and per silver table with changed facts. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    long from = before.version(SourceRows.TABLE);
    long to = after.version(SourceRows.TABLE);
    if (from < to) {
      added(from, to)
          .groupBy(SourceRows.SOURCE_ID.col())
          .agg(count(lit(1)), countDistinct(SourceRows.FILE_NAME.col()))
          .orderBy(SourceRows.SOURCE_ID.col())
          .collectAsList()
          .forEach(
              row ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "source %s: %,d rows of %d files added",
                          row.getString(0),
                          row.getLong(1),
                          row.getLong(2))));
    }
    for (TableContract table : IngestSteps.TABLES) {
      if (before.version(table) != after.version(table)) {
        facts(table, lines);
      }
    }
    return lines;
  }

  private Dataset<Row> added(long from, long to) {
    return lake.readAt(SourceRows.TABLE, to)
        .select(SourceRows.BRONZE_ID.col(), SourceRows.SOURCE_ID.col(), SourceRows.FILE_NAME.col())
        .join(
            lake.readAt(SourceRows.TABLE, from).select(SourceRows.BRONZE_ID.col()),
            new String[] {SourceRows.BRONZE_ID.name()},
            "left_anti");
  }

  /** Facts by their current version before and after. */
  private void facts(TableContract table, List<String> lines) {
    Column same = lit(true);
    for (Field field : MergeVersions.businessKey(table)) {
      same = same.and(field.of("b").equalTo(field.of("a")));
    }
    Row counts =
        current(table, before)
            .as("b")
            .join(current(table, after).as("a"), same, "full_outer")
            .agg(
                count_if(Versioned.CONTENT_HASH.of("b").isNull()),
                count_if(Versioned.CONTENT_HASH.of("b").notEqual(Versioned.CONTENT_HASH.of("a"))),
                count_if(Versioned.CONTENT_HASH.of("a").isNull()))
            .first();
    if (counts.getLong(0) + counts.getLong(1) + counts.getLong(2) > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %,d added, %,d corrected, %,d removed",
              table.id(),
              counts.getLong(0),
              counts.getLong(1),
              counts.getLong(2)));
    }
  }

  private Dataset<Row> current(TableContract table, ReleasePin pin) {
    List<Column> columns = new ArrayList<>();
    MergeVersions.businessKey(table).forEach(field -> columns.add(field.col()));
    columns.add(Versioned.CONTENT_HASH.col());
    return Versioned.current(lake.readAt(table, pin.version(table)))
        .select(columns.toArray(Column[]::new));
  }
}
