package io.servicelake;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Builds a small table by its contract: a test sets the columns that matter, required ones it
 * leaves out get a neutral value (empty text, zero, false, 1970-01-01, empty list), optional ones
 * null. {@link LocalDate} and {@link Instant} are taken for dates and timestamps.
 */
public final class TestRows {
  private final TableContract table;
  private final List<Row> rows = new ArrayList<>();

  private TestRows(TableContract table) {
    this.table = table;
  }

  /** An empty table of the contract. */
  public static TestRows of(TableContract table) {
    return new TestRows(table);
  }

  /** Adds a row: field, value, field, value. */
  public TestRows row(Object... fieldsAndValues) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      Field field = (Field) fieldsAndValues[i];
      if (table.field(field.name()).isEmpty()) {
        throw new IllegalArgumentException(field.name() + " is no column of " + table.id());
      }
      given.put(field.name(), toSpark(fieldsAndValues[i + 1]));
    }
    rows.add(
        RowFactory.create(
            table.fields().stream()
                .map(
                    field ->
                        given.containsKey(field.name())
                            ? given.get(field.name())
                            : field.isNullable() ? null : neutral(field.type()))
                .toArray()));
    return this;
  }

  /** The table. */
  public Dataset<Row> build() {
    return SparkSessionForTests.session().createDataFrame(rows, table.schema());
  }

  private static Object toSpark(Object value) {
    if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    }
    if (value instanceof Instant instant) {
      return Timestamp.from(instant);
    }
    return value;
  }

  private static Object neutral(DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return "";
    } else if (type.equals(DataTypes.IntegerType)) {
      return 0;
    } else if (type.equals(DataTypes.LongType)) {
      return 0L;
    } else if (type.equals(DataTypes.DoubleType)) {
      return 0.0;
    } else if (type.equals(DataTypes.BooleanType)) {
      return false;
    } else if (type.equals(DataTypes.DateType)) {
      return Date.valueOf("1970-01-01");
    } else if (type.equals(DataTypes.TimestampType)) {
      return new Timestamp(0);
    } else if (type instanceof DecimalType) {
      return BigDecimal.ZERO;
    } else if (type instanceof ArrayType) {
      return List.of();
    }
    throw new IllegalArgumentException("no neutral value for " + type);
  }
}
