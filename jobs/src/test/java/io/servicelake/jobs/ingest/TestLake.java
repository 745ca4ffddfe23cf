package io.servicelake.jobs.ingest;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.jobs.AsOf;
import io.servicelake.jobs.FlowRunner;
import io.servicelake.jobs.RunListener;
import io.servicelake.jobs.RunResult;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.StepResult;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake in a folder, with the ingest part of the flow. */
final class TestLake {
  static final MasterKey MASTER = MasterKey.of("a key for tests, 32 bytes long !".getBytes());

  final Lakehouse lake;
  private final List<Mapping> mappings;
  private final String folder;
  private final String[] sets;

  /**
   * @param sets of the configuration, key=value
   */
  TestLake(Path root, List<Mapping> mappings, Path folder, String... sets) {
    this(1, root, mappings, folder, sets);
  }

  /**
   * @param filesPerWrite 0 for as many as Spark has tasks, for many rows
   */
  TestLake(int filesPerWrite, Path root, List<Mapping> mappings, Path folder, String... sets) {
    this.sets = sets;
    this.lake =
        new DeltaLakehouse(SparkSessionForTests.session(), root.toString(), filesPerWrite, 0);
    this.mappings = mappings;
    this.folder = folder.toString();
  }

  /** Reads new files and brings the tables they feed up to date. */
  TestLake run() {
    return run(IngestSteps.of(mappings, folder, MASTER));
  }

  TestLake run(List<Step> steps) {
    List<Step> needed =
        steps.stream()
            .filter(
                step ->
                    step.outputs().stream()
                        .allMatch(
                            table ->
                                !IngestSteps.TABLES.contains(table) || tables().contains(table)))
            .toList();
    RunResult result =
        new FlowRunner(lake, Settings.of(sets), AsOf.on(LocalDate.of(2026, 1, 1)), RunListener.NONE)
            .run(needed);
    for (StepResult step : result.steps()) {
      if (step.fault() != null) {
        throw new IllegalStateException(step.step(), step.fault());
      }
    }
    return this;
  }

  /** The steps that replay rejects and count the fates anew. */
  List<Step> replay() {
    List<Step> steps = new ArrayList<>();
    tables().forEach(table -> steps.add(ReplayRejects.step(table, mappings, Set.of())));
    steps.add(CountRows.step(IngestSteps.TABLES));
    return steps;
  }

  List<TableContract> tables() {
    return IngestSteps.TABLES.stream()
        .filter(
            table ->
                mappings.stream()
                    .flatMap(mapping -> mapping.targets().stream())
                    .anyMatch(target -> target.table().equals(table)))
        .toList();
  }

  /** Rows as sorted text of the columns asked for. */
  List<String> rows(TableContract table, Field... fields) {
    return texts(lake.read(table), fields);
  }

  static List<String> texts(Dataset<Row> rows, Field... fields) {
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      columns[i] = fields[i].col();
    }
    return rows.select(columns).collectAsList().stream()
        .map(row -> row.mkString(" | "))
        .sorted()
        .toList();
  }

  /** Every column but those that tell of the run. */
  List<String> content(TableContract table) {
    return rows(
        table,
        table.fields().stream()
            .filter(field -> !table.runColumns().contains(field))
            .toArray(Field[]::new));
  }

  /** Newest version of every table that exists. */
  Map<String, Long> versions(List<TableContract> tables) {
    Map<String, Long> versions = new HashMap<>();
    tables.forEach(table -> versions.put(table.id(), lake.version(table).orElse(-1)));
    return versions;
  }

  /** Sums of ops.row_counts: source, target: read accepted rejected superseded duplicate. */
  List<String> fates() {
    TreeSet<String> fates = new TreeSet<>();
    List<Row> rows =
        lake.read(RowCounts.TABLE)
            .groupBy(RowCounts.SOURCE_ID.col(), RowCounts.TARGET_TABLE.col())
            .sum(
                RowCounts.READ_COUNT.name(),
                RowCounts.ACCEPTED_COUNT.name(),
                RowCounts.REJECTED_COUNT.name(),
                RowCounts.SUPERSEDED_COUNT.name(),
                RowCounts.DUPLICATE_COUNT.name())
            .collectAsList();
    for (Row row : rows) {
      List<Object> values = new ArrayList<>();
      for (int i = 2; i < 7; i++) {
        values.add(row.getLong(i));
      }
      fates.add(row.getString(0) + ">" + row.getString(1) + " " + values);
    }
    return List.copyOf(fates);
  }
}
