package io.servicelake.contract;

import static io.servicelake.contract.Columns.STRING;
import static io.servicelake.contract.Columns.TIMESTAMP;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The columns every silver fact carries: two times (when it happened, from when it was known) and
 * where it came from. After Snodgrass, "Developing Time-Oriented Database Applications in SQL"
 * (1999): valid time and transaction time, the latter being the source's own stamp.
 */
public final class Versioned {
  public static final Field OCCURRED_AT =
      new Field(
          "occurred_at", TIMESTAMP, false, "Occurred at", "发生时间", "When the fact happened, UTC.");
  public static final Field KNOWN_AT =
      new Field(
          "known_at",
          TIMESTAMP,
          false,
          "Known at",
          "知悉时间",
          "When the source entered or changed this version, UTC; never the arrival in the lake.");
  public static final Field SUPERSEDED_AT =
      new Field(
          "superseded_at",
          TIMESTAMP,
          true,
          "Superseded at",
          "失效时间",
          "known_at of the next version of the same key; null for the current version.");
  public static final Field SOURCE_ID =
      new Field("source_id", STRING, false, "Source", "来源", "Name of the mapping that read it.");
  public static final Field SOURCE_STAMP =
      new Field(
          "source_stamp",
          TIMESTAMP,
          false,
          "Source stamp",
          "文件时间",
          "Stamp of the file; settles two rows of one key with equal known_at: the later wins.");
  public static final Field BRONZE_ID =
      new Field(
          "bronze_id",
          STRING,
          false,
          "Source row",
          "原始行",
          "Row of bronze.source_rows it was made from: content hash of the file and line.");
  public static final Field CONTENT_HASH =
      new Field(
          "content_hash",
          STRING,
          false,
          "Content hash",
          "内容哈希",
          "SHA-256 over the business columns of the row; equal content is a duplicate.");

  private Versioned() {}

  /** The current version of every key. */
  public static Dataset<Row> current(Dataset<Row> versions) {
    return versions.where(SUPERSEDED_AT.col().isNull());
  }

  /**
   * The versions that were known at an instant (exclusive end of the as-of day).
   *
   * @param endOfDay first instant after the as-of day
   */
  public static Dataset<Row> knownBefore(Dataset<Row> versions, Column endOfDay) {
    return versions.where(isKnownBefore(endOfDay));
  }

  /** Condition form of {@link #knownBefore}. */
  public static Column isKnownBefore(Column endOfDay) {
    return KNOWN_AT
        .col()
        .lt(endOfDay)
        .and(
            functions
                .coalesce(SUPERSEDED_AT.col(), functions.lit("9999-12-31").cast(TIMESTAMP))
                .geq(endOfDay));
  }
}
