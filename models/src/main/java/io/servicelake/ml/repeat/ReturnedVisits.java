package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.evaluation.BinaryEvaluation;
import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.ScoredRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;

/**
 * What came of histories: visit days in the horizon after them, beside what was expected. The rules
 * are recency (who comes back) and the own rate carried on (how often).
 */
record ReturnedVisits(ScoredRows comesBack, double[] expected, double[] own, double[] actual) {
  private static final Field PERSON_NOW = column("person_now", Columns.STRING);
  private static final Field ACTUAL = column("actual", Columns.LONG);
  private static final Field SINCE_LAST = column("since_last", Columns.DOUBLE);
  private static final Field OWN = column("own", Columns.DOUBLE);

  /**
   * Collects them, in an order that depends on their content alone.
   *
   * @param histories as of the day before the horizon
   * @param identities silver.customer_identities: a snapshot's person is named by its earliest
   *     file, whose person of now is looked at
   * @param visits gold.service_visits
   */
  static ReturnedVisits collect(
      Dataset<Row> histories,
      Dataset<Row> identities,
      Dataset<Row> visits,
      LocalDate from,
      RepeatVisitModel model) {
    RepeatVisitParameters settings = model.settings();
    Dataset<Row> counts =
        visits
            .where(
                functions
                    .datediff(ServiceVisits.VISIT_ON.col(), Snapshots.date(from))
                    .between(1, settings.horizonDays()))
            .groupBy(ServiceVisits.CUSTOMER_ID.col().as(PERSON_NOW.name()))
            .agg(functions.count_distinct(ServiceVisits.VISIT_ON.col()).as(ACTUAL.name()));
    Dataset<Row> returned =
        identities
            .select(
                CustomerIdentities.CUSTOMER_RECORD_ID.col().as(Histories.CUSTOMER_ID.name()),
                CustomerIdentities.CUSTOMER_ID.col().as(PERSON_NOW.name()))
            .join(counts, new String[] {PERSON_NOW.name()})
            .select(Histories.CUSTOMER_ID.col(), ACTUAL.col());
    double horizon = (double) settings.horizonDays() / settings.unit().days();
    Column own =
        Histories.REPEAT_COUNT
            .col()
            .multiply(horizon)
            .divide(functions.greatest(Histories.AGE.col(), functions.lit(horizon)));
    String[] customer = {Histories.CUSTOMER_ID.name()};
    Dataset<Row> rows =
        model
            .figures(histories)
            .join(
                histories.select(
                    Histories.CUSTOMER_ID.col(),
                    Histories.AGE.col().minus(Histories.RECENCY.col()).as(SINCE_LAST.name()),
                    own.as(OWN.name())),
                customer)
            .join(returned, customer, "left")
            .select(
                Histories.CUSTOMER_ID.col(),
                CustomerValues.VISIT_180D_PROBABILITY.col(),
                CustomerValues.EXPECTED_180D_VISITS.col(),
                SINCE_LAST.col(),
                OWN.col(),
                functions.coalesce(ACTUAL.col(), functions.lit(0L)).as(ACTUAL.name()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Row> sampled =
        FixedOrder.sample(rows, settings.maxTestRows(), rows.count(), Histories.CUSTOMER_ID.col())
            .orderBy(Histories.CUSTOMER_ID.col())
            .collectAsList();
    rows.unpersist();
    return of(sampled);
  }

  static ReturnedVisits of(List<Row> rows) {
    int size = rows.size();
    ScoredRows comesBack =
        new ScoredRows(
            new double[size],
            new double[1][size],
            new double[size],
            new boolean[size],
            new int[size],
            Collections.nCopies(size, Set.of()));
    ReturnedVisits result =
        new ReturnedVisits(comesBack, new double[size], new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      Row row = rows.get(i);
      result.expected[i] = row.getDouble(2);
      result.own[i] = row.getDouble(4);
      result.actual[i] = row.getLong(5);
      comesBack.model()[i] = row.getDouble(1);
      comesBack.rules()[0][i] = -row.getDouble(3);
      comesBack.ruleProbability()[i] = 1 - Math.exp(-result.own[i]);
      comesBack.isPositive()[i] = result.actual[i] > 0;
      comesBack.cluster()[i] = i;
    }
    return result;
  }

  /** Customers. */
  int size() {
    return expected.length;
  }

  /** The figures with intervals over customers; empty where all came back or none. */
  List<MetricResult> figures(int replicates, long seed) {
    List<MetricResult> results =
        new ArrayList<>(BinaryEvaluation.evaluate(comesBack, replicates, seed));
    if (results.isEmpty()) {
      return results;
    }
    Bootstrap bootstrap = Bootstrap.ofRows(size(), replicates, seed);
    results.add(
        MetricResult.against(
            "visits_mean_absolute_error",
            error(expected, null),
            bootstrap.interval(weight -> error(expected, weight)),
            error(own, null),
            bootstrap.difference(weight -> error(own, weight), weight -> error(expected, weight))));
    results.add(
        MetricResult.reported(
            "visits_expected_over_actual",
            sum(expected, null) / sum(actual, null),
            bootstrap.interval(weight -> sum(expected, weight) / sum(actual, weight))));
    return results;
  }

  private double error(double[] forecast, int[] weight) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < forecast.length; i++) {
      int times = weight == null ? 1 : weight[i];
      sum += times * Math.abs(forecast[i] - actual[i]);
      count += times;
    }
    return sum / count;
  }

  private static double sum(double[] values, int[] weight) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weight == null ? values[i] : weight[i] * values[i];
    }
    return sum;
  }

  private static Field column(String name, DataType type) {
    return new Field(name, type, true, name, name, "While counting.");
  }
}
