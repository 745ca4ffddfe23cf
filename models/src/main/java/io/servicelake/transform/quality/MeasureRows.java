package io.servicelake.transform.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;
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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures rows in as few passes as the rules allow. */
public final class MeasureRows {
  /** Weeks of history that volumes are judged by. */
  private static final int WEEKS = 120;

  private static final int RECENT_DAYS = 91;
  private static final int BEFORE_DAYS = 365;
  private static final int CLASSES = 50;
  private static final long WEEK_SECONDS = 7L * 86_400;
  private static final String FOUND = "_found_";

  private MeasureRows() {}

  /**
   * Rows that break each rule by row, in one pass: the number of rows first, then those that break
   * each of the rules, in order.
   *
   * @param parents gives the rows of a table that values must stand in
   * @param endAt first instant after the as-of day; null if no rule needs it
   */
  public static long[] broken(
      Dataset<Row> rows,
      List<Expectation> expectations,
      Function<TableContract, Dataset<Row>> parents,
      Instant endAt) {
    Dataset<Row> joined = rows;
    List<Column> counts = new ArrayList<>();
    counts.add(count(lit(1)));
    for (int i = 0; i < expectations.size(); i++) {
      Rule rule = expectations.get(i).rule();
      if (rule instanceof Rule.Holds holds) {
        counts.add(count_if(coalesce(holds.isBroken(), lit(false))));
      } else if (rule instanceof Rule.NotAhead ahead) {
        Column end = lit(Timestamp.from(endAt.plusSeconds(86_400)));
        counts.add(count_if(coalesce(ahead.at().col().geq(end), lit(false))));
      } else if (rule instanceof Rule.Known known) {
        String found = FOUND + i;
        Column value = col(found + "k");
        Dataset<Row> values =
            parents
                .apply(known.parent())
                .select(known.parentField().col().as(found + "k"), lit(true).as(found))
                .distinct();
        joined = joined.join(values, known.field().col().equalTo(value), "left").drop(value);
        counts.add(count_if(known.field().col().isNotNull().and(col(found).isNull())));
      }
    }
    Row row =
        joined.agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new)).first();
    long[] result = new long[counts.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = row.getLong(i);
    }
    return result;
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

  /** Rows by week, the last week before an instant first, back to the first week with rows. */
  public static long[] byWeek(Dataset<Row> rows, Field at, Instant endAt) {
    Column age =
        floor(lit(endAt.getEpochSecond() - 1).minus(unix_seconds(at.col())).divide(WEEK_SECONDS));
    long[] weeks = new long[WEEKS];
    int known = 0;
    for (Row row :
        rows.where(age.geq(0).and(age.lt(WEEKS)))
            .groupBy(age.cast(Columns.INT).as("week"))
            .count()
            .collectAsList()) {
      weeks[row.getInt(0)] = row.getLong(1);
      known = Math.max(known, row.getInt(0) + 1);
    }
    return Arrays.copyOf(weeks, known);
  }

  /** Rows by word: of the year before the last quarter, and of the last quarter. */
  public static List<Map<String, Long>> words(
      Dataset<Row> rows, Field field, Field at, Instant endAt) {
    List<Map<String, Long>> found = List.of(new HashMap<>(), new HashMap<>());
    for (Row row :
        recent(rows, at, endAt)
            .where(field.col().isNotNull())
            .groupBy(col("_is_recent"), field.col().cast(Columns.STRING).as("word"))
            .count()
            .collectAsList()) {
      found.get(row.getBoolean(0) ? 1 : 0).put(row.getString(1), row.getLong(2));
    }
    return found;
  }

  /** Rows by class of a number, the classes being percentiles of the year before. */
  public static List<long[]> classes(Dataset<Row> rows, Field field, Field at, Instant endAt) {
    Dataset<Row> both =
        recent(rows, at, endAt)
            .where(field.col().isNotNull())
            .select(col("_is_recent"), field.col().cast(Columns.DOUBLE).as("_number"));
    Column[] levels =
        IntStream.range(1, CLASSES)
            .mapToObj(level -> lit((double) level / CLASSES))
            .toArray(Column[]::new);
    Dataset<Row> cuts =
        both.where(col("_is_recent").equalTo(false))
            .agg(
                array_distinct(percentile_approx(col("_number"), array(levels), lit(1000)))
                    .as("_cuts"));
    List<long[]> found = List.of(new long[CLASSES], new long[CLASSES]);
    for (Row row :
        both.crossJoin(broadcast(cuts))
            .where(col("_cuts").isNotNull())
            .groupBy(
                col("_is_recent"), expr("size(filter(_cuts, cut -> cut < _number))").as("class"))
            .count()
            .collectAsList()) {
      found.get(row.getBoolean(0) ? 1 : 0)[row.getInt(1)] += row.getLong(2);
    }
    return found;
  }

  private static Dataset<Row> recent(Dataset<Row> rows, Field at, Instant endAt) {
    Timestamp end = Timestamp.from(endAt);
    Timestamp middle = Timestamp.from(endAt.minusSeconds(RECENT_DAYS * 86_400L));
    Timestamp begin = Timestamp.from(endAt.minusSeconds((RECENT_DAYS + BEFORE_DAYS) * 86_400L));
    return rows.where(at.col().geq(lit(begin)).and(at.col().lt(lit(end))))
        .withColumn("_is_recent", when(at.col().geq(lit(middle)), true).otherwise(false));
  }
}
