package io.servicelake.ml.due;

import static io.servicelake.contract.feature.VehicleSnapshots.*;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TimeSplit;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import io.servicelake.ml.evaluation.Bootstrap;
import io.servicelake.ml.evaluation.Interval;
import io.servicelake.ml.evaluation.MetricResult;
import io.servicelake.ml.evaluation.WeightedMedian;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Learns how much the vehicle's own rhythm weighs against the service clock, and how late customers
 * come by the clock: the pair with the least median absolute error in days on the training
 * snapshots, measured on a later one against the maker's months.
 */
public final class ServiceDueTrainer {
  /** Name of the model. */
  public static final String SERVICE_DUE = "SERVICE_DUE";

  private static final String RULE = "last maintenance plus the maker's months";
  private static final double[] PRIOR_GAPS = {0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 10, 20};
  private static final double[] STRETCHES = {
    0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5
  };
  private static final List<String> FEATURES =
      List.of(
          "maintenance_gaps",
          "mean_maintenance_gap",
          "interval_months",
          "interval_km",
          "km_per_day");
  private static final Field NEXT_ON =
      new Field("next_on", Columns.DATE, true, "Next", "下次", "Next maintenance.");

  private ServiceDueTrainer() {}

  /** Figures of vehicles that came for maintenance after a snapshot. */
  private record Gaps(
      double[] ownGaps,
      double[] ownGap,
      double[] clockGap,
      double[] naiveGap,
      double[] actual,
      int[] vehicle) {

    double[] errors(double priorGaps, double stretch) {
      double[] errors = new double[actual.length];
      for (int i = 0; i < errors.length; i++) {
        errors[i] =
            Math.abs(
                Math.rint(
                        ServiceDueModel.gap(ownGaps[i], ownGap[i], clockGap[i], priorGaps, stretch))
                    - actual[i]);
      }
      return errors;
    }

    double[] naiveErrors() {
      double[] errors = new double[actual.length];
      for (int i = 0; i < errors.length; i++) {
        errors[i] = Math.abs(naiveGap[i] - actual[i]);
      }
      return errors;
    }
  }

  /**
   * Trains; where history is too short the model takes the default weight and its card says so.
   *
   * @param snapshots feature.vehicle_snapshots
   * @param visits gold.service_visits
   */
  public static Trained<ServiceDueModel> train(
      Dataset<Row> snapshots,
      Dataset<Row> visits,
      TrainingRun run,
      ServiceDueParameters parameters) {
    LocalDate asOf = TimeSplit.trainingDay(run.asOf());
    TimeSplit.Plan plan =
        TimeSplit.plan(
            asOf, parameters.horizonDays(), Snapshots.days(snapshots, asOf), parameters.spacing());
    if (plan instanceof TimeSplit.Refused refused) {
      return byDefault(run, parameters, refused.reason());
    }
    TimeSplit split = ((TimeSplit.Ready) plan).split();
    Gaps train =
        collect(snapshots, visits, split.trainOn(), split.trainUntilOn(), split, parameters);
    Gaps test =
        collect(snapshots, visits, List.of(split.testOn()), split.testUntilOn(), split, parameters);
    if (train.actual().length == 0 || test.actual().length == 0) {
      return byDefault(run, parameters, "no vehicle came for maintenance in a label window");
    }
    double priorGaps = parameters.defaultPriorGaps();
    double stretch = 1;
    double least = Double.POSITIVE_INFINITY;
    for (double prior : PRIOR_GAPS) {
      for (double factor : STRETCHES) {
        double[] errors = train.errors(prior, factor);
        double error = mean(errors);
        Arrays.sort(errors);
        double median = Interval.quantile(errors, 0.5);
        // The median moves in steps; the mean settles what it leaves open.
        double cost = median + error / 1000;
        if (cost < least - 1e-12) {
          least = cost;
          priorGaps = prior;
          stretch = factor;
        }
      }
    }
    List<MetricResult> results = evaluate(test, priorGaps, stretch, run, parameters);
    ModelManifest manifest =
        manifest(run, parameters, split.description(), results, priorGaps, stretch);
    return new Trained<>(
        Optional.of(new ServiceDueModel(manifest, parameters.activeMonths(), priorGaps, stretch)),
        ModelCardRow.of(
            manifest,
            ModelCardRow.Span.of(split, train.actual().length, test.actual().length),
            results,
            RULE));
  }

  private static List<MetricResult> evaluate(
      Gaps test,
      double priorGaps,
      double stretch,
      TrainingRun run,
      ServiceDueParameters parameters) {
    double[] errors = test.errors(priorGaps, stretch);
    double[] naiveErrors = test.naiveErrors();
    WeightedMedian model = new WeightedMedian(errors);
    WeightedMedian rule = new WeightedMedian(naiveErrors);
    Bootstrap bootstrap =
        new Bootstrap(test.vehicle(), parameters.bootstrapReplicates(), run.seed());
    List<MetricResult> results = new ArrayList<>();
    results.add(
        MetricResult.against(
            "median_absolute_error_days",
            model.ofAll(),
            bootstrap.interval(model::of),
            rule.ofAll(),
            bootstrap.difference(rule::of, model::of)));
    results.add(
        MetricResult.reported(
            "median_absolute_error_gain_days",
            rule.ofAll() - model.ofAll(),
            bootstrap.difference(rule::of, model::of)));
    Interval within = bootstrap.interval(weight -> shareWithin(errors, 30, weight));
    results.add(
        MetricResult.against(
            "share_within_30_days",
            shareWithin(errors, 30, null),
            within,
            shareWithin(naiveErrors, 30, null),
            bootstrap.difference(
                weight -> shareWithin(errors, 30, weight),
                weight -> shareWithin(naiveErrors, 30, weight))));
    return results;
  }

  private static Trained<ServiceDueModel> byDefault(
      TrainingRun run, ServiceDueParameters parameters, String reason) {
    ModelManifest manifest =
        manifest(
            run,
            parameters,
            "not trained: %s; the default weight is used".formatted(reason),
            List.of(),
            parameters.defaultPriorGaps(),
            1);
    ModelCardRow refused = ModelCardRow.notTrained(SERVICE_DUE, run.asOf(), reason);
    return new Trained<>(
        Optional.of(
            new ServiceDueModel(
                manifest, parameters.activeMonths(), parameters.defaultPriorGaps(), 1)),
        ModelCardRow.of(manifest, refused.span(), List.of(refused.result()), null));
  }

  private static ModelManifest manifest(
      TrainingRun run,
      ServiceDueParameters parameters,
      String split,
      List<MetricResult> results,
      double priorGaps,
      double stretch) {
    Map<String, Double> metrics = new TreeMap<>();
    results.forEach(result -> metrics.put(result.metric(), result.value()));
    return ModelManifest.of(
        SERVICE_DUE, run, parameters, FEATURES, split, metrics, List.of(priorGaps, stretch));
  }

  /** Vehicles with a maintenance before each snapshot and one within the horizon after it. */
  private static Gaps collect(
      Dataset<Row> snapshots,
      Dataset<Row> visits,
      Collection<LocalDate> days,
      LocalDate until,
      TimeSplit split,
      ServiceDueParameters parameters) {
    Dataset<Row> vehicles =
        ServiceClock.active(Snapshots.on(snapshots, days), parameters.activeMonths())
            .where(LAST_MAINTENANCE_ON.col().isNotNull());
    Dataset<Row> maintenance =
        visits
            .where(
                ServiceVisits.IS_MAINTENANCE
                    .col()
                    .and(ServiceVisits.VEHICLE_ID.col().isNotNull())
                    .and(ServiceVisits.VISIT_ON.col().leq(Snapshots.date(until))))
            .select(ServiceVisits.VEHICLE_ID.col(), ServiceVisits.VISIT_ON.col());
    Dataset<Row> next =
        vehicles
            .select(VEHICLE_ID.col(), SNAPSHOT_ON.col())
            .join(maintenance, new String[] {VEHICLE_ID.name()})
            .where(
                functions
                    .datediff(ServiceVisits.VISIT_ON.col(), SNAPSHOT_ON.col())
                    .between(1, split.horizonDays()))
            .groupBy(VEHICLE_ID.col(), SNAPSHOT_ON.col())
            .agg(functions.min(ServiceVisits.VISIT_ON.col()).as(NEXT_ON.name()));
    Dataset<Row> came =
        ServiceClock.wind(vehicles.join(next, new String[] {VEHICLE_ID.name(), SNAPSHOT_ON.name()}))
            .select(
                VEHICLE_ID.col(),
                SNAPSHOT_ON.col(),
                ServiceClock.OWN_GAPS.col(),
                ServiceClock.OWN_GAP.col(),
                ServiceClock.CLOCK_GAP.col(),
                ServiceClock.TIME_GAP.col(),
                functions.datediff(NEXT_ON.col(), ServiceClock.BASE_ON.col()).cast(Columns.DOUBLE))
            .cache();
    List<Row> rows =
        FixedOrder.sample(came, parameters.maxRows(), came.count(), VEHICLE_ID.col())
            .orderBy(VEHICLE_ID.col(), SNAPSHOT_ON.col())
            .collectAsList();
    came.unpersist();
    return gaps(rows);
  }

  private static Gaps gaps(List<Row> rows) {
    int size = rows.size();
    Gaps gaps =
        new Gaps(
            new double[size],
            new double[size],
            new double[size],
            new double[size],
            new double[size],
            new int[size]);
    for (int i = 0; i < size; i++) {
      Row row = rows.get(i);
      gaps.ownGaps()[i] = row.getDouble(2);
      gaps.ownGap()[i] = row.getDouble(3);
      gaps.clockGap()[i] = row.getDouble(4);
      gaps.naiveGap()[i] = row.getDouble(5);
      gaps.actual()[i] = row.getDouble(6);
      gaps.vehicle()[i] =
          i == 0
              ? 0
              : gaps.vehicle()[i - 1]
                  + (row.getString(0).equals(rows.get(i - 1).getString(0)) ? 0 : 1);
    }
    return gaps;
  }

  private static double shareWithin(double[] errors, double days, int[] weight) {
    double within = 0;
    double all = 0;
    for (int i = 0; i < errors.length; i++) {
      double times = weight == null ? 1 : weight[i];
      all += times;
      within += errors[i] <= days ? times : 0;
    }
    return within / all;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
