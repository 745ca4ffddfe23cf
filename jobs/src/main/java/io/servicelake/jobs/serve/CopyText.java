package io.servicelake.jobs.serve;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.spark.sql.Row;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * Rows in the text format of PostgreSQL's COPY. Instants are in UTC. The character NUL, which
 * PostgreSQL's texts cannot hold, is left out.
 */
final class CopyText {
  private static final String NULL = "\\N";
  private static final int FIRST_YEAR = 1;

  private CopyText() {}

  /** One line with its end. */
  static void append(StringBuilder out, Row row) {
    for (int i = 0; i < row.length(); i++) {
      if (i > 0) {
        out.append('\t');
      }
      if (row.isNullAt(i)) {
        out.append(NULL);
      } else {
        appendEscaped(out, text(row.get(i)));
      }
    }
    out.append('\n');
  }

  private static void appendEscaped(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\0' -> {}
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof String string) {
      return string;
    } else if (value instanceof Boolean bool) {
      return bool ? "t" : "f";
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof Number number) {
      return number.toString();
    } else if (value instanceof LocalDate date) {
      return day(date) + era(date);
    } else if (value instanceof Date date) {
      return text(date.toLocalDate());
    } else if (value instanceof Instant instant) {
      LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      return day(time.toLocalDate()) + " " + time.toLocalTime() + "+00" + era(time.toLocalDate());
    } else if (value instanceof Timestamp timestamp) {
      return text(timestamp.toInstant());
    } else if (value instanceof LocalDateTime time) {
      return day(time.toLocalDate()) + " " + time.toLocalTime() + era(time.toLocalDate());
    } else if (value instanceof byte[] bytes) {
      return "\\x" + HexFormat.of().formatHex(bytes);
    } else if (value instanceof Iterable<?> elements) {
      return array(elements);
    }
    throw new IllegalArgumentException("no text for " + value.getClass().getName());
  }

  /** Year, month and day as PostgreSQL reads them: without sign, years before 1 counted back. */
  private static String day(LocalDate date) {
    int year = date.getYear() < FIRST_YEAR ? 1 - date.getYear() : date.getYear();
    return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
  }

  private static String era(LocalDate date) {
    return date.getYear() < FIRST_YEAR ? " BC" : "";
  }

  private static String array(Iterable<?> elements) {
    StringBuilder out = new StringBuilder("{");
    for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
      Object element = each.next();
      if (out.length() > 1) {
        out.append(',');
      }
      if (element == null) {
        out.append("NULL");
      } else {
        String quoted = text(element).replace("\\", "\\\\").replace("\"", "\\\"");
        out.append('"').append(quoted).append('"');
      }
    }
    return out.append('}').toString();
  }
}
