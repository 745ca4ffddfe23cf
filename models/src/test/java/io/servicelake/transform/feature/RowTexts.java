package io.servicelake.transform.feature;

import io.servicelake.contract.Field;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Cells of rows as text. */
final class RowTexts {
  private RowTexts() {}

  /**
   * The rows of an entity on a day, sorted; cells joined by bars.
   *
   * @param day written as a date
   */
  static List<String> of(
      List<Row> rows, Field key, String entity, Field dayField, String day, Field... fields) {
    return rows.stream()
        .filter(row -> row.getAs(key.name()).equals(entity))
        .filter(row -> row.getAs(dayField.name()).toString().equals(day))
        .map(
            row ->
                Stream.of(fields)
                    .map(field -> text(row.getAs(field.name())))
                    .collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }

  private static String text(Object cell) {
    return Objects.toString(
        cell instanceof scala.collection.Seq<?> list ? CollectionConverters.asJava(list) : cell);
  }
}
