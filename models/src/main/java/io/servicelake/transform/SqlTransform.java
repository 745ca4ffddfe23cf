package io.servicelake.transform;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Runs one statement file as a pure function: named tables in, rows out. Values reach the statement
 * through named parameters only. Tables are visible to it under their names while it is analysed
 * and not after; calls on one session take turns, calls on different sessions do not meet.
 */
public final class SqlTransform {
  private static final String FOLDER = "/sql/";

  private final String file;
  private final Map<String, Dataset<Row>> inputs = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  private SqlTransform(String file) {
    this.file = file;
  }

  /**
   * The statement of a file below {@code sql/}.
   *
   * @param file layer and name: {@code gold/visit_versions.sql}
   */
  public static SqlTransform of(String file) {
    return new SqlTransform(file);
  }

  /** A table the statement reads, under the contract's name. */
  public SqlTransform reading(TableContract table, Dataset<Row> rows) {
    return reading(table.name(), rows);
  }

  /** Rows the statement reads under a name of their own. */
  public SqlTransform reading(String name, Dataset<Row> rows) {
    inputs.put(name, rows);
    return this;
  }

  /** A value the statement names with a colon before it. */
  public SqlTransform with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** The rows of the statement as they are. */
  public Dataset<Row> rows() {
    SparkSession session = oneSession();
    String statement = text(file);
    synchronized (session) {
      try {
        inputs.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        return session.sql(statement, values);
      } finally {
        inputs.keySet().forEach(name -> forget(session, name));
      }
    }
  }

  /**
   * The rows in the columns of a contract, in its order; numbers are cast to its types.
   *
   * @throws IllegalStateException if the statement lacks a column, has one too many, or one of
   *     another kind
   */
  public Dataset<Row> to(TableContract table) {
    Dataset<Row> rows = rows();
    List<String> faults = faults(rows.schema(), table);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "Cannot compute %s: %s. The statement %s and the contract have to agree. Change both together."
              .formatted(table.id(), String.join("; ", faults), file));
    }
    return rows.select(
        table.fields().stream()
            .map(
                field ->
                    field.type() instanceof NumericType
                        ? field.col().cast(field.type()).as(field.name())
                        : field.col())
            .toArray(Column[]::new));
  }

  private List<String> faults(StructType schema, TableContract table) {
    List<String> names = List.of(schema.fieldNames());
    List<String> faults = new ArrayList<>();
    for (Field field : table.fields()) {
      if (!names.contains(field.name())) {
        faults.add("column " + field.name() + " is missing");
        continue;
      }
      DataType type = schema.apply(field.name()).dataType();
      if (!isAssignable(type, field.type())) {
        faults.add(
            "column %s is %s, contract says %s"
                .formatted(field.name(), type.simpleString(), field.type().simpleString()));
      }
    }
    names.stream()
        .filter(name -> table.field(name).isEmpty())
        .forEach(name -> faults.add("column " + name + " is not in the contract"));
    return faults;
  }

  private static boolean isAssignable(DataType from, DataType to) {
    return DataType.equalsStructurally(from, to, true)
        || (from instanceof NumericType && to instanceof NumericType);
  }

  /** Spark's public way to drop a name also drops the cached rows behind it. */
  private static void forget(SparkSession session, String name) {
    ((org.apache.spark.sql.classic.SparkSession) session)
        .sessionState()
        .catalog()
        .dropTempView(name);
  }

  private SparkSession oneSession() {
    List<SparkSession> sessions =
        inputs.values().stream().map(Dataset::sparkSession).distinct().toList();
    if (sessions.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot run %s: its inputs come from %d sessions. Names live in one session. Read all inputs of a step in the step's session."
              .formatted(file, sessions.size()));
    }
    return sessions.get(0);
  }

  private static String text(String file) {
    try (InputStream in = SqlTransform.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "Cannot run %s: no such statement. Statements lie in src/main/resources/sql/<layer>/<table>.sql. Correct the name."
                .formatted(file));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read statement " + file + ".", e);
    }
  }
}
