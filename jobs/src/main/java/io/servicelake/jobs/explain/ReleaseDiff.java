package io.servicelake.jobs.explain;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.Lakehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Why published numbers changed between two releases: the changed cells with their values before
 * and after, and behind those of key figures the source rows that were added, corrected or are no
 * longer counted; else what changed of the code, the configuration, the mappings or the models.
 */
public final class ReleaseDiff {
  private final Lakehouse lake;
  private final ReleasePin before;
  private final ReleasePin after;
  private final int limit;

  /**
   * @param limit most cells shown of a table, and most source rows shown of a cell
   */
  public ReleaseDiff(Lakehouse lake, ReleasePin before, ReleasePin after, int limit) {
    this.lake = lake;
    this.before = before;
    this.after = after;
    this.limit = limit;
  }

  /**
   * Tells what differs, a line at a time; returns the number of changed cells and rows.
   *
   * @param tables serving tables to compare
   * @param column only this one; null for all
   */
  public long tell(List<TableContract> tables, String column, Consumer<String> out) {
    out.accept("Before  " + before.text());
    out.accept("After   " + after.text());
    List<String> others = otherCauses();
    List<String> causes = new ArrayList<>(new SourceChanges(lake, before, after).lines());
    causes.addAll(others);
    if (!before.asOf().equals(after.asOf())) {
      causes.add("the as-of day moved from %s to %s".formatted(before.asOf(), after.asOf()));
    }
    out.accept(causes.isEmpty() ? "Nothing they are made from changed." : "What changed:");
    causes.forEach(cause -> out.accept("  " + cause));
    long differences = 0;
    for (TableContract table : tables) {
      if (before.version(table) == after.version(table)) {
        continue;
      }
      TableDiff diff = TableDiff.of(table, at(table, before), at(table, after), column, limit);
      if (diff.isSame()) {
        continue;
      }
      differences += diff.added() + diff.removed() + diff.cellsCount();
      out.accept("");
      out.accept(
          String.format(
              Locale.ROOT,
              "%s: %,d cells changed, %,d rows added, %,d removed",
              table.id(),
              diff.cellsCount(),
              diff.added(),
              diff.removed()));
      for (TableDiff.Cell cell : diff.cells()) {
        out.accept(
            "  %s %s: %s → %s"
                .formatted(
                    new TreeMap<>(cell.key())
                        .entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining(",")),
                    cell.column(),
                    cell.before(),
                    cell.after()));
        if (CellParts.isOfKeyFigures(table)) {
          attribute(table, cell, others).forEach(line -> out.accept("    " + line));
        }
      }
    }
    if (differences == 0) {
      out.accept("No published number differs.");
    }
    return differences;
  }

  /** The source rows that make the difference in a cell. */
  List<String> attribute(TableContract table, TableDiff.Cell cell, List<String> others) {
    Map<String, List<SourceLine>> old = lines(table, cell, before);
    Map<String, List<SourceLine>> now = lines(table, cell, after);
    List<String> added = new ArrayList<>();
    List<String> corrected = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String key : new TreeSet<>(now.keySet())) {
      if (!old.containsKey(key)) {
        added.add(key + " at " + places(now.get(key)));
      } else if (!ids(old.get(key)).equals(ids(now.get(key)))) {
        corrected.add(
            "%s from %s to %s".formatted(key, places(old.get(key)), places(now.get(key))));
      }
    }
    for (String key : new TreeSet<>(old.keySet())) {
      if (!now.containsKey(key)) {
        removed.add(key + " at " + places(old.get(key)));
      }
    }
    List<String> lines = new ArrayList<>();
    tell("added", added, lines);
    tell("corrected", corrected, lines);
    tell("no longer counted", removed, lines);
    if (lines.isEmpty()) {
      lines.add(
          others.isEmpty()
              ? "the same source rows count; facts they are judged by changed (see above)"
              : "the same source rows count; " + String.join("; ", others));
    }
    return lines;
  }

  private void tell(String what, List<String> rows, List<String> lines) {
    if (!rows.isEmpty()) {
      lines.add("%s: %d".formatted(what, rows.size()));
      rows.stream().limit(limit).forEach(row -> lines.add("  " + row));
    }
  }

  private Map<String, List<SourceLine>> lines(
      TableContract table, TableDiff.Cell cell, ReleasePin pin) {
    Explainer explainer = new Explainer(t -> at(t, pin), 0);
    explainer.explain(RowKey.of(table.id(), cell.key(), cell.column()), cell.column());
    Map<String, List<SourceLine>> byKey = new LinkedHashMap<>();
    for (SourceLine line : explainer.lines()) {
      byKey.computeIfAbsent(line.table() + " " + line.key(), k -> new ArrayList<>()).add(line);
    }
    return byKey;
  }

  /** What changed beside the data. */
  private List<String> otherCauses() {
    List<String> causes = new ArrayList<>();
    if (!before.code().equals(after.code())) {
      causes.add("the code changed from %s to %s".formatted(before.code(), after.code()));
    }
    changed("the configuration of ", before.sections(), after.sections(), causes);
    changed("the mapping of ", before.mappings(), after.mappings(), causes);
    changed("the model ", before.models(), after.models(), causes);
    return causes;
  }

  private static void changed(
      String what, Map<String, String> before, Map<String, String> after, List<String> causes) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        causes.add(what + name.replaceAll("\\.latest$", "") + " changed");
      }
    }
  }

  private Dataset<Row> at(TableContract table, ReleasePin pin) {
    try {
      return lake.readAt(table, pin.version(table));
    } catch (RuntimeException e) {
      throw new CannotException(
          "Cannot compare with %s: version %d of %s cannot be read (%s). Versions older than maintain.retention_days are cleaned away. Compare with a later release."
              .formatted(
                  pin.text(),
                  pin.version(table),
                  table.id(),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static String places(List<SourceLine> lines) {
    return lines.stream().map(SourceLine::place).collect(Collectors.joining(", "));
  }

  private static List<String> ids(List<SourceLine> lines) {
    return lines.stream().map(SourceLine::bronzeId).sorted().toList();
  }
}
