package io.servicelake.jobs.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.expect.Rule;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.config.QualitySettings;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.quality.CheckBook.Finding;
import io.servicelake.transform.quality.Drift;
import io.servicelake.transform.quality.MeasureRows;
import io.servicelake.transform.quality.UsualVolume;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds one table against its expectations: as it is when the step runs, so that after a breach was
 * mended a rerun finds it mended. A breach above a stop limit fails the step, and with it what
 * reads the table.
 */
final class CheckTable implements Action {
  private final TableContract table;
  private final List<Expectation> expectations;
  private final List<TableContract> tables;

  private CheckTable(
      TableContract table, List<Expectation> expectations, List<TableContract> tables) {
    this.table = table;
    this.tables = tables;
    this.expectations = List.copyOf(expectations);
  }

  /** Name of the step that checks a table. */
  static String name(TableContract table) {
    return "expect " + table.id();
  }

  /**
   * The step that checks a table.
   *
   * @param tables all tables that are checked
   */
  static Step step(
      TableContract table, List<Expectation> expectations, List<TableContract> tables) {
    Step step = Step.action(name(table)).from(table).dependsOnConfig("quality");
    expectations.stream()
        .map(Expectation::rule)
        .filter(Rule.Known.class::isInstance)
        .map(rule -> ((Rule.Known) rule).parent())
        .distinct()
        .forEach(step::from);
    if (expectations.stream().anyMatch(expectation -> expectation.rule().isByDay())) {
      step.dependsOnAsOf();
    }
    return step.alsoReads("expectations", run -> Integer.toHexString(text(expectations).hashCode()))
        .by(new CheckTable(table, expectations, tables));
  }

  @Override
  public void run(RunContext run) {
    Lakehouse lake = run.lake();
    if (lake.version(table).isEmpty()) {
      return;
    }
    QualitySettings settings = run.settings(QualitySettings.class);
    Judge judge = new Judge(settings);
    LakeFiles files = lake.files();
    CheckBook before = CheckBook.read(files, table);
    long rows = lake.rows(table).orElse(-1);
    Map<String, Finding> found = new LinkedHashMap<>();
    expectations.forEach(expectation -> found.put(expectation.name(), null));
    byRow(run, settings, rows, judge, found);
    for (Expectation expectation : expectations) {
      if (!expectation.rule().isByRow()) {
        found.put(expectation.name(), measured(expectation, run, before, rows, judge));
      }
    }
    List<Finding> findings = new ArrayList<>(found.values());
    List<Finding> stops =
        findings.stream().filter(finding -> finding.outcome().equals("STOPPED")).toList();
    // What a stopped table lost is held against what it had before.
    new CheckBook(stops.isEmpty() ? rows : before.rows(), findings).write(files, table);
    run.count(
        "warned", findings.stream().filter(finding -> finding.outcome().equals("WARNED")).count());
    if (!stops.isEmpty()) {
      GatherResults.write(run, tables);
      throw new CannotException(
          "Cannot go on with %s: %s. What reads the table would tell wrong numbers. Mend the feed or its mapping and run again; or, if it is as it should be, add %s to quality.accepted."
              .formatted(
                  table.id(),
                  String.join(
                      "; ",
                      stops.stream()
                          .map(
                              stop ->
                                  "%s (%s, limit %s)"
                                      .formatted(stop.name(), stop.detail(), stop.stopAbove()))
                          .toList()),
                  String.join(
                      ", ", stops.stream().map(stop -> table.id() + "." + stop.name()).toList())));
    }
  }

  private void byRow(
      RunContext run,
      QualitySettings settings,
      long rows,
      Judge judge,
      Map<String, Finding> found) {
    List<Expectation> byRow = new ArrayList<>();
    for (Expectation expectation : expectations) {
      if (expectation.rule() instanceof Rule.Known known
          && run.lake().version(known.parent()).isEmpty()) {
        found.put(
            expectation.name(),
            judge.notTested(expectation, 0, "WHOLE", "no source feeds " + known.parent().id()));
      } else if (expectation.rule().isByRow()) {
        byRow.add(expectation);
      }
    }
    if (byRow.isEmpty()) {
      return;
    }
    long last = run.in().lastVersion(table);
    boolean isChangedOnly = last >= 0 && rows >= settings.changedFromRows();
    Dataset<Row> checked = isChangedOnly ? changed(run.lake(), last) : current(run.lake());
    boolean needsDay = byRow.stream().anyMatch(e -> e.rule().isByDay());
    long[] broken =
        MeasureRows.broken(checked, byRow, run.lake()::read, needsDay ? run.endOfAsOf() : null);
    for (int i = 0; i < byRow.size(); i++) {
      found.put(
          byRow.get(i).name(),
          judge.rows(byRow.get(i), broken[0], broken[i + 1], isChangedOnly ? "CHANGED" : "WHOLE"));
    }
  }

  private Finding measured(
      Expectation expectation, RunContext run, CheckBook before, long rows, Judge judge) {
    Dataset<Row> current = current(run.lake());
    Rule rule = expectation.rule();
    if (rule instanceof Rule.Unique unique) {
      long all = Math.max(rows, 0);
      long doubled = MeasureRows.doubled(current, unique.fields());
      return judge.rows(expectation, Math.max(all, doubled), doubled, "WHOLE");
    } else if (rule instanceof Rule.Kept) {
      return judge.lost(expectation, before.rows(), rows);
    } else if (rule instanceof Rule.Fresh fresh) {
      Instant end = run.endOfAsOf();
      Timestamp newest = current.agg(max(fresh.at().col())).first().getTimestamp(0);
      return newest == null
          ? judge.rows(expectation, 0, 0, "WHOLE")
          : judge.silent(
              expectation,
              Math.max(0, Duration.between(newest.toInstant(), end).toDays()),
              newest.toInstant().atZone(run.zone()).toLocalDate().toString(),
              Math.max(rows, 0));
    } else if (rule instanceof Rule.Usual usual) {
      long[] weeks = MeasureRows.byWeek(current, usual.at(), run.endOfAsOf());
      return judge.volume(expectation, UsualVolume.judge(weeks), Arrays.stream(weeks).sum());
    } else if (rule instanceof Rule.SteadyWords words) {
      List<Map<String, Long>> counts =
          MeasureRows.words(current, words.field(), words.at(), run.endOfAsOf());
      return judge.drift(
          expectation,
          Drift.ofWords(counts.get(0), counts.get(1)),
          counts.get(0).values().stream().mapToLong(Long::longValue).sum(),
          counts.get(1).values().stream().mapToLong(Long::longValue).sum());
    }
    Rule.SteadyNumbers numbers = (Rule.SteadyNumbers) rule;
    List<long[]> counts =
        MeasureRows.classes(current, numbers.field(), numbers.at(), run.endOfAsOf());
    return judge.drift(
        expectation,
        Drift.ofNumbers(counts.get(0), counts.get(1)),
        Arrays.stream(counts.get(0)).sum(),
        Arrays.stream(counts.get(1)).sum());
  }

  private Dataset<Row> current(Lakehouse lake) {
    Dataset<Row> rows = lake.read(table);
    return table.isVersioned() ? Versioned.current(rows) : rows;
  }

  /** Current rows that are not as they were at a version. */
  private Dataset<Row> changed(Lakehouse lake, long since) {
    Column[] columns = table.fields().stream().map(Field::col).toArray(Column[]::new);
    Dataset<Row> rows =
        lake.changesSince(table, since)
            .where(col(Lakehouse.CHANGE_TYPE).isin("insert", "update_postimage"))
            .select(columns);
    return table.isVersioned() ? Versioned.current(rows) : rows;
  }

  private static String text(List<Expectation> expectations) {
    StringBuilder text = new StringBuilder();
    expectations.forEach(
        expectation ->
            text.append(expectation.name())
                .append(expectation.rule().getClass().getSimpleName())
                .append(expectation.warnAbove())
                .append(expectation.stopAbove()));
    return text.toString();
  }
}
