package io.servicelake.transform.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.expect.Rule;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What rows are by some rules: all of them in one pass, but for keys that have to be unique. */
public final class RowMeasures {
  /** Weeks of history that volumes are judged by. */
  private static final int WEEKS = 120;

  private static final int RECENT_DAYS = 91;
  private static final int BEFORE_DAYS = 365;
  private static final long DAY_SECONDS = 86_400;

  /** Classes of a number by doubling, so that borders lie a tenth apart. */
  private static final int CLASSES_A_DOUBLING = 8;

  /** Tally that every row counts in once, whatever the rules. */
  private static final String ALL = "*";

  private static final int BEFORE = 0;
  private static final int RECENT = 1;
  private static final String FOUND = "_found_";
  private static final String BROKEN = "_broken_";
  private static final String NEWEST = "_newest_";

  private final Map<String, List<Row>> tallies = new HashMap<>();

  private RowMeasures(List<Row> counted) {
    counted.forEach(
        row ->
            tallies
                .computeIfAbsent(row.getStruct(0).getString(0), rule -> new ArrayList<>())
                .add(row));
  }

  /**
   * Measures rows.
   *
   * @param parents gives the rows of a table that values must stand in
   * @param endAt first instant after the as-of day; null if no rule needs it
   */
  public static RowMeasures of(
      Dataset<Row> rows,
      List<Expectation> expectations,
      Function<TableContract, Dataset<Row>> parents,
      Instant endAt) {
    Dataset<Row> measured = rows;
    List<Column> kept = new ArrayList<>();
    List<Column> totals = new ArrayList<>();
    List<Column> tallies = new ArrayList<>();
    tallies.add(tally(ALL, lit(0), lit("")));
    for (Expectation expectation : expectations) {
      String name = expectation.name();
      Rule rule = expectation.rule();
      if (rule instanceof Rule.Known known) {
        measured = withFound(measured, known, parents.apply(known.parent()), name);
      }
      if (rule.isByRow()) {
        kept.add(coalesce(isBroken(rule, name, endAt), lit(false)).as(BROKEN + name));
        totals.add(count_if(col(BROKEN + name)).as(BROKEN + name));
      } else if (rule instanceof Rule.Fresh fresh) {
        kept.add(fresh.at().col().as(NEWEST + name));
        totals.add(max(col(NEWEST + name)).as(NEWEST + name));
      } else if (rule instanceof Rule.Usual usual) {
        Column week = floor(age(usual.at(), endAt).divide(7 * DAY_SECONDS)).cast(Columns.INT);
        tallies.add(when(week.geq(0).and(week.lt(WEEKS)), tally(name, week, lit(""))));
      } else if (rule instanceof Rule.SteadyWords words) {
        Column word = words.field().col().cast(Columns.STRING);
        tallies.add(tallyOfPeriod(name, words.at(), word, endAt));
      } else if (rule instanceof Rule.SteadyNumbers numbers) {
        tallies.add(tallyOfPeriod(name, numbers.at(), classOf(numbers.field()), endAt));
      }
    }
    kept.add(explode(array(tallies.toArray(Column[]::new))).as("tally"));
    return new RowMeasures(
        measured
            .select(kept.toArray(Column[]::new))
            .where(col("tally").isNotNull())
            .groupBy(col("tally"))
            .agg(count(lit(1)).as("rows"), totals.toArray(Column[]::new))
            .collectAsList());
  }

  /** Rows that were measured. */
  public long rows() {
    return of(ALL).stream().mapToLong(RowMeasures::times).sum();
  }

  /** Rows that break a rule by row. */
  public long broken(Expectation expectation) {
    return of(ALL).stream().mapToLong(row -> row.getAs(BROKEN + expectation.name())).sum();
  }

  /** Newest time of {@link Rule.Fresh}; nothing without rows. */
  public Optional<Instant> newest(Expectation expectation) {
    return of(ALL).stream()
        .map(row -> row.<Timestamp>getAs(NEWEST + expectation.name()))
        .filter(Objects::nonNull)
        .map(Timestamp::toInstant)
        .findFirst();
  }

  /** Rows by week, the last week before the end first, back to the first week with rows. */
  public long[] weeks(Expectation expectation) {
    long[] weeks = new long[WEEKS];
    int known = 0;
    for (Row row : of(expectation.name())) {
      weeks[period(row)] = times(row);
      known = Math.max(known, period(row) + 1);
    }
    return Arrays.copyOf(weeks, known);
  }

  /** Rows by word: of the year before the last quarter, and of the last quarter. */
  public List<Map<String, Long>> words(Expectation expectation) {
    List<Map<String, Long>> words = List.of(new HashMap<>(), new HashMap<>());
    of(expectation.name()).forEach(row -> words.get(period(row)).put(word(row), times(row)));
    return words;
  }

  /** Rows by class of a number, classes in order: of the year before, and of the last quarter. */
  public List<long[]> classes(Expectation expectation) {
    List<Row> rows = of(expectation.name());
    List<Integer> classes =
        rows.stream().map(row -> Integer.valueOf(word(row))).distinct().sorted().toList();
    List<long[]> found = List.of(new long[classes.size()], new long[classes.size()]);
    rows.forEach(
        row -> found.get(period(row))[classes.indexOf(Integer.valueOf(word(row)))] = times(row));
    return found;
  }

  /** Rows that share a key with another beyond the first. */
  public static long doubled(Dataset<Row> rows, List<Field> key) {
    Row row =
        rows.groupBy(key.stream().map(Field::col).toArray(Column[]::new))
            .agg(count(lit(1)).as("times"))
            .where(col("times").gt(1))
            .agg(coalesce(sum(col("times").minus(1)), lit(0L)))
            .first();
    return row.getLong(0);
  }

  private static Dataset<Row> withFound(
      Dataset<Row> rows, Rule.Known known, Dataset<Row> parents, String name) {
    String found = FOUND + name;
    Column value = col(found + "k");
    Dataset<Row> values =
        parents.select(known.parentField().col().as(found + "k"), lit(true).as(found)).distinct();
    return rows.join(values, known.field().col().equalTo(value), "left").drop(value);
  }

  private static Column isBroken(Rule rule, String name, Instant endAt) {
    if (rule instanceof Rule.Holds holds) {
      return holds.isBroken();
    } else if (rule instanceof Rule.NotAhead ahead) {
      return ahead.at().col().geq(lit(Timestamp.from(endAt.plusSeconds(DAY_SECONDS))));
    }
    return ((Rule.Known) rule).field().col().isNotNull().and(col(FOUND + name).isNull());
  }

  /** A struct of (rule, period or week, word or class); null where the row is in no period. */
  private static Column tallyOfPeriod(String rule, Field at, Column word, Instant endAt) {
    Column age = age(at, endAt);
    Column period =
        when(age.geq(0).and(age.lt(RECENT_DAYS * DAY_SECONDS)), RECENT)
            .when(age.geq(0).and(age.lt((RECENT_DAYS + BEFORE_DAYS) * DAY_SECONDS)), BEFORE);
    return when(period.isNotNull().and(word.isNotNull()), tally(rule, period, word));
  }

  private static Column tally(String rule, Column period, Column word) {
    return struct(lit(rule).as("rule"), period.as("period"), word.as("word"));
  }

  /** Whole seconds from a time back from the end; 0 in the last second before it. */
  private static Column age(Field at, Instant endAt) {
    return lit(endAt.getEpochSecond() - 1).minus(unix_seconds(at.col()));
  }

  private static Column classOf(Field number) {
    Column value = number.col().cast(Columns.DOUBLE);
    Column size = log2(signum(value).multiply(value).plus(1)).multiply(CLASSES_A_DOUBLING);
    return signum(value).multiply(floor(size)).cast(Columns.INT).cast(Columns.STRING);
  }

  private List<Row> of(String rule) {
    return tallies.getOrDefault(rule, List.of());
  }

  private static int period(Row tally) {
    return tally.getStruct(0).getInt(1);
  }

  private static String word(Row tally) {
    return tally.getStruct(0).getString(2);
  }

  private static long times(Row tally) {
    return tally.getLong(1);
  }
}
