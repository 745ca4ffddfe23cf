package io.servicelake.jobs.serve;

import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;

/** What a published table looks like in PostgreSQL: its statements, all made from the contract. */
record TableShape(PublishedTable table) {
  private static final int LONGEST_NAME = 50;
  private static final int HASH_CHARS = 16;

  String id() {
    return table.contract().id();
  }

  /** Schema of the view that readers see. */
  String schema() {
    return table.contract().layer().id();
  }

  String viewName() {
    return table.contract().name();
  }

  String view() {
    return Sql.name(schema(), viewName());
  }

  String physicalSchema() {
    return physicalSchema(table.contract().layer());
  }

  static String physicalSchema(Layer layer) {
    return layer.id() + "_physical";
  }

  /** The one role that reads the table. */
  DatabaseRole reader() {
    return readerOf(table.contract().layer());
  }

  static DatabaseRole readerOf(Layer layer) {
    return layer == Layer.SERVING_CONTACT ? DatabaseRole.CONTACT_READER : DatabaseRole.BI_READER;
  }

  /** What keeps the table from being published; empty if nothing does. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (viewName().length() > LONGEST_NAME) {
      faults.add("its name is longer than %d characters".formatted(LONGEST_NAME));
    }
    if (schema().equals(Layer.SERVING.id()) && viewName().equals(Releases.CURRENT_RELEASE)) {
      faults.add("its name is that of the view which tells the release");
    }
    Set<String> delivered = new LinkedHashSet<>(List.of(table.rows().columns()));
    for (Field field : table.contract().fields()) {
      if (!delivered.remove(field.name())) {
        faults.add("column %s is missing".formatted(field.name()));
        continue;
      }
      StructField column = table.rows().schema().apply(field.name());
      if (!column.dataType().simpleString().equals(field.type().simpleString())) {
        faults.add(
            "column %s is %s, contract says %s"
                .formatted(
                    field.name(), column.dataType().simpleString(), field.type().simpleString()));
      }
      if (PostgresTypes.of(field.type()).isEmpty()) {
        faults.add(
            "column %s is %s, for which PostgreSQL has no column"
                .formatted(field.name(), field.type().simpleString()));
      }
    }
    for (String column : delivered) {
      faults.add("column %s is not in the contract".formatted(column));
    }
    return faults.stream().map(fault -> id() + ": " + fault).toList();
  }

  String createTable(String physical) {
    return table.contract().fields().stream()
        .map(TableShape::column)
        .collect(Collectors.joining(", ", "CREATE TABLE " + physical + " (", ")"));
  }

  String copyInto(String physical) {
    return "COPY %s (%s) FROM STDIN".formatted(physical, Sql.names(table.contract().fieldNames()));
  }

  String createKey(String physical) {
    return "CREATE UNIQUE INDEX ON %s (%s) NULLS NOT DISTINCT"
        .formatted(physical, Sql.names(table.contract().keyNames()));
  }

  List<String> createIndexes(String physical) {
    return table.indexes().stream()
        .map(columns -> "CREATE INDEX ON %s (%s)".formatted(physical, Sql.names(columns)))
        .toList();
  }

  /** Rights of the reader: the view, and the table below, whose schema it cannot name. */
  List<String> grants(String physical) {
    return List.of(
        "GRANT SELECT ON %s TO %s".formatted(physical, reader().roleName()),
        "GRANT SELECT ON %s TO %s".formatted(view(), reader().roleName()));
  }

  String createView(String physical) {
    return "CREATE OR REPLACE VIEW %s WITH (security_invoker = true) AS SELECT %s FROM %s"
        .formatted(view(), Sql.names(table.contract().fieldNames()), physical);
  }

  /** Both labels, then the grain or the meaning, at the view and at each of its columns. */
  String comments() {
    TableContract contract = table.contract();
    StringBuilder sql = new StringBuilder();
    sql.append(
        "COMMENT ON VIEW %s IS %s;\n"
            .formatted(view(), comment(contract.labelEn(), contract.labelZh(), contract.grain())));
    for (Field field : contract.fields()) {
      sql.append(
          "COMMENT ON COLUMN %s.%s IS %s;\n"
              .formatted(
                  view(),
                  Sql.name(field.name()),
                  comment(field.labelEn(), field.labelZh(), field.meaning())));
    }
    return sql.toString();
  }

  /** Changes when anything but the rows does: columns, key, indexes or words. */
  String fingerprint() {
    String all =
        String.join(
            "\n",
            createTable("t"),
            createKey("t"),
            String.join("\n", createIndexes("t")),
            comments());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String column(Field field) {
    return "%s %s%s"
        .formatted(
            Sql.name(field.name()),
            PostgresTypes.of(field.type()).orElseThrow(),
            field.isNullable() ? "" : " NOT NULL");
  }

  private static String comment(String labelEn, String labelZh, String meaning) {
    return Sql.text("%s | %s: %s".formatted(labelEn, labelZh, meaning));
  }
}
