package io.servicelake.transform.gold;

import io.servicelake.contract.Field;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the tests of gold share: the zone, times by day, and reading columns of a result. */
final class GoldRows {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private GoldRows() {}

  /** Ten in the morning in the zone. */
  static Instant at(String day) {
    return Instant.parse(day + "T02:00:00Z");
  }

  /** The chosen columns of all rows as text, sorted. */
  static List<String> of(Dataset<Row> rows, Field... fields) {
    return rows
        .select(Stream.of(fields).map(Field::col).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }
}
