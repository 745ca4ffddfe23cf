package io.servicelake.jobs.ingest;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;

/** A kind of database column: how its values become text, and text a value of a condition. */
enum ColumnText {
  NUMBER,
  /** A time without a zone, as it stands. */
  TIME,
  /** An instant. */
  ZONED,
  DATE,
  BYTES,
  TEXT;

  private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter FINE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter PARSED =
      new DateTimeFormatterBuilder()
          .append(WHOLE)
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  /** The kind of a column, counted from 1. */
  static ColumnText of(ResultSetMetaData columns, int column) throws SQLException {
    String type = String.valueOf(columns.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
    return switch (columns.getColumnType(column)) {
      case Types.TIMESTAMP -> type.contains("tz") || type.contains("zone") ? ZONED : TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ZONED;
      case Types.DATE -> DATE;
      case Types.NUMERIC,
          Types.DECIMAL,
          Types.INTEGER,
          Types.BIGINT,
          Types.SMALLINT,
          Types.TINYINT ->
          NUMBER;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> BYTES;
      default -> TEXT;
    };
  }

  /**
   * The value as text; empty for null. Instants are given as local time of the zone, fractions of
   * seconds only where there are some.
   */
  String text(ResultSet rows, int column, ZoneId zone) throws SQLException {
    return switch (this) {
      case NUMBER -> {
        BigDecimal number = rows.getBigDecimal(column);
        yield number == null ? "" : number.toPlainString();
      }
      case TIME -> text(rows.getObject(column, LocalDateTime.class));
      case ZONED -> {
        OffsetDateTime instant = rows.getObject(column, OffsetDateTime.class);
        yield instant == null ? "" : text(instant.atZoneSameInstant(zone).toLocalDateTime());
      }
      case DATE -> {
        LocalDate day = rows.getObject(column, LocalDate.class);
        yield day == null ? "" : day.toString();
      }
      case BYTES -> {
        byte[] bytes = rows.getBytes(column);
        yield bytes == null ? "" : Base64.getEncoder().encodeToString(bytes);
      }
      case TEXT -> {
        String text = rows.getString(column);
        yield text == null ? "" : text;
      }
    };
  }

  /** Puts a watermark, as {@link #text} gave it in UTC, into a condition. */
  void bind(PreparedStatement statement, int parameter, String text) throws SQLException {
    switch (this) {
      case NUMBER -> statement.setBigDecimal(parameter, new BigDecimal(text));
      case TIME -> statement.setObject(parameter, LocalDateTime.parse(text, PARSED));
      case ZONED ->
          statement.setObject(
              parameter, LocalDateTime.parse(text, PARSED).atOffset(java.time.ZoneOffset.UTC));
      case DATE -> statement.setObject(parameter, LocalDate.parse(text));
      default -> statement.setString(parameter, text);
    }
  }

  private static String text(LocalDateTime time) {
    return time == null ? "" : time.format(time.getNano() == 0 ? WHOLE : FINE);
  }
}
