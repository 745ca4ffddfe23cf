package io.servicelake.contract;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a table: the one place its name, type, nullability, labels and meaning stand. The
 * unit is the suffix of the name ({@code _km}, {@code _days}, {@code _hours}, {@code _amount_minor}
 * in hundredths of the currency, {@code _count}, {@code _rate} from 0 to 1, {@code _on} a date in
 * the lake's zone, {@code _at} a UTC instant).
 */
public record Field(
    String name,
    DataType type,
    boolean isNullable,
    String labelEn,
    String labelZh,
    String meaning) {

  /** The column, by name. */
  public Column col() {
    return functions.col(name);
  }

  /** The column of a relation that was given an alias. */
  public Column of(String alias) {
    return functions.col(alias + "." + name);
  }

  /** The field in Spark's words, its meaning as the comment. */
  public StructField toStructField() {
    return new StructField(
        name, type, isNullable, new MetadataBuilder().putString("comment", meaning).build());
  }

  /** The same field under another name: for tables that carry a key of another table. */
  public Field as(String newName) {
    return new Field(newName, type, isNullable, labelEn, labelZh, meaning);
  }

  /** The same field where a value may be missing. */
  public Field orNull() {
    return new Field(name, type, true, labelEn, labelZh, meaning);
  }
}
