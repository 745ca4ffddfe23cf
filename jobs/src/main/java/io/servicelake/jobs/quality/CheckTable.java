package io.servicelake.jobs.quality;

import static org.apache.spark.sql.functions.col;

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
import io.servicelake.transform.quality.RowMeasures;
import io.servicelake.transform.quality.UsualVolume;
import java.time.Duration;
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
  private static final String WHOLE = "WHOLE";
  private static final String CHANGED = "CHANGED";

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
    long last = run.in().lastVersion(table);
    boolean isChangedOnly = last >= 0 && rows >= settings.changedFromRows();
    List<Expectation> whole = new ArrayList<>();
    List<Expectation> changed = new ArrayList<>();
    for (Expectation expectation : expectations) {
      Rule rule = expectation.rule();
      if (rule instanceof Rule.Known known && run.lake().version(known.parent()).isEmpty()) {
        found.put(
            expectation.name(),
            judge.notTested(expectation, 0, WHOLE, "no source feeds " + known.parent().id()));
      } else if (rule instanceof Rule.Kept) {
        found.put(expectation.name(), judge.lost(expectation, before.rows(), rows));
      } else if (rule instanceof Rule.Unique unique) {
        long doubled = RowMeasures.doubled(current(run.lake()), unique.fields());
        long checked = Math.max(Math.max(rows, 0), doubled);
        found.put(expectation.name(), judge.rows(expectation, checked, doubled, WHOLE));
      } else {
        (rule.isByRow() && isChangedOnly ? changed : whole).add(expectation);
      }
    }
    if (!changed.isEmpty()) {
      RowMeasures measures = measures(run, changed(run.lake(), last), changed);
      changed.forEach(e -> found.put(e.name(), finding(e, run, measures, judge, CHANGED)));
    }
    if (!whole.isEmpty()) {
      RowMeasures measures = measures(run, current(run.lake()), whole);
      whole.forEach(e -> found.put(e.name(), finding(e, run, measures, judge, WHOLE)));
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

  private RowMeasures measures(RunContext run, Dataset<Row> rows, List<Expectation> expected) {
    boolean needsDay = expected.stream().anyMatch(expectation -> expectation.rule().isByDay());
    return RowMeasures.of(rows, expected, run.lake()::read, needsDay ? run.endOfAsOf() : null);
  }

  private static Finding finding(
      Expectation expectation, RunContext run, RowMeasures measures, Judge judge, String scope) {
    Rule rule = expectation.rule();
    if (rule instanceof Rule.Fresh) {
      return measures
          .newest(expectation)
          .map(
              newest ->
                  judge.silent(
                      expectation,
                      Math.max(0, Duration.between(newest, run.endOfAsOf()).toDays()),
                      newest.atZone(run.zone()).toLocalDate().toString(),
                      measures.rows()))
          .orElseGet(() -> judge.rows(expectation, 0, 0, scope));
    } else if (rule instanceof Rule.Usual) {
      long[] weeks = measures.weeks(expectation);
      return judge.volume(expectation, UsualVolume.judge(weeks), Arrays.stream(weeks).sum());
    } else if (rule instanceof Rule.SteadyWords) {
      List<Map<String, Long>> words = measures.words(expectation);
      return judge.drift(
          expectation,
          Drift.ofWords(words.get(0), words.get(1)),
          sum(words.get(0)),
          sum(words.get(1)));
    } else if (rule instanceof Rule.SteadyNumbers) {
      List<long[]> classes = measures.classes(expectation);
      return judge.drift(
          expectation,
          Drift.ofNumbers(classes.get(0), classes.get(1)),
          Arrays.stream(classes.get(0)).sum(),
          Arrays.stream(classes.get(1)).sum());
    }
    return judge.rows(expectation, measures.rows(), measures.broken(expectation), scope);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
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
