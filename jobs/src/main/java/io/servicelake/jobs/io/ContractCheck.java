package io.servicelake.jobs.io;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Holds computed rows against the contract of the table they are for. */
public final class ContractCheck {
  private ContractCheck() {}

  /**
   * The rows with exactly the contract's columns in its order.
   *
   * @throws CannotException naming every column that is missing, unknown or of another type
   */
  public static Dataset<Row> conform(TableContract table, Dataset<Row> rows) {
    List<String> faults = faults(table, rows.schema());
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot write %s: %s.\nEither correct the step that writes it, or change the contract and its readers together."
              .formatted(table.id(), String.join("; ", faults)));
    }
    return rows.select(
        table.fields().stream()
            .map(field -> field.col().as(field.name(), Metadata.empty()))
            .toArray(Column[]::new));
  }

  /** Every way in which a schema departs from the contract; nullability is checked by the write. */
  public static List<String> faults(TableContract table, StructType schema) {
    List<String> faults = new ArrayList<>();
    for (Field field : table.fields()) {
      Optional<StructField> found =
          Arrays.stream(schema.fields()).filter(f -> f.name().equals(field.name())).findFirst();
      if (found.isEmpty()) {
        faults.add("column %s is missing".formatted(field.name()));
      } else if (!withNulls(found.get().dataType()).equals(withNulls(field.type()))) {
        faults.add(
            "column %s is %s, contract says %s"
                .formatted(
                    field.name(),
                    found.get().dataType().simpleString(),
                    field.type().simpleString()));
      }
    }
    Set<String> known = Set.copyOf(table.fieldNames());
    String unknown =
        Arrays.stream(schema.fieldNames())
            .filter(name -> !known.contains(name))
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      faults.add("the contract does not know %s".formatted(unknown));
    }
    return faults;
  }

  /** The contract's columns as the lake stores them. */
  static StructType stored(TableContract table) {
    StructType schema = new StructType();
    for (Field field : table.fields()) {
      StructField column = field.toStructField();
      schema =
          schema.add(
              new StructField(
                  column.name(),
                  withNulls(column.dataType()),
                  column.nullable(),
                  column.metadata()));
    }
    return schema;
  }

  private static DataType withNulls(DataType type) {
    return type instanceof ArrayType array ? new ArrayType(array.elementType(), true) : type;
  }
}
