package io.servicelake.jobs.ingest;

import io.servicelake.jobs.io.LocalDisk;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Records of a Parquet file with flat columns: the first names the columns, line 2 is the first
 * row. Whole numbers in floating columns are given without a point, dates as {@code yyyy-MM-dd},
 * instants as {@code yyyy-MM-dd HH:mm:ss} in UTC; a nested column is given in Parquet's own words.
 */
final class ParquetRecords implements Records {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final ParquetReader<Group> reader;
  private Group first;
  private boolean isHeaderRead;
  private long line;

  ParquetRecords(SourceFile file) throws IOException {
    try {
      reader =
          ParquetReader.builder(new GroupReadSupport(), new Path(URI.create(file.uri())))
              .withConf(LocalDisk.configuration())
              .build();
      first = reader.read();
    } catch (RuntimeException e) {
      throw new FileFault("it is no Parquet file", e);
    }
  }

  @Override
  public RawRecord next() throws IOException {
    if (first == null) {
      return null;
    }
    if (!isHeaderRead) {
      isHeaderRead = true;
      line = 1;
      return new RawRecord(
          line, first.getType().getFields().stream().map(Type::getName).toArray(String[]::new));
    }
    Group row = first;
    RawRecord result = new RawRecord(++line, cells(row));
    try {
      first = reader.read();
    } catch (RuntimeException e) {
      throw new FileFault("its rows cannot be read to their end", e);
    }
    return result;
  }

  private static String[] cells(Group row) {
    GroupType type = row.getType();
    String[] cells = new String[type.getFieldCount()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.getFieldRepetitionCount(i) == 0 ? "" : text(row, i, type.getType(i));
    }
    return cells;
  }

  private static String text(Group row, int field, Type type) {
    if (!type.isPrimitive()) {
      return row.getGroup(field, 0).toString().strip();
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    PrimitiveTypeName name = primitive.getPrimitiveTypeName();
    if (name == PrimitiveTypeName.DOUBLE || name == PrimitiveTypeName.FLOAT) {
      double value =
          name == PrimitiveTypeName.DOUBLE ? row.getDouble(field, 0) : row.getFloat(field, 0);
      if (Double.isNaN(value)) {
        return "";
      }
      return Double.isInfinite(value)
          ? String.valueOf(value)
          : plain(new BigDecimal(row.getValueToString(field, 0)));
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(row.getInteger(field, 0)).toString();
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp
        && name == PrimitiveTypeName.INT64) {
      TimeUnit unit =
          switch (timestamp.getUnit()) {
            case MILLIS -> TimeUnit.MILLISECONDS;
            case MICROS -> TimeUnit.MICROSECONDS;
            case NANOS -> TimeUnit.NANOSECONDS;
          };
      return DATE_TIME.format(
          Instant.ofEpochSecond(0, 0).plusMillis(unit.toMillis(row.getLong(field, 0))));
    }
    return row.getValueToString(field, 0);
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
