package io.servicelake.contract.expect;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Something a table is expected to be. What is measured (a share of rows where the rule is by row)
 * may reach a limit without consequence; above the first it is told, above the second the steps
 * that read the table do not run.
 *
 * @param warnAbove limit above which a breach is told
 * @param stopAbove limit above which it stops; infinite for never
 */
public record Expectation(
    TableContract table, String name, Rule rule, double warnAbove, double stopAbove) {

  /** Every row has a value. */
  public static Expectation notNull(TableContract table, Field field) {
    return holds(
        table, field.name() + "_given", field.col().isNull(), "%s is null".formatted(field.name()));
  }

  /** Every row of some has a value. */
  public static Expectation notNull(TableContract table, Field field, Column among, String words) {
    return holds(
        table,
        field.name() + "_given",
        among.and(field.col().isNull()),
        "%s is null where %s".formatted(field.name(), words));
  }

  /** Every value lies between two; null is left out. */
  public static Expectation range(TableContract table, Field field, Object min, Object max) {
    return holds(
        table,
        field.name() + "_plausible",
        field.col().lt(lit(min)).or(field.col().gt(lit(max))),
        "%s is not within %s to %s".formatted(field.name(), min, max));
  }

  /** One time is not before another; null is left out. */
  public static Expectation ordered(TableContract table, Field first, Field second) {
    return holds(
        table,
        "%s_after_%s".formatted(second.name(), first.name()),
        second.col().lt(first.col()),
        "%s is before %s".formatted(second.name(), first.name()));
  }

  /** A condition holds in every row. */
  public static Expectation always(
      TableContract table, String name, Column condition, String broken) {
    return holds(table, name, not(condition), broken);
  }

  /** A value stands in another table. */
  public static Expectation known(
      TableContract table, Field field, TableContract parent, Field parentField) {
    return of(table, field.name() + "_known", new Rule.Known(field, parent, parentField));
  }

  /** No two current rows share a key. */
  public static Expectation unique(TableContract table, Field... fields) {
    return of(table, "key_unique", new Rule.Unique(List.of(fields)));
  }

  /** Times do not lie ahead of the as-of day. */
  public static Expectation notAhead(TableContract table, Field at) {
    return of(table, at.name() + "_not_ahead", new Rule.NotAhead(at));
  }

  /** The newest row is recent. */
  public static Expectation fresh(TableContract table, Field at) {
    return of(table, "fresh", new Rule.Fresh(at));
  }

  /** As many rows as usual. */
  public static Expectation usual(TableContract table, Field at) {
    return of(table, "volume_usual", new Rule.Usual(at));
  }

  /** Words are shared out as before. */
  public static Expectation steadyWords(TableContract table, Field field, Field at) {
    return of(table, field.name() + "_steady", new Rule.SteadyWords(field, at));
  }

  /** Numbers lie as before. */
  public static Expectation steadyNumbers(TableContract table, Field field, Field at) {
    return of(table, field.name() + "_steady", new Rule.SteadyNumbers(field, at));
  }

  /** Rows are not lost. */
  public static Expectation kept(TableContract table) {
    return of(table, "rows_kept", new Rule.Kept());
  }

  /** The same with a limit above which a breach is told. */
  public Expectation warnAbove(double limit) {
    return new Expectation(table, name, rule, limit, stopAbove);
  }

  /** The same with a limit above which a breach stops. */
  public Expectation stopAbove(double limit) {
    return new Expectation(table, name, rule, Math.min(warnAbove, limit), limit);
  }

  /** Table and name, as results and the configuration know it. */
  public String id() {
    return table.id() + "." + name;
  }

  private static Expectation holds(
      TableContract table, String name, Column isBroken, String words) {
    return of(table, name, new Rule.Holds(isBroken, words));
  }

  private static Expectation of(TableContract table, String name, Rule rule) {
    return new Expectation(table, name, rule, 0, Double.POSITIVE_INFINITY);
  }
}
