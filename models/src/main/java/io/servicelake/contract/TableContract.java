package io.servicelake.contract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a table promises: its layer, grain, key and columns. DDL, comments, TABLES.md and dashboards
 * come from it.
 *
 * @param key columns that identify a row
 * @param partitionedBy columns the files are laid out by; empty for most tables
 * @param runColumns columns that tell of the run and not of the world (left out of content
 *     comparisons)
 * @param formerNames names that columns had in earlier versions of the contract, by their names now
 */
public record TableContract(
    Layer layer,
    String name,
    String labelEn,
    String labelZh,
    String grain,
    String owner,
    List<Field> key,
    List<Field> partitionedBy,
    Set<Field> runColumns,
    Map<String, String> formerNames,
    List<Field> fields) {

  public TableContract {
    Set<String> names = new LinkedHashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "Cannot define %s.%s: column %s stands twice. A name identifies one column. Rename one of them."
                .formatted(layer.id(), name, field.name()));
      }
    }
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot define %s.%s: it has no key. Every table has a grain. Mark its columns with key(...)."
              .formatted(layer.id(), name));
    }
  }

  /** Layer and name, as written in SQL and messages: {@code silver.repair_orders}. */
  public String id() {
    return layer.id() + "." + name;
  }

  /** The schema a writer has to deliver. */
  public StructType schema() {
    StructType schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.toStructField());
    }
    return schema;
  }

  /** The field of that name, if the table has it. */
  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  /** True if rows carry {@code known_at} and {@code superseded_at}. */
  public boolean isVersioned() {
    return fields.contains(Versioned.KNOWN_AT) && fields.contains(Versioned.SUPERSEDED_AT);
  }

  /** Names of the key columns, in order. */
  public List<String> keyNames() {
    return key.stream().map(Field::name).toList();
  }

  /** Names of all columns, in order. */
  public List<String> fieldNames() {
    return fields.stream().map(Field::name).toList();
  }
}
