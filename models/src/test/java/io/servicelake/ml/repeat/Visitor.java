package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A made-up customer: the history up to an age and what came after it. */
record Visitor(
    int repeats,
    double recency,
    double age,
    double logGaps,
    int visitsAfter,
    boolean isAlive,
    double meanValue) {
  /** Histories. */
  static final StructType SCHEMA =
      DataTypes.createStructType(
          Stream.of(
                  Histories.CUSTOMER_ID,
                  new Field("dealer_id", Columns.STRING, true, "Dealer", "经销商", "None."),
                  Histories.SNAPSHOT_ON,
                  Histories.REPEAT_COUNT,
                  Histories.RECENCY,
                  Histories.AGE,
                  Histories.LOG_GAPS,
                  Histories.MEAN_VALUE)
              .map(Field::toStructField)
              .toArray(StructField[]::new));

  /**
   * Draws a customer whose gaps are gamma(ticks) and who leaves by chance after a visit.
   *
   * @param parameters those of the process
   */
  static Visitor ticked(
      Random random, TickedVisits process, double[] parameters, double age, double horizon) {
    double rate = gamma(random, parameters[0]) / parameters[1];
    double leaving = leaving(random, process.leaving(), parameters);
    double left =
        process.leavesAtFirst() && random.nextDouble() < leaving ? 0 : Double.POSITIVE_INFINITY;
    List<Double> visits = new ArrayList<>();
    double time = 0;
    while (left == Double.POSITIVE_INFINITY) {
      for (int tick = 0; tick < process.ticks(); tick++) {
        time -= Math.log(1 - random.nextDouble()) / rate;
      }
      if (time > age + horizon) {
        break;
      }
      visits.add(time);
      left = random.nextDouble() < leaving ? time : left;
    }
    return of(random, visits, left > age, age);
  }

  private static double leaving(Random random, Leaving leaving, double[] parameters) {
    return switch (leaving) {
      case BETA -> {
        double toLeave = gamma(random, parameters[2]);
        yield toLeave / (toLeave + gamma(random, parameters[3]));
      }
      case FIXED -> parameters[2] / (1 + parameters[2]);
      case NEVER -> 0;
    };
  }

  /**
   * Draws a customer who visits at random until a random day.
   *
   * @param parameters r, alpha, s, beta
   */
  static Visitor pareto(Random random, double[] parameters, double age, double horizon) {
    double rate = gamma(random, parameters[0]) / parameters[1];
    double life =
        -Math.log(1 - random.nextDouble()) / (gamma(random, parameters[2]) / parameters[3]);
    List<Double> visits = new ArrayList<>();
    double time = -Math.log(1 - random.nextDouble()) / rate;
    while (time < Math.min(life, age + horizon)) {
      visits.add(time);
      time -= Math.log(1 - random.nextDouble()) / rate;
    }
    return of(random, visits, life > age, age);
  }

  private static Visitor of(Random random, List<Double> visits, boolean isAlive, double age) {
    int repeats = 0;
    double last = 0;
    double logGaps = 0;
    double scale = 15 / gamma(random, 4);
    double value = 0;
    for (double visit : visits) {
      if (visit <= age) {
        repeats++;
        logGaps += Math.log(visit - last);
        last = visit;
        value += gamma(random, 6) * scale;
      }
    }
    return new Visitor(
        repeats, last, age, logGaps, visits.size() - repeats, isAlive, value / repeats);
  }

  /** As a row of {@link #SCHEMA}. */
  Row toRow(String customer, java.sql.Date asOf) {
    return RowFactory.create(
        customer, null, asOf, repeats, recency, age, logGaps, repeats == 0 ? null : meanValue);
  }

  /** Marsaglia & Tsang 2000. */
  static double gamma(Random random, double shape) {
    if (shape < 1) {
      return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
