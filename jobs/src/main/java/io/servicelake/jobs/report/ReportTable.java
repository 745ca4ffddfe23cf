package io.servicelake.jobs.report;

import io.servicelake.contract.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A small table of the page: labelled columns, rows in a fixed order, values as JSON knows them
 * (dates as ISO text, fractions rounded to 6 digits).
 */
public record ReportTable(List<Heading> columns, List<List<Object>> rows) {

  /** A column: its field's name and labels. */
  public record Heading(String name, String en, String zh) {}

  /** All rows of a small relation that holds the fields, sorted by all columns from the left. */
  static ReportTable collect(Dataset<Row> relation, Field... fields) {
    Column[] columns = Arrays.stream(fields).map(Field::col).toArray(Column[]::new);
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : relation.select(columns).collectAsList()) {
      List<Object> values = new ArrayList<>(fields.length);
      for (int i = 0; i < fields.length; i++) {
        values.add(plain(row.get(i)));
      }
      rows.add(values);
    }
    rows.sort(ReportTable::compare);
    return new ReportTable(
        Arrays.stream(fields)
            .map(field -> new Heading(field.name(), field.labelEn(), field.labelZh()))
            .toList(),
        rows);
  }

  /** The value of a row in a column. */
  Object value(List<Object> row, Field field) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(field.name())) {
        return row.get(i);
      }
    }
    throw new IllegalArgumentException("the report's table has no column " + field.name());
  }

  /** Sum of a column over the rows that qualify; null counts as 0. */
  double sum(Field field, Predicate<List<Object>> which) {
    return rows.stream()
        .filter(which)
        .map(row -> value(row, field))
        .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : 0)
        .sum();
  }

  /** Rows whose column holds the value. */
  Predicate<List<Object>> where(Field field, Object expected) {
    return row -> expected.equals(value(row, field));
  }

  private static Object plain(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long) {
      return value;
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? rounded(BigDecimal.valueOf(number)) : null;
    }
    if (value instanceof BigDecimal number) {
      return rounded(number);
    }
    return value.toString();
  }

  private static Double rounded(BigDecimal number) {
    return number.setScale(6, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = ORDER.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static final Comparator<Object> ORDER =
      Comparator.nullsFirst(
          (left, right) ->
              left instanceof Number a && right instanceof Number b
                  ? Double.compare(a.doubleValue(), b.doubleValue())
                  : left.toString().compareTo(right.toString()));
}
