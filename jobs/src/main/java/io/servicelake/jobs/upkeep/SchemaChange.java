package io.servicelake.jobs.upkeep;

import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.io.ContractCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * How a stored table departs from its contract, and what brings it there.
 *
 * @param kind what is to be done
 * @param sources name of the stored column by column of the contract; absent where there is none
 * @param notes what is different, in words
 */
record SchemaChange(Kind kind, Map<String, String> sources, List<String> notes) {
  /** What is to be done, from nothing to most. */
  enum Kind {
    /** The table keeps the contract. */
    NONE,
    /** Columns that may be null are added; no file is written. */
    ADD,
    /** The rows are written once more under new names and types. */
    REWRITE,
    /** The rows cannot be brought there: the table is emptied and computed anew. */
    RECOMPUTE,
    /** The rows cannot be brought there and cannot be computed again. */
    REFUSE
  }

  /** Layers whose rows nothing else in the lake could give again. */
  private static final Set<Layer> IRREPLACEABLE =
      EnumSet.of(Layer.BRONZE, Layer.VAULT, Layer.DECISION, Layer.OPS);

  static SchemaChange of(TableContract table, StructType stored) {
    Map<String, DataType> types = new LinkedHashMap<>();
    Arrays.stream(stored.fields()).forEach(field -> types.put(field.name(), field.dataType()));
    Map<String, String> sources = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    Kind kind = Kind.NONE;
    Kind lost =
        IRREPLACEABLE.contains(table.layer()) || table.equals(Rejects.TABLE)
            ? Kind.REFUSE
            : Kind.RECOMPUTE;
    Set<String> left = new HashSet<>(types.keySet());
    for (Field field : table.fields()) {
      String former = table.formerNames().get(field.name());
      String source =
          types.containsKey(field.name())
              ? field.name()
              : former != null && types.containsKey(former) ? former : null;
      if (source == null) {
        notes.add("%s is new".formatted(field.name()));
        boolean isByDay = table.layer() == Layer.FEATURE;
        kind = max(kind, !field.isNullable() ? lost : isByDay ? Kind.RECOMPUTE : Kind.ADD);
        continue;
      }
      left.remove(source);
      sources.put(field.name(), source);
      if (!source.equals(field.name())) {
        notes.add("%s was %s".formatted(field.name(), source));
        kind = max(kind, Kind.REWRITE);
      }
      DataType from = types.get(source);
      if (!ContractCheck.withNulls(from).equals(ContractCheck.withNulls(field.type()))) {
        notes.add(
            "%s was %s, is %s"
                .formatted(field.name(), from.simpleString(), field.type().simpleString()));
        boolean isLossless = isLossless(from, field.type());
        kind = max(kind, isLossless ? Kind.REWRITE : lost);
        if (!isLossless) {
          sources.remove(field.name());
        }
      }
    }
    for (String name : stored.fieldNames()) {
      if (left.contains(name)) {
        notes.add("%s is gone".formatted(name));
        kind = max(kind, lost == Kind.REFUSE ? Kind.REFUSE : Kind.REWRITE);
      }
    }
    return new SchemaChange(kind, sources, notes);
  }

  /** True if every value of one type is a value of the other. */
  static boolean isLossless(DataType from, DataType to) {
    if (from.equals(DataTypes.IntegerType)) {
      return to.equals(DataTypes.LongType) || to.equals(DataTypes.DoubleType) || holds(to, 10, 0);
    }
    if (from.equals(DataTypes.LongType)) {
      return holds(to, 19, 0);
    }
    if (from.equals(DataTypes.FloatType)) {
      return to.equals(DataTypes.DoubleType);
    }
    return from instanceof DecimalType decimal && holds(to, decimal.precision(), decimal.scale());
  }

  private static boolean holds(DataType to, int precision, int scale) {
    return to instanceof DecimalType decimal
        && decimal.scale() >= scale
        && decimal.precision() - decimal.scale() >= precision - scale;
  }

  private static Kind max(Kind a, Kind b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
