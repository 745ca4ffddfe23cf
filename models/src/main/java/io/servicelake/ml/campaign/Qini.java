package io.servicelake.ml.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.Ranking;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Qini coefficient Q of predicted uplift (after Radcliffe 2007): with customers sorted by uplift,
 * high first, ties in the order given, g(k) = YT(k) - YC(k) * NT(k) / NC(k), 0 while NC(k) = 0, per
 * treated customer; Q is the area of g over k / n by trapezoids less g(n) / 2, the area of chance.
 */
public final class Qini {
  /** Name of the figure. */
  public static final String METRIC = "qini";

  private static final Field UPLIFT = column("uplift", Columns.DOUBLE);
  private static final Field IS_TREATED = column("is_treated", Columns.BOOL);
  private static final Field OUTCOME = column("outcome", Columns.DOUBLE);
  private static final Field PERSON = column("person", Columns.STRING);

  private final int[] order;
  private final boolean[] isTreated;
  private final double[] outcome;
  private final int[] person;

  /** Every row another person. */
  public Qini(double[] uplift, boolean[] isTreated, double[] outcome) {
    this(uplift, isTreated, outcome, IntStream.range(0, uplift.length).toArray());
  }

  /**
   * Sorts rows by uplift, rounded to 6 digits first as all scores are.
   *
   * @param person number of each row's person, from 0
   */
  public Qini(double[] uplift, boolean[] isTreated, double[] outcome, int[] person) {
    if (uplift.length != isTreated.length
        || uplift.length != outcome.length
        || uplift.length != person.length) {
      throw new IllegalArgumentException(
          "Cannot measure uplift: %d scores, %d arms, %d outcomes, %d persons. Each row has one of each. Pass arrays of one length."
              .formatted(uplift.length, isTreated.length, outcome.length, person.length));
    }
    double[] score = Arrays.stream(uplift).map(Ranking::round6).toArray();
    this.order =
        IntStream.range(0, score.length)
            .boxed()
            .sorted((a, b) -> Double.compare(score[b], score[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.isTreated = isTreated;
    this.outcome = outcome;
    this.person = person;
  }

  /**
   * Gathers scored customers.
   *
   * @param rows one per customer of both arms: bounded, they come to the driver
   * @param order makes the order of ties; unique
   * @param person whose row it is
   */
  public static Qini collect(
      Dataset<Row> rows,
      Column uplift,
      Column isTreated,
      Column outcome,
      Column order,
      Column person) {
    List<Row> collected =
        rows.orderBy(order)
            .select(
                uplift.as(UPLIFT.name()),
                isTreated.as(IS_TREATED.name()),
                outcome.cast(Columns.DOUBLE).as(OUTCOME.name()),
                person.cast(Columns.STRING).as(PERSON.name()))
            .collectAsList();
    double[] scores = new double[collected.size()];
    boolean[] treated = new boolean[collected.size()];
    double[] outcomes = new double[collected.size()];
    int[] persons = new int[collected.size()];
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = collected.get(i).getDouble(0);
      treated[i] = collected.get(i).getBoolean(1);
      outcomes[i] = collected.get(i).getDouble(2);
      persons[i] = numbers.computeIfAbsent(collected.get(i).getString(3), any -> numbers.size());
    }
    return new Qini(scores, treated, outcomes, persons);
  }

  /** Number of customers. */
  public int size() {
    return order.length;
  }

  /** Q of all customers; not a number where an arm is empty. */
  public double q() {
    int[] once = new int[order.length];
    Arrays.fill(once, 1);
    return q(once);
  }

  /** Q where a customer stands as often as the weight says, copies beside one another. */
  public double q(int[] weight) {
    double treated = 0;
    double control = 0;
    double ofTreated = 0;
    double ofControl = 0;
    double reached = 0;
    double area = 0;
    double count = 0;
    for (int row : order) {
      for (int copy = 0; copy < weight[row]; copy++) {
        if (isTreated[row]) {
          treated++;
          ofTreated += outcome[row];
        } else {
          control++;
          ofControl += outcome[row];
        }
        double next = control == 0 ? 0 : ofTreated - ofControl * treated / control;
        area += (reached + next) / 2;
        reached = next;
        count++;
      }
    }
    return treated == 0 || control == 0 ? Double.NaN : (area / count - reached / 2) / treated;
  }

  /** Q with the 95 % interval of a bootstrap over persons, all rows of one together. */
  public MetricResult evaluate(int replicates, long seed) {
    Interval interval = new Bootstrap(person, replicates, seed).interval(this::q);
    return MetricResult.reported(METRIC, q(), interval);
  }

  /**
   * Standard error of Q, roughly, where uplift tells nothing: Q is then close to the mean over
   * treated less that over others of the outcome times half less the customer's rank, whose
   * variance is the outcome's over 12.
   */
  static double standardError(double outcomeVariance, double treated, double control) {
    return Math.sqrt(outcomeVariance / 12 * (1 / treated + 1 / control));
  }

  private static Field column(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, false, name, name, "Of customers scored.");
  }
}
