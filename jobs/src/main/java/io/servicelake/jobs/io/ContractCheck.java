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
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Holds computed rows against the contract of the table they are for. */
public final class ContractCheck {
  private static final String NULL_MARK = "[CONTRACT] ";
  private static final String NULL_END =
      "Either correct the step that writes it, or change the contract and its readers together.";

  private ContractCheck() {}

  /**
   * The rows with exactly the contract's columns in its order; reading them fails at a null in a
   * required one.
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
        table.fields().stream().map(field -> checked(table, field)).toArray(Column[]::new));
  }

  /** The column with the contract's comment; a null that must not be ends the write. */
  private static Column checked(TableContract table, Field field) {
    Column value =
        field.isNullable()
            ? field.col()
            : functions
                .when(field.col().isNotNull(), field.col())
                .otherwise(
                    functions.raise_error(functions.lit(NULL_MARK + nullMessage(table, field))));
    return value.as(field.name(), field.toStructField().metadata());
  }

  /** The user's words for a write that met a null in a required column; else the failure. */
  static RuntimeException explained(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      int begin = message.indexOf(NULL_MARK);
      if (begin >= 0) {
        int end = message.indexOf(NULL_END, begin);
        return new CannotException(
            message.substring(begin + NULL_MARK.length(), end + NULL_END.length()), failure);
      }
    }
    return failure;
  }

  private static String nullMessage(TableContract table, Field field) {
    return "Cannot write %s: column %s is null in at least one row, contract says it never is.\n%s"
        .formatted(table.id(), field.name(), NULL_END);
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

  /** The type as it compares: whether elements may be null is not kept by every writer. */
  public static DataType withNulls(DataType type) {
    if (type instanceof ArrayType array) {
      return new ArrayType(array.elementType(), true);
    }
    return type instanceof MapType map ? new MapType(map.keyType(), map.valueType(), true) : type;
  }
}
