package io.servicelake.ml.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.Fit;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.linear.LogisticTrainer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Learns for whom an offer adds most, from a campaign with arms drawn at random; refuses, with the
 * reason, where outcomes are too few to tell.
 */
public final class UpliftTrainer {
  private static final Field UPLIFT =
      new Field("uplift", Columns.DOUBLE, false, "Uplift", "增益", "Out of fold.");

  private UpliftTrainer() {}

  /**
   * Fits on all rows.
   *
   * @param rows one per customer of the two arms
   * @param features never null
   */
  public static Fit<UpliftModel> fit(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      UpliftSource source,
      UpliftKind kind,
      UpliftSettings settings) {
    List<String> faults = new ArrayList<>();
    List<Count> arms = List.of(count(rows, source, true), count(rows, source, false));
    for (Count arm : arms) {
      long fewest = Math.min(arm.hits, arm.rows - arm.hits);
      long needed = (long) settings.fewestPerFeature() * features.size();
      if (fewest < needed) {
        faults.add(
            "%s: %d customers, %d of them with the outcome; %d with and without it are needed for %d features"
                .formatted(arm.name, arm.rows, arm.hits, needed, features.size()));
      }
    }
    double rate =
        (double) (arms.get(0).hits + arms.get(1).hits) / (arms.get(0).rows + arms.get(1).rows);
    double error = 1.96 * Qini.standardError(rate * (1 - rate), arms.get(0).rows, arms.get(1).rows);
    if (!(error <= settings.smallestQ())) {
      faults.add(
          "%d treated and %d others at a rate of %.4f leave Q uncertain by %.4f either way; a Q of %.4f could not be told from 0"
              .formatted(arms.get(0).rows, arms.get(1).rows, rate, error, settings.smallestQ()));
    }
    if (!faults.isEmpty()) {
      return new Fit.Refused<>("uplift: " + String.join("; ", faults));
    }
    return new Fit.Found<>(
        kind == UpliftKind.TWO_MODEL
            ? new UpliftModel(
                kind,
                logistic(rows, features, source, true, settings),
                logistic(rows, features, source, false, settings),
                null)
            : new UpliftModel(kind, null, null, regression(rows, features, source, settings)));
  }

  /**
   * Scores each fold by a model of the other folds: uplift of customers no model has seen. Refused
   * if any of the fits is.
   *
   * @param fold number of a row's fold, 0 to folds - 1; ties of uplift stand in the order of rows
   */
  public static Fit<Qini> outOfFold(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      UpliftSource source,
      Column fold,
      int folds,
      UpliftKind kind,
      UpliftSettings settings) {
    Column uplift = functions.lit(null).cast(Columns.DOUBLE);
    for (int i = 0; i < folds; i++) {
      Fit<UpliftModel> fit = fit(rows.where(fold.notEqual(i)), features, source, kind, settings);
      if (fit instanceof Fit.Refused<UpliftModel> refused) {
        return new Fit.Refused<>("fold %d left out, %s".formatted(i, refused.reason()));
      }
      UpliftModel model = ((Fit.Found<UpliftModel>) fit).model();
      uplift = functions.when(fold.equalTo(i), model.uplift(features)).otherwise(uplift);
    }
    return new Fit.Found<>(
        Qini.collect(
            rows.withColumn(UPLIFT.name(), uplift),
            UPLIFT.col(),
            source.isTreated(),
            source.outcome(),
            source.row(),
            source.person()));
  }

  private record Count(String name, long rows, long hits) {}

  private static Count count(Dataset<Row> rows, UpliftSource source, boolean isTreated) {
    Row row =
        rows.where(source.isTreated().equalTo(isTreated))
            .agg(
                functions.count(functions.lit(1)),
                functions.count_if(source.outcome().cast(Columns.DOUBLE).gt(0)))
            .head();
    return new Count(isTreated ? "treated" : "not treated", row.getLong(0), row.getLong(1));
  }

  private static LogisticModel logistic(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      UpliftSource source,
      boolean isTreated,
      UpliftSettings settings) {
    return LogisticTrainer.fit(
        LogisticTrainer.points(
            rows.where(source.isTreated().equalTo(isTreated)),
            features,
            source.outcome(),
            source.row(),
            1,
            source.row()),
        names(features),
        settings.logistic(),
        0);
  }

  private static LinearModel regression(
      Dataset<Row> rows,
      List<FeatureColumn> features,
      UpliftSource source,
      UpliftSettings settings) {
    Column outcome = source.outcome().cast(Columns.DOUBLE);
    Column transformed =
        functions
            .when(source.isTreated(), outcome.divide(source.probability()))
            .otherwise(
                functions.negate(outcome).divide(functions.lit(1.0).minus(source.probability())));
    int size = features.size() + 1;
    List<double[]> partials =
        LogisticTrainer.points(rows, features, transformed, source.row(), 1, source.row())
            .toJavaRDD()
            .mapPartitions(part -> List.of(moments(part, size)).iterator())
            .collect();
    return LinearModel.fit(
        FixedOrder.add(partials, length(size)), names(features), settings.ridge());
  }

  private static int length(int size) {
    return 1 + size + size * (size + 1) / 2;
  }

  private static double[] moments(Iterator<Row> rows, int size) {
    double[] moments = new double[length(size)];
    double[] x = new double[size];
    while (rows.hasNext()) {
      Row row = rows.next();
      List<Double> features = row.getList(0);
      for (int i = 0; i < size - 1; i++) {
        x[i] = features.get(i);
      }
      x[size - 1] = row.getDouble(1);
      moments[0]++;
      int at = 1 + size;
      for (int i = 0; i < size; i++) {
        moments[1 + i] += x[i];
        for (int j = 0; j <= i; j++) {
          moments[at++] += x[i] * x[j];
        }
      }
    }
    return moments;
  }

  private static List<String> names(List<FeatureColumn> features) {
    return features.stream().map(FeatureColumn::name).toList();
  }
}
