package io.servicelake.jobs.explain;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.explain.CellParts.CellPart;
import io.servicelake.transform.silver.MergeVersions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Walks a row back to the lines of source files behind it: a cell of key figures by the formula of
 * its KPI, any other row by the keys it shares with earlier tables.
 */
public final class Explainer {
  /** Column of a fact's rows: what the row adds to the figure. */
  static final String ADDS = "_adds";

  private static final String KEY = "_key";

  private final Function<TableContract, Dataset<Row>> tables;
  private final int limit;
  private final Map<String, SourceLine> lines = new LinkedHashMap<>();

  /**
   * @param tables gives each table, all at versions that belong together
   * @param limit most rows that are shown of each table
   */
  public Explainer(Function<TableContract, Dataset<Row>> tables, int limit) {
    this.tables = tables;
    this.limit = limit;
  }

  /**
   * What stands behind a row; {@link #lines()} holds the lines of files afterwards.
   *
   * @param column the cell that is asked for; null for the whole row
   */
  public Explanation explain(RowKey key, String column) {
    TableContract table = key.table();
    Dataset<Row> found = cut(tables.apply(table).where(key.condition()));
    Row row = key.single(found);
    Explanation root =
        Explanation.of(
            "%s %s%s".formatted(table.id(), key.text(), column == null ? "" : shown(row, column)));
    if (column == null) {
      for (Field field : table.fields()) {
        if (!table.key().contains(field) && root.notes().size() < limit) {
          root.notes().add(field.name() + shown(row, field.name()));
        }
      }
    }
    boolean isFigure = CellParts.isOfKeyFigures(table);
    List<CellPart> parts = isFigure ? CellParts.of(table, row, column) : List.of();
    Map<String, List<CellPart>> byFact = new LinkedHashMap<>();
    for (CellPart part : parts) {
      String fact = part.part().fact().id() + part.part().day().name();
      byFact
          .computeIfAbsent(column == null ? fact : part.column(), f -> new ArrayList<>())
          .add(part);
    }
    byFact
        .values()
        .forEach(
            of ->
                root.behind()
                    .add(of.size() == 1 ? cell(table, row, of.get(0)) : fact(table, row, of)));
    Set<String> asked = column == null || !parts.isEmpty() ? null : Set.of(column);
    walk(table, found, asked, root);
    return root;
  }

  /** Every line of a source file met so far, by table and place. */
  public List<SourceLine> lines() {
    return lines.values().stream()
        .sorted(
            Comparator.comparing(SourceLine::table)
                .thenComparing(SourceLine::file)
                .thenComparing(SourceLine::line))
        .toList();
  }

  private Explanation cell(TableContract table, Row row, CellPart part) {
    TableContract fact = part.part().fact();
    Dataset<Row> window = CellParts.window(table, row, part.part(), tables.apply(fact));
    Dataset<Row> rows = cut(part.counting(window));
    Explanation level = Explanation.rows(fact.id(), rows.count());
    level
        .notes()
        .add(
            "%s = %s by %s, from these rows %s"
                .formatted(
                    part.column(), part.formula(), part.part().day().name(), part.over(rows)));
    examples(fact, rows, level);
    walk(fact, rows, part.asked(), level);
    return level;
  }

  /** All figures of one fact together. */
  private Explanation fact(TableContract table, Row row, List<CellPart> parts) {
    TableContract fact = parts.get(0).part().fact();
    Dataset<Row> rows = cut(CellParts.window(table, row, parts.get(0).part(), tables.apply(fact)));
    Explanation level = Explanation.rows(fact.id(), rows.count());
    for (CellPart part : parts) {
      level.notes().add("%s = %s".formatted(part.column(), part.over(rows)));
    }
    examples(fact, rows, level);
    walk(fact, rows, null, level);
    return level;
  }

  private void walk(TableContract table, Dataset<Row> rows, Set<String> asked, Explanation level) {
    for (Link link : Lineage.of(table)) {
      if (link.leadsTo(asked)) {
        Dataset<Row> parents =
            cut(
                tables
                    .apply(link.parent())
                    .as(Link.PARENT)
                    .join(broadcast(rows.as(Link.CHILD)), link.condition(), "left_semi"));
        long count = parents.count();
        if (count > 0) {
          Explanation below = Explanation.rows(link.parent().id(), count);
          examples(link.parent(), parents, below);
          level.behind().add(below);
          walk(link.parent(), parents, link.askedOfParent(asked), below);
        }
      }
    }
    if (table.fields().contains(Versioned.BRONZE_ID) || table.equals(Rejects.TABLE)) {
      level.behind().add(files(table, rows));
    }
  }

  /** The lines of files that rows of silver were made from. */
  private Explanation files(TableContract table, Dataset<Row> rows) {
    Column[] key = MergeVersions.businessKey(table).stream().map(Field::col).toArray(Column[]::new);
    Dataset<Row> ids =
        rows.select(Versioned.BRONZE_ID.col(), concat_ws(" | ", key).as(KEY)).distinct();
    Map<String, List<SourceLine>> byFile = new TreeMap<>();
    tables
        .apply(SourceRows.TABLE)
        .join(broadcast(ids), SourceRows.BRONZE_ID.name())
        .select(
            col(KEY),
            SourceRows.SOURCE_ID.col(),
            SourceRows.FILE_NAME.col(),
            SourceRows.LINE_NUMBER.col(),
            SourceRows.BRONZE_ID.col())
        .collectAsList()
        .forEach(
            row -> {
              SourceLine line =
                  new SourceLine(
                      table.id(),
                      row.getString(0),
                      row.getString(1),
                      row.getString(2),
                      row.getLong(3),
                      row.getString(4));
              lines.put(line.table() + line.bronzeId() + line.key(), line);
              byFile.computeIfAbsent(line.file(), f -> new ArrayList<>()).add(line);
            });
    long count = byFile.values().stream().mapToLong(List::size).sum();
    Explanation level =
        Explanation.of("%d lines of %d source files".formatted(count, byFile.size()));
    byFile.forEach(
        (file, of) -> {
          if (level.notes().size() < limit) {
            String numbers =
                of.stream()
                    .map(SourceLine::line)
                    .sorted()
                    .limit(Math.max(1, limit))
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            level.notes().add(file + ":" + numbers + (of.size() > Math.max(1, limit) ? ", …" : ""));
          }
        });
    more(byFile.size(), level);
    return level;
  }

  private void examples(TableContract table, Dataset<Row> rows, Explanation level) {
    boolean adds = Arrays.asList(rows.columns()).contains(ADDS);
    List<Column> columns = new ArrayList<>();
    table.key().forEach(field -> columns.add(field.col()));
    columns.add(adds ? col(ADDS) : lit(null).cast("string").as(ADDS));
    int keys = table.key().size();
    rows.select(columns.toArray(Column[]::new))
        .orderBy(columns.subList(0, keys).toArray(Column[]::new))
        .limit(limit)
        .collectAsList()
        .forEach(
            row -> {
              List<String> values = new ArrayList<>();
              for (int i = 0; i < keys; i++) {
                values.add(table.key().get(i).name() + "=" + row.get(i));
              }
              level.notes().add(String.join(" ", values) + (adds ? "  adds " + row.get(keys) : ""));
            });
    more(rows.count(), level);
  }

  private void more(long count, Explanation level) {
    if (count > limit) {
      level.notes().add("… %d more".formatted(count - limit));
    }
  }

  private static String shown(Row row, String column) {
    return " = " + row.get(row.fieldIndex(column));
  }

  /** The rows, held, so that a long way back stays many short plans. */
  private static Dataset<Row> cut(Dataset<Row> rows) {
    return rows.localCheckpoint();
  }
}
