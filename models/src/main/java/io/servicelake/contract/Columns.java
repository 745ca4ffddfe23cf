package io.servicelake.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Collects the fields of one table in the order they are declared and closes them into a {@link
 * TableContract}.
 */
public final class Columns {
  public static final DataType STRING = DataTypes.StringType;
  public static final DataType INT = DataTypes.IntegerType;
  public static final DataType LONG = DataTypes.LongType;
  public static final DataType DOUBLE = DataTypes.DoubleType;
  public static final DataType BOOL = DataTypes.BooleanType;
  public static final DataType DATE = DataTypes.DateType;
  public static final DataType TIMESTAMP = DataTypes.TimestampType;
  public static final DataType STRINGS = DataTypes.createArrayType(DataTypes.StringType, false);
  public static final DataType INTS = DataTypes.createArrayType(DataTypes.IntegerType, false);
  public static final DataType LONGS = DataTypes.createArrayType(DataTypes.LongType, false);
  public static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /** Numbers by name. */
  public static final DataType DOUBLES_BY_NAME =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);

  public static final DataType DATES = DataTypes.createArrayType(DataTypes.DateType, false);

  /** Money at the edges of the lake, in units of the currency. */
  public static final DataType MONEY = DataTypes.createDecimalType(20, 2);

  /** Hours that add up exactly. */
  public static final DataType HOURS = DataTypes.createDecimalType(20, 4);

  private final List<Field> fields = new ArrayList<>();
  private final List<Field> key = new ArrayList<>();
  private final List<Field> partitionedBy = new ArrayList<>();
  private final Set<Field> runColumns = new LinkedHashSet<>();
  private final Map<String, String> formerNames = new LinkedHashMap<>();

  /** A column of the key. */
  public Field key(String name, DataType type, String labelEn, String labelZh, String meaning) {
    return key(new Field(name, type, false, labelEn, labelZh, meaning));
  }

  /** A column of the key that another table defines. */
  public Field key(Field field) {
    key.add(field);
    return with(field);
  }

  /** A column that is never null. */
  public Field required(
      String name, DataType type, String labelEn, String labelZh, String meaning) {
    return with(new Field(name, type, false, labelEn, labelZh, meaning));
  }

  /** A column that may be null; the meaning says what null stands for. */
  public Field optional(
      String name, DataType type, String labelEn, String labelZh, String meaning) {
    return with(new Field(name, type, true, labelEn, labelZh, meaning));
  }

  /** A column that tells of the run and not of the world. */
  public Field run(String name, DataType type, String labelEn, String labelZh, String meaning) {
    Field field = new Field(name, type, true, labelEn, labelZh, meaning);
    runColumns.add(field);
    return with(field);
  }

  /** A column that another table defines. */
  public Field with(Field field) {
    fields.add(field);
    return field;
  }

  /**
   * The name a column already declared had before: lakes written under it are renamed by the next
   * run.
   */
  public Columns formerly(Field field, String formerName) {
    formerNames.put(field.name(), formerName);
    return this;
  }

  /** Lays files out by a column already declared. */
  public Columns partitionedBy(Field field) {
    partitionedBy.add(field);
    return this;
  }

  /** The columns of a silver fact that keeps every version; known_at joins the key. */
  public Columns versioned() {
    with(Versioned.OCCURRED_AT);
    key(Versioned.KNOWN_AT);
    with(Versioned.SUPERSEDED_AT);
    with(Versioned.SOURCE_ID);
    with(Versioned.SOURCE_STAMP);
    with(Versioned.BRONZE_ID);
    with(Versioned.CONTENT_HASH);
    return this;
  }

  /** Closes the list. */
  public TableContract table(
      Layer layer, String name, String labelEn, String labelZh, String grain, String owner) {
    return new TableContract(
        layer,
        name,
        labelEn,
        labelZh,
        grain,
        owner,
        List.copyOf(key),
        List.copyOf(partitionedBy),
        Set.copyOf(runColumns),
        Map.copyOf(formerNames),
        List.copyOf(fields));
  }
}
