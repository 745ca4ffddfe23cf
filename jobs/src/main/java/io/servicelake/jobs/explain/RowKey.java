package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.lit;

import io.servicelake.AllTables;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A row by the values of its key; {@code known_at} may be left out for the current version. */
public final class RowKey {
  private static final Set<Layer> CLOSED = Set.of(Layer.VAULT, Layer.SERVING_CONTACT);

  private final TableContract table;
  private final Map<Field, String> values;

  private RowKey(TableContract table, Map<Field, String> values) {
    this.table = table;
    this.values = values;
  }

  /**
   * Reads what was typed.
   *
   * @param column a column of the table, or null
   * @throws IllegalArgumentException naming every unknown table, column and missing part of the key
   */
  public static RowKey of(String tableId, Map<String, String> given, String column) {
    Optional<TableContract> found =
        AllTables.ALL.stream()
            .filter(t -> !CLOSED.contains(t.layer()))
            .filter(t -> t.id().equals(tableId) || t.name().equals(tableId))
            .findFirst();
    TableContract table =
        found.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot explain %s: there is no such table. Tables are named as in models/TABLES.md, for example serving.dealer_months. Correct --table."
                        .formatted(tableId)));
    List<Field> key =
        table.key().stream()
            .filter(field -> !table.isVersioned() || !field.name().equals("known_at"))
            .toList();
    List<String> faults = new ArrayList<>();
    Map<Field, String> values = new LinkedHashMap<>();
    for (Field field : key) {
      if (given.containsKey(field.name())) {
        values.put(field, given.get(field.name()));
      } else {
        faults.add("--key lacks " + field.name());
      }
    }
    given.keySet().stream()
        .filter(name -> table.keyNames().stream().noneMatch(name::equals))
        .forEach(name -> faults.add("%s is not of the key".formatted(name)));
    if (column != null && table.field(column).isEmpty()) {
      faults.add(
          "there is no column %s; it has %s"
              .formatted(column, String.join(", ", table.fieldNames())));
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot explain %s: %s. A row is named by its key: %s. Correct --key or --column."
              .formatted(
                  table.id(),
                  String.join("; ", faults),
                  key.stream().map(field -> field.name() + "=…").collect(Collectors.joining(","))));
    }
    return new RowKey(table, values);
  }

  TableContract table() {
    return table;
  }

  Column condition() {
    Column condition = lit(true);
    for (Map.Entry<Field, String> value : values.entrySet()) {
      condition =
          condition.and(
              value.getKey().col().equalTo(lit(value.getValue()).try_cast(value.getKey().type())));
    }
    return table.isVersioned()
        ? condition.and(io.servicelake.contract.Versioned.SUPERSEDED_AT.col().isNull())
        : condition;
  }

  String text() {
    return values.entrySet().stream()
        .map(value -> value.getKey().name() + "=" + value.getValue())
        .collect(Collectors.joining(","));
  }

  Row single(Dataset<Row> found) {
    List<Row> rows = found.limit(1).collectAsList();
    if (rows.isEmpty()) {
      throw new CannotException(
          "Cannot explain %s %s: the table has no such row. Keys stand as the table shows them, dates as yyyy-MM-dd. Look the key up in the table."
              .formatted(table.id(), text()));
    }
    return rows.get(0);
  }
}
