package io.servicelake.jobs.serve;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/** Which PostgreSQL type holds a column of the lake. */
final class PostgresTypes {
  private static final Map<DataType, String> SIMPLE =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, "boolean"),
          Map.entry(DataTypes.ByteType, "smallint"),
          Map.entry(DataTypes.ShortType, "smallint"),
          Map.entry(DataTypes.IntegerType, "integer"),
          Map.entry(DataTypes.LongType, "bigint"),
          Map.entry(DataTypes.FloatType, "real"),
          Map.entry(DataTypes.DoubleType, "double precision"),
          Map.entry(DataTypes.DateType, "date"),
          Map.entry(DataTypes.TimestampType, "timestamp with time zone"),
          Map.entry(DataTypes.TimestampNTZType, "timestamp without time zone"),
          Map.entry(DataTypes.BinaryType, "bytea"));

  private PostgresTypes() {}

  /** The type's name; empty for maps, structs and arrays of arrays. */
  static Optional<String> of(DataType type) {
    if (type instanceof StringType) {
      return Optional.of("text");
    }
    if (type instanceof DecimalType decimal) {
      return Optional.of("numeric(%d,%d)".formatted(decimal.precision(), decimal.scale()));
    }
    if (type instanceof ArrayType array && !(array.elementType() instanceof ArrayType)) {
      return of(array.elementType()).map(element -> element + "[]");
    }
    return Optional.ofNullable(SIMPLE.get(type));
  }
}
