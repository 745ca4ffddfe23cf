package io.servicelake.transform;

import static io.servicelake.contract.Columns.DATE;
import static io.servicelake.contract.Columns.TIMESTAMP;

import io.servicelake.contract.Field;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The days features are computed for, each with the instant before which a version was known. */
public final class AsOfDays {
  public static final Field SNAPSHOT_ON =
      new Field("snapshot_on", DATE, false, "As of", "截至日", "The day.");
  public static final Field END_AT =
      new Field(
          "end_at", TIMESTAMP, false, "End", "截至时刻", "First instant after the day, lake's zone.");

  private static final StructType SCHEMA =
      new StructType(
          new org.apache.spark.sql.types.StructField[] {
            SNAPSHOT_ON.toStructField(), END_AT.toStructField()
          });
  private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

  private AsOfDays() {}

  /**
   * One row per day.
   *
   * @param zone the lake's zone, in which days end
   */
  public static Dataset<Row> of(SparkSession session, ZoneId zone, List<LocalDate> days) {
    return session.createDataFrame(
        days.stream().map(day -> row(day, day.plusDays(1).atStartOfDay(zone).toInstant())).toList(),
        SCHEMA);
  }

  /** The one day by which everything is known: current tables are computed for it. */
  public static Dataset<Row> endOfTime(SparkSession session) {
    return session.createDataFrame(
        List.of(row(END_OF_TIME, Instant.parse("9999-12-31T00:00:00Z"))), SCHEMA);
  }

  private static Row row(LocalDate day, Instant end) {
    return RowFactory.create(Date.valueOf(day), Timestamp.from(end));
  }
}
