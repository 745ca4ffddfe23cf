package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static io.servicelake.ml.churn.ChurnBasis.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.linear.FeatureColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Features of churn over rows a {@link ChurnBasis} has prepared: timing against the own rhythm and
 * the service clock, habit, experience, complaints, price, distance, warranty, the vehicle's age
 * and the season. None is null: what is missing is neutral and has an indicator.
 */
public final class ChurnFeatures {
  /** Group of features that say nothing of the person: the season. */
  public static final String SEASON = "SEASON";

  private ChurnFeatures() {}

  /**
   * Features as they are, for trees.
   *
   * @param basis what the rows were prepared by
   */
  public static List<FeatureColumn> plain(ChurnBasis basis) {
    List<FeatureColumn> features = new ArrayList<>();
    timing(features, basis);
    habit(features);
    experience(features);
    price(features);
    surroundings(features);
    if (basis.withSeason()) {
      season(features);
    }
    return features;
  }

  /** The same and their piecewise linear terms and products, for a linear model. */
  public static List<FeatureColumn> shaped(ChurnBasis basis) {
    List<FeatureColumn> features = plain(basis);
    knots(features, LATENESS, 1, -0.9, -0.4, -0.1, 0.2, 0.5, 1);
    knots(features, NEXT_IN, 100, -240, -120, -60, 0, 45, 90, 135, 180, 240);
    knots(features, DUE_IN, 100, -240, -120, -60, 0, 45, 90, 135, 180, 240);
    knots(features, RECENCY, 100, 30, 90, 180, 270, 400);
    knots(features, DUENESS, 1, 0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3);
    knots(features, DUENESS_THEN, 1, 0.7, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5);
    knots(features, MAKER_DUENESS, 1, 0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3);
    knots(features, MAKER_DUENESS_THEN, 1, 0.7, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5);
    if (basis.attrition() != null) {
      processKnots(features);
    }
    knots(features, WARRANTY_LEFT, 1, -1, 0, 0.5, 1);
    knots(features, AGE, 1, 2, 3, 5, 7, 10);
    knots(features, ODOMETER, 1, 3, 6, 10, 15);
    add(features, "rhythm_beyond_120", ChurnReason.HABIT, positive(log(RHYTHM.col().divide(120))));
    add(features, "rhythm_beyond_200", ChurnReason.HABIT, positive(log(RHYTHM.col().divide(200))));
    products(features);
    return features;
  }

  /**
   * What the visit process says of the person, piecewise linear: part of the shaped features of a
   * basis with one.
   */
  static List<FeatureColumn> ofProcess() {
    List<FeatureColumn> features = new ArrayList<>();
    process(features);
    processKnots(features);
    return features;
  }

  /** The plain ones and the piecewise linear terms of the visit process. */
  static List<FeatureColumn> plainAndProcess(ChurnBasis basis) {
    List<FeatureColumn> features = plain(basis);
    processKnots(features);
    return features;
  }

  /** Days since the last visit: the first naive rule. */
  public static Column recencyDays() {
    return datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col());
  }

  /** Days past due by the service clock, 0 where it is unknown: the second naive rule. */
  public static Column overdueDays() {
    return coalesce(datediff(SNAPSHOT_ON.col(), DUE_ON.col()), lit(0));
  }

  private static void timing(List<FeatureColumn> features, ChurnBasis basis) {
    for (Field field : List.of(LATENESS, NEXT_IN, DUE_IN, RECENCY)) {
      add(features, field.name(), ChurnReason.OVERDUE, field.col());
    }
    add(features, PERIOD.name(), ChurnReason.OVERDUE, PERIOD.col());
    add(features, DUENESS.name(), ChurnReason.OVERDUE, DUENESS.col());
    add(features, DUENESS_THEN.name(), ChurnReason.OVERDUE, DUENESS_THEN.col());
    add(features, SINCE_SERVICE.name(), ChurnReason.OVERDUE, SINCE_SERVICE.col());
    add(features, MAKER_DUENESS.name(), ChurnReason.OVERDUE, MAKER_DUENESS.col());
    add(features, MAKER_DUENESS_THEN.name(), ChurnReason.OVERDUE, MAKER_DUENESS_THEN.col());
    add(features, AHEAD.name(), ChurnReason.OVERDUE, AHEAD.col());
    if (basis.attrition() != null) {
      process(features);
    }
    add(features, "due_unknown", ChurnReason.OVERDUE, flag(DUE_ON.col().isNull()));
    if (basis.visits() != null) {
      add(features, EXPECTED.name(), ChurnReason.OVERDUE, log1p(EXPECTED.col()));
      add(features, RETURNS.name(), ChurnReason.OVERDUE, RETURNS.col());
    }
  }

  private static void process(List<FeatureColumn> features) {
    for (Field field : List.of(NO_VISIT_LOGIT, HAS_LEFT, NO_VISIT_STAYING, SERVICES)) {
      add(features, field.name(), ChurnReason.OVERDUE, field.col());
    }
    add(features, GRIEVANCE.name(), ChurnReason.EXPERIENCE, GRIEVANCE.col());
    add(features, LARGE_BILLS.name(), ChurnReason.PRICE, LARGE_BILLS.col());
    add(
        features,
        "no_process",
        ChurnReason.HABIT,
        flag(functions.size(HELD_SINCE_ON.col()).equalTo(0)));
  }

  private static void processKnots(List<FeatureColumn> features) {
    knots(features, NO_VISIT_LOGIT, 1, -3, -2, -1, 0, 1, 2, 3);
    knots(features, HAS_LEFT, 1, 0.05, 0.2, 0.5, 0.8);
    knots(features, SERVICES, 1, 0.1, 0.2, 0.4, 0.6, 0.9, 1.2, 1.6);
  }

  private static void products(List<FeatureColumn> features) {
    ChurnReason overdue = ChurnReason.OVERDUE;
    Column late = positive(LATENESS.col());
    Column dueLate = positive(negate(DUE_IN.col())).divide(100);
    Column ended = flag(WARRANTY_UNTIL_ON.col().leq(SNAPSHOT_ON.col()));
    add(features, "late_by_gaps", overdue, late.multiply(log1p(GAPS.col())));
    add(features, "late_by_variation", overdue, late.multiply(VARIATION.col()));
    add(features, "due_late_by_gaps", overdue, dueLate.multiply(log1p(GAPS.col())));
    add(features, "late_and_due_late", overdue, late.multiply(least(dueLate, lit(2.0))));
    add(features, "ahead_by_kept", overdue, AHEAD.col().multiply(KEPT.col()));
    add(features, "ahead_by_age", overdue, AHEAD.col().multiply(least(AGE.col(), lit(8.0))));
    add(features, "ahead_after_warranty", overdue, AHEAD.col().multiply(ended));
    add(features, "dueness_by_kept", overdue, DUENESS.col().multiply(KEPT.col()));
    add(features, "late_rounds_by_kept", overdue, beyond(DUENESS, 1.25).multiply(KEPT.col()));
    add(
        features,
        "late_rounds_by_gaps",
        overdue,
        beyond(DUENESS, 1.25).multiply(log1p(GAPS.col())));
  }

  private static void habit(List<FeatureColumn> features) {
    ChurnReason habit = ChurnReason.HABIT;
    Column visits = greatest(VISITS_24M_COUNT.col(), lit(1)).cast(Columns.DOUBLE);
    add(features, "rhythm", habit, log(RHYTHM.col()));
    add(features, "variation", habit, VARIATION.col());
    add(features, KEPT.name(), habit, KEPT.col());
    add(features, "single_visit", habit, flag(VISITS_COUNT.col().leq(1)));
    add(features, "visits", habit, log1p(VISITS_COUNT.col()));
    add(features, "visits_12m", habit, log1p(VISITS_12M_COUNT.col()));
    add(features, "visits_24m", habit, log1p(VISITS_24M_COUNT.col()));
    add(features, "maintenance_24m", habit, log1p(MAINTENANCE_24M_COUNT.col()));
    add(features, "maintenance_share", habit, MAINTENANCE_24M_COUNT.col().divide(visits));
    add(features, "repairs_24m", habit, log1p(REPAIRS_24M_COUNT.col()));
    add(features, "appointment_share", habit, APPOINTMENTS_24M_COUNT.col().divide(visits));
    add(features, "several_dealers", habit, flag(DEALERS_24M_COUNT.col().gt(1)));
    add(features, "several_vehicles", habit, flag(VEHICLES_COUNT.col().gt(1)));
    add(features, "no_vehicle", habit, flag(VEHICLES_COUNT.col().leq(0)));
    add(
        features,
        "tenure",
        habit,
        log1p(positive(days(SNAPSHOT_ON.col(), FIRST_VISIT_ON.col())).divide(DAYS_PER_YEAR)));
    add(
        features,
        "km_per_day",
        habit,
        log1p(positive(coalesce(KM_PER_DAY.col(), lit(35.0))).divide(10)));
    add(features, "reached_12m", habit, log1p(REACHED_12M_COUNT.col()));
    add(features, "praises_12m", habit, atMost3(PRAISES_12M_COUNT));
    add(
        features,
        "spend_24m",
        habit,
        log1p(greatest(NET_24M_AMOUNT_MINOR.col(), lit(0L)).divide(10_000.0)));
    for (String tier : List.of("BRONZE", "SILVER", "GOLD", "DIAMOND")) {
      add(
          features,
          "tier_" + tier.toLowerCase(Locale.ROOT),
          habit,
          flag(MEMBER_TIER.col().equalTo(tier)));
    }
    for (String powertrain : List.of("HEV", "PHEV", "BEV")) {
      add(
          features,
          "powertrain_" + powertrain.toLowerCase(Locale.ROOT),
          habit,
          flag(POWERTRAIN.col().equalTo(powertrain)));
    }
  }

  private static void experience(List<FeatureColumn> features) {
    ChurnReason bad = ChurnReason.EXPERIENCE;
    add(features, "comebacks_12m", bad, atMost3(COMEBACKS_12M_COUNT));
    add(features, "any_comeback", bad, flag(COMEBACKS_12M_COUNT.col().gt(0)));
    add(features, COMEBACK_FRESH.name(), bad, COMEBACK_FRESH.col());
    add(features, "late_deliveries_12m", bad, atMost3(LATE_DELIVERIES_12M_COUNT));
    add(features, LATE_FRESH.name(), bad, LATE_FRESH.col());
    mark(features, "repair_mark", bad, MEAN_REPAIR_MARK);
    mark(features, "attitude_mark", bad, MEAN_ATTITUDE_MARK);
    add(features, "no_answer", bad, flag(MEAN_REPAIR_MARK.col().isNull()));

    ChurnReason complaint = ChurnReason.COMPLAINT;
    add(features, "complaints_12m", complaint, atMost3(COMPLAINTS_12M_COUNT));
    add(features, "any_complaint", complaint, flag(COMPLAINTS_12M_COUNT.col().gt(0)));
    add(features, COMPLAINT_FRESH.name(), complaint, COMPLAINT_FRESH.col());
    add(
        features,
        "slowest_complaint",
        complaint,
        log1p(coalesce(SLOWEST_COMPLAINT_12M_DAYS.col(), lit(0))));
    add(features, "open_complaint", complaint, flag(OPEN_COMPLAINTS_COUNT.col().gt(0)));
    add(
        features,
        "complained_last",
        complaint,
        flag(LAST_COMPLAINT_ON.col().geq(LAST_VISIT_ON.col())));
  }

  private static void price(List<FeatureColumn> features) {
    ChurnReason price = ChurnReason.PRICE;
    Column visits = greatest(VISITS_24M_COUNT.col(), lit(1)).cast(Columns.DOUBLE);
    Column net = greatest(NET_24M_AMOUNT_MINOR.col(), lit(1L)).cast(Columns.DOUBLE);
    mark(features, "price_mark", price, MEAN_PRICE_MARK);
    add(features, "declined_24m", price, log1p(DECLINED_24M_COUNT.col()));
    add(
        features,
        "declined_per_visit",
        price,
        least(DECLINED_24M_COUNT.col().divide(visits), lit(3.0)));
    add(
        features,
        "own_pay_share",
        price,
        clamp(CUSTOMER_PAY_24M_AMOUNT_MINOR.col().divide(net), 0, 1));
    add(
        features,
        "spend_per_visit",
        price,
        log1p(
            greatest(CUSTOMER_PAY_24M_AMOUNT_MINOR.col(), lit(0L))
                .divide(10_000.0)
                .divide(visits)));
    add(
        features,
        "highest_pay_12m",
        price,
        log1p(greatest(HIGHEST_PAY_12M_AMOUNT_MINOR.col(), lit(0L)).divide(10_000.0)));
  }

  private static void surroundings(List<FeatureColumn> features) {
    Column distance = coalesce(DISTANCE_KM.col(), lit(8.0));
    add(features, "distance", ChurnReason.DISTANCE, log1p(distance));
    add(
        features,
        "distance_beyond_15",
        ChurnReason.DISTANCE,
        positive(distance.minus(15)).divide(10));
    add(features, "distance_unknown", ChurnReason.DISTANCE, flag(DISTANCE_KM.col().isNull()));

    ChurnReason warranty = ChurnReason.WARRANTY_ENDED;
    add(features, "warranty_ended", warranty, flag(WARRANTY_UNTIL_ON.col().leq(SNAPSHOT_ON.col())));
    add(features, "warranty_unknown", warranty, flag(WARRANTY_UNTIL_ON.col().isNull()));
    add(features, WARRANTY_LEFT.name(), warranty, WARRANTY_LEFT.col());

    ChurnReason age = ChurnReason.VEHICLE_AGE;
    add(features, AGE.name(), age, AGE.col());
    add(features, ODOMETER.name(), age, ODOMETER.col());
    add(features, "age_unknown", age, flag(VEHICLE_SOLD_ON.col().isNull()));
  }

  private static void season(List<FeatureColumn> features) {
    Column year = functions.dayofyear(SNAPSHOT_ON.col()).multiply(2 * Math.PI / DAYS_PER_YEAR);
    for (int harmonic = 1; harmonic <= 2; harmonic++) {
      Column angle = year.multiply(harmonic);
      features.add(new FeatureColumn("season_sin_" + harmonic, SEASON, functions.sin(angle)));
      features.add(new FeatureColumn("season_cos_" + harmonic, SEASON, functions.cos(angle)));
    }
  }

  /** A mark from 1 to 5 as distance below the best, 0 without an answer. */
  private static void mark(
      List<FeatureColumn> features, String name, ChurnReason reason, Field mark) {
    add(features, name, reason, coalesce(lit(5.0).minus(mark.col()), lit(0.0)));
    add(features, name + "_below_3", reason, flag(mark.col().lt(3)));
  }

  /** What a quantity that is a feature exceeds each knot by, in the feature's group. */
  private static void knots(
      List<FeatureColumn> features, Field value, double unit, double... knots) {
    String group =
        features.stream()
            .filter(feature -> feature.name().equals(value.name()))
            .findFirst()
            .orElseThrow()
            .group();
    for (double knot : knots) {
      features.add(
          new FeatureColumn(
              "%s_beyond_%s".formatted(value.name(), knot),
              group,
              beyond(value, knot).divide(unit)));
    }
  }

  private static Column beyond(Field value, double knot) {
    return positive(value.col().minus(knot));
  }

  private static void add(
      List<FeatureColumn> features, String name, ChurnReason reason, Column value) {
    features.add(new FeatureColumn(name, reason.name(), value));
  }

  private static Column atMost3(Field count) {
    return least(count.col(), lit(3)).cast(Columns.DOUBLE);
  }

  private static Column positive(Column value) {
    return greatest(value, lit(0.0));
  }

  private static Column flag(Column condition) {
    return when(condition, 1.0).otherwise(0.0);
  }

  static Column days(Column end, Column start) {
    return datediff(end, start).cast(Columns.DOUBLE);
  }

  /**
   * The value cut to the ends; null becomes the low end, so what is missing is filled in before.
   */
  static Column clamp(Column value, double low, double high) {
    return least(greatest(value, lit(low)), lit(high));
  }
}
