package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Features of churn: recency against the person's own rhythm and the service clock as piecewise
 * linear terms, habit, experience, complaints, price, distance, warranty, the vehicle's age and the
 * season. All are taken at the snapshot day from dates; none is null: what is missing is neutral
 * and has an indicator.
 */
public final class ChurnFeatures {
  /** Group of features that say nothing of the person: the season. */
  public static final String SEASON = "SEASON";

  private static final double DAYS_PER_YEAR = 365.25;
  private static final double PRIOR_GAPS = 2;

  private static final Field RECENCY = base("recency", "Days since the last visit.");
  private static final Field GAPS = base("gaps", "Gaps between visits.");
  private static final Field RHYTHM =
      base("rhythm", "Own mean gap, shrunk to the typical one by two gaps, days.");
  private static final Field LATENESS = base("lateness", "Logarithm of recency over rhythm.");
  private static final Field NEXT_IN = base("next_in", "Days until the own rhythm's next visit.");
  private static final Field DUE_IN = base("due_in", "Days until the service clock runs out.");
  private static final Field VARIATION = base("variation", "Variation of the gaps, 0 to 1.5.");
  private static final Field WARRANTY_LEFT = base("warranty_left", "Years of warranty left.");
  private static final Field AGE = base("age", "Age of the vehicle, years.");
  private static final Field ODOMETER = base("odometer", "Odometer today, 10,000 km.");

  private ChurnFeatures() {}

  /**
   * Adds the quantities the features are made of.
   *
   * @param typicalGapDays median of the mean gaps: stands in for a rhythm not yet seen
   */
  public static Dataset<Row> withBase(Dataset<Row> population, double typicalGapDays) {
    Column recency = days(SNAPSHOT_ON.col(), LAST_VISIT_ON.col());
    Column gaps = greatest(VISITS_COUNT.col().minus(1), lit(0)).cast(Columns.DOUBLE);
    Dataset<Row> rows =
        population
            .withColumn(RECENCY.name(), recency)
            .withColumn(GAPS.name(), gaps)
            .withColumn(
                RHYTHM.name(),
                gaps.multiply(coalesce(MEAN_GAP_DAYS.col(), lit(typicalGapDays)))
                    .plus(PRIOR_GAPS * typicalGapDays)
                    .divide(gaps.plus(PRIOR_GAPS)))
            .withColumn(
                DUE_IN.name(),
                clamp(coalesce(days(DUE_ON.col(), SNAPSHOT_ON.col()), lit(0.0)), -720, 420))
            .withColumn(
                VARIATION.name(),
                least(
                    coalesce(
                        GAP_SD_DAYS.col().divide(greatest(MEAN_GAP_DAYS.col(), lit(1.0))),
                        lit(0.6)),
                    lit(1.5)))
            .withColumn(
                WARRANTY_LEFT.name(),
                clamp(
                    coalesce(
                        days(WARRANTY_UNTIL_ON.col(), SNAPSHOT_ON.col()).divide(DAYS_PER_YEAR),
                        lit(0.0)),
                    -3,
                    3))
            .withColumn(
                AGE.name(),
                clamp(
                    coalesce(
                        days(SNAPSHOT_ON.col(), VEHICLE_SOLD_ON.col()).divide(DAYS_PER_YEAR),
                        lit(4.0)),
                    0,
                    15))
            .withColumn(
                ODOMETER.name(),
                clamp(
                    coalesce(
                        LAST_ODOMETER_KM
                            .col()
                            .plus(recency.multiply(coalesce(KM_PER_DAY.col(), lit(0.0))))
                            .divide(10_000.0),
                        lit(5.0)),
                    0,
                    40));
    return rows.withColumn(
            LATENESS.name(),
            clamp(functions.log(RECENCY.col().plus(7).divide(RHYTHM.col().plus(7))), -3, 3))
        .withColumn(NEXT_IN.name(), clamp(RHYTHM.col().minus(RECENCY.col()), -600, 600));
  }

  /**
   * The features, over rows that {@link #withBase} has prepared.
   *
   * @param withSeason false where training has not seen every month of the year
   */
  public static List<FeatureColumn> all(boolean withSeason) {
    List<FeatureColumn> features = new ArrayList<>();
    spline(features, ChurnReason.OVERDUE, LATENESS, 1, -0.9, -0.4, -0.1, 0.2, 0.5, 1);
    spline(features, ChurnReason.OVERDUE, NEXT_IN, 100, -240, -120, -60, 0, 45, 90, 135, 180, 240);
    spline(features, ChurnReason.OVERDUE, DUE_IN, 100, -240, -120, -60, 0, 45, 90, 135, 180, 240);
    spline(features, ChurnReason.OVERDUE, RECENCY, 100, 30, 90, 180, 270, 400);
    Column late = greatest(LATENESS.col(), lit(0.0));
    add(features, ChurnReason.OVERDUE, "late_by_gaps", late.multiply(log1p(GAPS.col())));
    add(features, ChurnReason.OVERDUE, "late_by_variation", late.multiply(VARIATION.col()));
    add(features, ChurnReason.OVERDUE, "due_unknown", flag(DUE_ON.col().isNull()));
    Column dueLate = greatest(DUE_IN.col().multiply(-1), lit(0.0)).divide(100);
    add(features, ChurnReason.OVERDUE, "due_late_by_gaps", dueLate.multiply(log1p(GAPS.col())));
    add(
        features,
        ChurnReason.OVERDUE,
        "late_and_due_late",
        late.multiply(least(dueLate, lit(2.0))));

    habit(features);
    experience(features);

    add(features, ChurnReason.DISTANCE, "distance", log1p(coalesce(DISTANCE_KM.col(), lit(8.0))));
    add(
        features,
        ChurnReason.DISTANCE,
        "distance_beyond_15",
        greatest(coalesce(DISTANCE_KM.col(), lit(8.0)).minus(15), lit(0.0)).divide(10));
    add(features, ChurnReason.DISTANCE, "distance_unknown", flag(DISTANCE_KM.col().isNull()));

    add(
        features,
        ChurnReason.WARRANTY_ENDED,
        "warranty_ended",
        flag(WARRANTY_UNTIL_ON.col().leq(SNAPSHOT_ON.col())));
    add(
        features,
        ChurnReason.WARRANTY_ENDED,
        "warranty_unknown",
        flag(WARRANTY_UNTIL_ON.col().isNull()));
    spline(features, ChurnReason.WARRANTY_ENDED, WARRANTY_LEFT, 1, -1, 0, 0.5, 1);

    spline(features, ChurnReason.VEHICLE_AGE, AGE, 1, 2, 3, 5, 7, 10);
    spline(features, ChurnReason.VEHICLE_AGE, ODOMETER, 1, 3, 6, 10, 15);
    add(features, ChurnReason.VEHICLE_AGE, "age_unknown", flag(VEHICLE_SOLD_ON.col().isNull()));

    if (withSeason) {
      Column year = functions.dayofyear(SNAPSHOT_ON.col()).multiply(2 * Math.PI / DAYS_PER_YEAR);
      for (int harmonic = 1; harmonic <= 2; harmonic++) {
        features.add(
            new FeatureColumn(
                "season_sin_" + harmonic, SEASON, functions.sin(year.multiply(harmonic))));
        features.add(
            new FeatureColumn(
                "season_cos_" + harmonic, SEASON, functions.cos(year.multiply(harmonic))));
      }
    }
    return features;
  }

  /** Days since the last visit: the naive rule. */
  public static Column recencyDays() {
    return datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col());
  }

  private static void habit(List<FeatureColumn> features) {
    ChurnReason habit = ChurnReason.HABIT;
    Column visits = greatest(VISITS_24M_COUNT.col(), lit(1)).cast(Columns.DOUBLE);
    add(features, habit, "rhythm", functions.log(RHYTHM.col()));
    add(
        features,
        habit,
        "rhythm_beyond_120",
        greatest(functions.log(RHYTHM.col().divide(120)), lit(0.0)));
    add(
        features,
        habit,
        "rhythm_beyond_200",
        greatest(functions.log(RHYTHM.col().divide(200)), lit(0.0)));
    add(features, habit, "variation", VARIATION.col());
    add(features, habit, "single_visit", flag(VISITS_COUNT.col().leq(1)));
    add(features, habit, "visits", log1p(VISITS_COUNT.col()));
    add(features, habit, "visits_12m", log1p(VISITS_12M_COUNT.col()));
    add(features, habit, "visits_24m", log1p(VISITS_24M_COUNT.col()));
    add(features, habit, "maintenance_24m", log1p(MAINTENANCE_24M_COUNT.col()));
    add(features, habit, "maintenance_share", MAINTENANCE_24M_COUNT.col().divide(visits));
    add(features, habit, "appointment_share", APPOINTMENTS_24M_COUNT.col().divide(visits));
    add(features, habit, "several_dealers", flag(DEALERS_24M_COUNT.col().gt(1)));
    add(features, habit, "several_vehicles", flag(VEHICLES_COUNT.col().gt(1)));
    add(features, habit, "no_vehicle", flag(VEHICLES_COUNT.col().leq(0)));
    add(
        features,
        habit,
        "tenure",
        log1p(
            greatest(days(SNAPSHOT_ON.col(), FIRST_VISIT_ON.col()), lit(0.0))
                .divide(DAYS_PER_YEAR)));
    add(
        features,
        habit,
        "km_per_day",
        log1p(greatest(coalesce(KM_PER_DAY.col(), lit(35.0)), lit(0.0)).divide(10)));
    add(features, habit, "reached_12m", log1p(REACHED_12M_COUNT.col()));
    add(
        features,
        habit,
        "praises_12m",
        least(PRAISES_12M_COUNT.col(), lit(3)).cast(Columns.DOUBLE));
    add(
        features,
        habit,
        "spend_24m",
        log1p(greatest(NET_24M_AMOUNT_MINOR.col(), lit(0L)).divide(10_000.0)));
    for (String tier : List.of("BRONZE", "SILVER", "GOLD", "DIAMOND")) {
      add(
          features,
          habit,
          "tier_" + tier.toLowerCase(Locale.ROOT),
          flag(MEMBER_TIER.col().equalTo(tier)));
    }
    for (String powertrain : List.of("HEV", "PHEV", "BEV")) {
      add(
          features,
          habit,
          "powertrain_" + powertrain.toLowerCase(Locale.ROOT),
          flag(POWERTRAIN.col().equalTo(powertrain)));
    }
  }

  private static void experience(List<FeatureColumn> features) {
    ChurnReason bad = ChurnReason.EXPERIENCE;
    add(
        features,
        bad,
        "comebacks_12m",
        least(COMEBACKS_12M_COUNT.col(), lit(3)).cast(Columns.DOUBLE));
    add(features, bad, "any_comeback", flag(COMEBACKS_12M_COUNT.col().gt(0)));
    add(
        features,
        bad,
        "late_deliveries_12m",
        least(LATE_DELIVERIES_12M_COUNT.col(), lit(3)).cast(Columns.DOUBLE));
    mark(features, bad, "repair_mark", MEAN_REPAIR_MARK);
    mark(features, bad, "attitude_mark", MEAN_ATTITUDE_MARK);
    add(features, bad, "no_answer", flag(MEAN_REPAIR_MARK.col().isNull()));

    ChurnReason complaint = ChurnReason.COMPLAINT;
    add(
        features,
        complaint,
        "complaints_12m",
        least(COMPLAINTS_12M_COUNT.col(), lit(3)).cast(Columns.DOUBLE));
    add(features, complaint, "any_complaint", flag(COMPLAINTS_12M_COUNT.col().gt(0)));
    add(features, complaint, "open_complaint", flag(OPEN_COMPLAINTS_COUNT.col().gt(0)));
    add(
        features,
        complaint,
        "complained_last",
        flag(LAST_COMPLAINT_ON.col().geq(LAST_VISIT_ON.col())));

    ChurnReason price = ChurnReason.PRICE;
    Column visits = greatest(VISITS_24M_COUNT.col(), lit(1)).cast(Columns.DOUBLE);
    Column net = greatest(NET_24M_AMOUNT_MINOR.col(), lit(1L)).cast(Columns.DOUBLE);
    mark(features, price, "price_mark", MEAN_PRICE_MARK);
    add(features, price, "declined_24m", log1p(DECLINED_24M_COUNT.col()));
    add(
        features,
        price,
        "declined_per_visit",
        least(DECLINED_24M_COUNT.col().divide(visits), lit(3.0)));
    add(
        features,
        price,
        "own_pay_share",
        clamp(CUSTOMER_PAY_24M_AMOUNT_MINOR.col().divide(net), 0, 1));
    add(
        features,
        price,
        "spend_per_visit",
        log1p(
            greatest(CUSTOMER_PAY_24M_AMOUNT_MINOR.col(), lit(0L))
                .divide(10_000.0)
                .divide(visits)));
  }

  /** A mark from 1 to 5 as distance below the best, 0 without an answer. */
  private static void mark(
      List<FeatureColumn> features, ChurnReason reason, String name, Field mark) {
    add(features, reason, name, coalesce(lit(5.0).minus(mark.col()), lit(0.0)));
    add(features, reason, name + "_below_3", flag(mark.col().lt(3)));
  }

  private static void spline(
      List<FeatureColumn> features, ChurnReason reason, Field value, double unit, double... knots) {
    add(features, reason, value.name(), value.col().divide(unit));
    for (double knot : knots) {
      add(
          features,
          reason,
          "%s_beyond_%s".formatted(value.name(), knot),
          greatest(value.col().minus(knot), lit(0.0)).divide(unit));
    }
  }

  private static void add(
      List<FeatureColumn> features, ChurnReason reason, String name, Column value) {
    features.add(new FeatureColumn(name, reason.name(), value));
  }

  private static Column flag(Column condition) {
    return when(condition, 1.0).otherwise(0.0);
  }

  private static Column days(Column end, Column start) {
    return datediff(end, start).cast(Columns.DOUBLE);
  }

  private static Column clamp(Column value, double low, double high) {
    return least(greatest(value, lit(low)), lit(high));
  }

  private static Field base(String name, String meaning) {
    return new Field("base_" + name, Columns.DOUBLE, false, name, name, meaning);
  }
}
