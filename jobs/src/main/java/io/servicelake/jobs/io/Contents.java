package io.servicelake.jobs.io;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;

/** Hashes of what a table says, whatever the order of its rows and whichever run wrote them. */
public final class Contents {
  private Contents() {}

  /** Hash of a whole table without its run columns; equal for equal rows in any order. */
  public static String hash(TableContract table, Dataset<Row> rows) {
    Row sums =
        rows.select(rowHash(table).as("h"))
            .agg(
                functions.count(functions.lit(1)),
                functions.sum(functions.col("h").cast("decimal(20,0)")),
                functions.bit_xor(functions.col("h")))
            .first();
    return sums.get(0) + ":" + sums.get(1) + ":" + sums.get(2);
  }

  /** Hash of a row without its run columns. */
  public static Column rowHash(TableContract table) {
    List<Column> parts = new ArrayList<>();
    table.fields().stream()
        .filter(field -> !table.runColumns().contains(field))
        .forEach(
            field -> {
              parts.add(hashable(field));
              // A null leaves the hash as it is: say where it stands.
              if (field.isNullable()) {
                parts.add(field.col().isNull());
              }
            });
    return functions.xxhash64(parts.toArray(Column[]::new));
  }

  /** A map has no hash and no order of its own: its entries by key. */
  private static Column hashable(Field field) {
    return field.type() instanceof MapType
        ? functions.array_sort(functions.map_entries(field.col()))
        : field.col();
  }
}
