package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static io.servicelake.ml.churn.ChurnFeatures.clamp;
import static io.servicelake.ml.churn.ChurnFeatures.days;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.negate;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.attrition.AttritionModel;
import io.servicelake.ml.repeat.FitSettings;
import io.servicelake.ml.repeat.RepeatVisitParameters;
import io.servicelake.ml.repeat.VisitKind;
import io.servicelake.ml.repeat.VisitModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the features of churn rest on besides the snapshot, and the quantities they are made of. All
 * are taken at the snapshot day from dates; none is null: what is missing is neutral.
 *
 * @param horizonDays window of the outcome, days
 * @param typicalGapDays median of the mean gaps in training: stands in for a rhythm not yet seen
 * @param withSeason true if training saw every month of the year
 * @param visits repeat visits, fitted within the training window; null where they were refused
 * @param attrition visit process with hidden leaving, fitted within the training window; null for a
 *     model without its features
 * @param largeBillMinor own pay of one visit day that a tenth of the training rows reached within a
 *     year, hundredths
 */
public record ChurnBasis(
    int horizonDays,
    double typicalGapDays,
    boolean withSeason,
    VisitModel visits,
    AttritionModel attrition,
    double largeBillMinor) {
  static final double DAYS_PER_YEAR = 365.25;

  static final Field RECENCY = base("recency", "Days since the last visit.");
  static final Field GAPS = base("gaps", "Gaps between visits.");
  static final Field RHYTHM =
      base("rhythm", "Own mean gap, shrunk to the typical one by two gaps, days.");
  static final Field LATENESS = base("lateness", "Logarithm of recency over rhythm.");
  static final Field NEXT_IN = base("next_in", "Days until the own rhythm's next visit.");
  static final Field DUE_IN = base("due_in", "Days until the service clock runs out.");
  static final Field PERIOD = base("period", "Days of one round of the service clock.");
  static final Field DUENESS = base("dueness", "Rounds of the clock since the last service.");
  static final Field DUENESS_THEN = base("dueness_then", "Rounds at the end of the window.");
  static final Field SINCE_SERVICE = base("since_service", "Days since the clock began.");
  static final Field MAKER_DUENESS =
      base("maker_dueness", "Rounds of the maker's interval since the last service.");
  static final Field MAKER_DUENESS_THEN =
      base("maker_dueness_then", "The same at the end of the window.");
  static final Field AHEAD =
      base("ahead", "Share of the time around the due day that lies in the window.");
  static final Field KEPT = base("kept", "Services done over services due in 24 months, shrunk.");
  static final Field VARIATION = base("variation", "Variation of the gaps, 0 to 1.5.");
  static final Field WARRANTY_LEFT = base("warranty_left", "Years of warranty left.");
  static final Field AGE = base("age", "Age of the vehicle, years.");
  static final Field ODOMETER = base("odometer", "Odometer today, 10,000 km.");
  static final Field COMEBACK_FRESH = base("comeback_fresh", "1 on the day, fading by quarters.");
  static final Field LATE_FRESH = base("late_fresh", "Late delivery, as comebacks.");
  static final Field COMPLAINT_FRESH = base("complaint_fresh", "Complaint, as comebacks.");
  static final Field NO_VISIT_LOGIT =
      base(
          "no_visit_logit",
          "Logit of no visit in the window, by the visit process, had nothing gone wrong and no bill been large.");
  static final Field GRIEVANCE =
      base("grievance", "What the logit is higher by for what went wrong.");
  static final Field LARGE_BILLS =
      base("large_bills", "What the logit is higher by for large bills.");
  static final Field HAS_LEFT = base("has_left", "Probability to have left, by the visit process.");
  static final Field NO_VISIT_STAYING =
      base("no_visit_staying", "Probability of no visit of who has not left.");
  static final Field SERVICES =
      base(
          "services",
          "Maintenance visits to be expected of who has not left, as long as none comes.");
  static final Field EXPECTED = base("expected_visits", "Visits expected in the window.");
  static final Field RETURNS = base("returns", "Probability of a visit in the window.");

  private static final Field MAKER_PERIOD =
      base("maker_period", "Days of one round of the maker's interval.");
  private static final Field OUTLOOK = base("outlook", "Figures of the repeat-visit model.");

  /** One chance of leaving for all where the data do not tell how it differs. */
  static final VisitKind REPEAT_VISITS = VisitKind.MBG_CNBD;

  private static final double PRIOR_GAPS = 2;
  private static final double USUAL_PERIOD = 300;
  private static final double FADING_DAYS = 90;
  private static final double LEAST_PROBABILITY = 0.002;
  private static final double AROUND_DUE_FROM = 0.75;
  private static final double AROUND_DUE_UNTIL = 1.5;

  /** Adds the quantities the features are made of to population rows. */
  Dataset<Row> prepare(Dataset<Row> population) {
    Dataset<Row> rows = population.withColumns(named(direct()));
    rows = rows.withColumns(named(derived()));
    rows = attrition == null ? rows : withAttrition(rows);
    return visits == null ? rows : withRepeatVisits(rows);
  }

  private static Map<String, Column> named(Map<Field, Column> columns) {
    Map<String, Column> result = new LinkedHashMap<>();
    columns.forEach((field, value) -> result.put(field.name(), value));
    return result;
  }

  private Map<Field, Column> direct() {
    Column recency = days(SNAPSHOT_ON.col(), LAST_VISIT_ON.col());
    Column gaps = greatest(VISITS_COUNT.col().minus(1), lit(0)).cast(Columns.DOUBLE);
    Map<Field, Column> columns = new LinkedHashMap<>();
    columns.put(RECENCY, recency);
    columns.put(GAPS, gaps);
    columns.put(
        RHYTHM,
        gaps.multiply(coalesce(MEAN_GAP_DAYS.col(), lit(typicalGapDays)))
            .plus(PRIOR_GAPS * typicalGapDays)
            .divide(gaps.plus(PRIOR_GAPS)));
    columns.put(
        DUE_IN, clamp(coalesce(days(DUE_ON.col(), SNAPSHOT_ON.col()), lit(0.0)), -720, 420));
    columns.put(
        PERIOD,
        clamp(coalesce(days(DUE_ON.col(), SERVICE_FROM_ON.col()), lit(USUAL_PERIOD)), 60, 1000));
    columns.put(
        MAKER_PERIOD,
        clamp(
            coalesce(days(MAKER_DUE_ON.col(), SERVICE_FROM_ON.col()), lit(USUAL_PERIOD)),
            30,
            1000));
    columns.put(
        SINCE_SERVICE,
        clamp(coalesce(days(SNAPSHOT_ON.col(), SERVICE_FROM_ON.col()), recency), 0, 1500));
    columns.put(
        VARIATION,
        least(
            coalesce(GAP_SD_DAYS.col().divide(greatest(MEAN_GAP_DAYS.col(), lit(1.0))), lit(0.6)),
            lit(1.5)));
    columns.put(
        WARRANTY_LEFT,
        clamp(
            coalesce(
                days(WARRANTY_UNTIL_ON.col(), SNAPSHOT_ON.col()).divide(DAYS_PER_YEAR), lit(0.0)),
            -3,
            3));
    columns.put(
        AGE,
        clamp(
            coalesce(
                days(SNAPSHOT_ON.col(), VEHICLE_SOLD_ON.col()).divide(DAYS_PER_YEAR), lit(4.0)),
            0,
            15));
    columns.put(
        ODOMETER,
        clamp(
            coalesce(
                LAST_ODOMETER_KM
                    .col()
                    .plus(recency.multiply(coalesce(KM_PER_DAY.col(), lit(0.0))))
                    .divide(10_000.0),
                lit(5.0)),
            0,
            40));
    columns.put(COMEBACK_FRESH, fresh(LAST_COMEBACK_ON));
    columns.put(LATE_FRESH, fresh(LAST_LATE_DELIVERY_ON));
    columns.put(COMPLAINT_FRESH, fresh(LAST_COMPLAINT_ON));
    return columns;
  }

  private Map<Field, Column> derived() {
    Column dueness =
        clamp(
            coalesce(
                days(SNAPSHOT_ON.col(), SERVICE_FROM_ON.col()).divide(PERIOD.col()),
                lit(1.0).minus(DUE_IN.col().divide(USUAL_PERIOD))),
            0,
            6);
    Column then = dueness.plus(lit(horizonDays).divide(PERIOD.col()));
    Column seen =
        least(days(SNAPSHOT_ON.col(), FIRST_VISIT_ON.col()), lit(2 * DAYS_PER_YEAR))
            .divide(PERIOD.col());
    Map<Field, Column> columns = new LinkedHashMap<>();
    columns.put(LATENESS, clamp(log(RECENCY.col().plus(7).divide(RHYTHM.col().plus(7))), -3, 3));
    columns.put(NEXT_IN, clamp(RHYTHM.col().minus(RECENCY.col()), -600, 600));
    columns.put(DUENESS, dueness);
    columns.put(DUENESS_THEN, then);
    columns.put(MAKER_DUENESS, clamp(SINCE_SERVICE.col().divide(MAKER_PERIOD.col()), 0, 6));
    columns.put(
        MAKER_DUENESS_THEN,
        clamp(SINCE_SERVICE.col().plus(horizonDays).divide(MAKER_PERIOD.col()), 0, 8));
    columns.put(
        AHEAD,
        greatest(
                least(then, lit(AROUND_DUE_UNTIL)).minus(greatest(dueness, lit(AROUND_DUE_FROM))),
                lit(0.0))
            .divide(AROUND_DUE_UNTIL - AROUND_DUE_FROM));
    columns.put(KEPT, clamp(MAINTENANCE_24M_COUNT.col().plus(1.0).divide(seen.plus(1.0)), 0, 2));
    return columns;
  }

  /** What the histories of the vehicles held say of leaving and of visits. */
  private Dataset<Row> withAttrition(Dataset<Row> rows) {
    return rows.withColumn(OUTLOOK.name(), attrition.outlook(horizonDays, largeBillMinor))
        .withColumn(NO_VISIT_LOGIT.name(), logit(AttritionModel.NO_VISIT_CONTENT))
        .withColumn(
            GRIEVANCE.name(), logit(AttritionModel.NO_VISIT_UNBILLED).minus(NO_VISIT_LOGIT.col()))
        .withColumn(
            LARGE_BILLS.name(),
            logit(AttritionModel.NO_VISIT).minus(logit(AttritionModel.NO_VISIT_UNBILLED)))
        .withColumn(HAS_LEFT.name(), OUTLOOK.col().getField(AttritionModel.HAS_LEFT.name()))
        .withColumn(
            NO_VISIT_STAYING.name(), OUTLOOK.col().getField(AttritionModel.NO_VISIT_STAYING.name()))
        .withColumn(SERVICES.name(), OUTLOOK.col().getField(AttritionModel.SERVICES.name()))
        .drop(OUTLOOK.name());
  }

  private static Column logit(Field ofOutlook) {
    Column probability =
        clamp(OUTLOOK.col().getField(ofOutlook.name()), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
    return log(probability.divide(lit(1.0).minus(probability)));
  }

  /** Expected visits and the chance to come back, by the whole history as of the day. */
  private Dataset<Row> withRepeatVisits(Dataset<Row> rows) {
    Column outlook =
        visits.outlook(
            repeatVisits(visits.kind(), horizonDays),
            greatest(VISITS_COUNT.col().minus(1), lit(0)),
            days(LAST_VISIT_ON.col(), FIRST_VISIT_ON.col()),
            days(SNAPSHOT_ON.col(), FIRST_VISIT_ON.col()));
    return rows.withColumn(OUTLOOK.name(), outlook)
        .withColumn(
            EXPECTED.name(), OUTLOOK.col().getField(CustomerValues.EXPECTED_180D_VISITS.name()))
        .withColumn(
            RETURNS.name(), OUTLOOK.col().getField(CustomerValues.VISIT_180D_PROBABILITY.name()))
        .drop(OUTLOOK.name());
  }

  /** Settings of the repeat-visit model whose outlook becomes features: histories in days. */
  static RepeatVisitParameters repeatVisits(VisitKind kind, int horizonDays) {
    RepeatVisitParameters usual = RepeatVisitParameters.defaults();
    return new RepeatVisitParameters(
        kind,
        usual.unit(),
        horizonDays,
        usual.margins(),
        new FitSettings(1, 100, 100, 2),
        usual.maxTestRows(),
        usual.bootstrapReplicates());
  }

  /** 1 on the day of an event, 0 where there was none. */
  private static Column fresh(Field on) {
    return coalesce(exp(negate(days(SNAPSHOT_ON.col(), on.col())).divide(FADING_DAYS)), lit(0.0));
  }

  private static Field base(String name, String meaning) {
    return new Field("base_" + name, Columns.DOUBLE, false, name, name, meaning);
  }
}
