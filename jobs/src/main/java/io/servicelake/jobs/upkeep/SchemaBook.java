package io.servicelake.jobs.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.JsonFile;
import io.servicelake.jobs.io.LakeFiles;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contracts that the tables of a lake were last found to keep, in {@code
 * _progress/_schemas.json}.
 *
 * @param contracts columns and types by table
 * @param changed version of a table at which its columns last changed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SchemaBook(Map<String, String> contracts, Map<String, Long> changed) {
  private static final JsonFile<SchemaBook> FILE =
      new JsonFile<>(
          "_progress/_schemas.json",
          SchemaBook.class,
          "the next run compares every table with its contract");

  /** The book of a lake; empty before the first run. */
  public static SchemaBook read(LakeFiles files) {
    return FILE.read(files).orElseGet(() -> new SchemaBook(Map.of(), Map.of()));
  }

  /** Version at which a table's columns last changed; -1 if they never did. */
  public long changedAt(TableContract table) {
    return changed.getOrDefault(table.id(), -1L);
  }

  boolean knows(TableContract table) {
    return signature(table).equals(contracts.get(table.id()));
  }

  /** The same after the table was found to keep its contract. */
  SchemaBook keeping(TableContract table) {
    Map<String, String> next = new TreeMap<>(contracts);
    next.put(table.id(), signature(table));
    return new SchemaBook(next, changed);
  }

  /** The same before a version that changes the table's columns. */
  SchemaBook changing(TableContract table, long version) {
    Map<String, Long> next = new TreeMap<>(changed);
    next.put(table.id(), version);
    return new SchemaBook(contracts, next);
  }

  void save(LakeFiles files) {
    FILE.write(files, this);
  }

  private static String signature(TableContract table) {
    StringBuilder text = new StringBuilder();
    table
        .fields()
        .forEach(
            field ->
                text.append(field.name())
                    .append(' ')
                    .append(field.type().simpleString())
                    .append(field.isNullable() ? ", " : " not null, "));
    return text.toString();
  }
}
