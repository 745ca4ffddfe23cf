package io.servicelake.ml.risk;

import static io.servicelake.contract.feature.ComponentSnapshots.*;
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

/**
 * Features of component risk: wear since the last repair (or since new) in kilometres and years,
 * pooled and per component, use, work declined, repairs before and the vehicle's age.
 */
public final class ComponentRiskFeatures {
  private static final String GROUP = "RISK";
  private static final double DAYS_PER_YEAR = 365.25;

  private static final Field KM_SINCE =
      base("km_since", "Driven since the last repair of the component or since new, 10,000 km.");
  private static final Field YEARS_SINCE =
      base("years_since", "Years since the last repair of the component or since new.");
  private static final Field AGE = base("age", "Age of the vehicle, years.");

  private ComponentRiskFeatures() {}

  /** Adds the quantities the features are made of, at each row's snapshot day. */
  public static Dataset<Row> withBase(Dataset<Row> rows) {
    Column odometer =
        LAST_ODOMETER_KM
            .col()
            .plus(
                greatest(datediff(SNAPSHOT_ON.col(), LAST_ODOMETER_ON.col()), lit(0))
                    .multiply(KM_PER_DAY.col()));
    Column age = datediff(SNAPSHOT_ON.col(), SOLD_ON.col()).divide(DAYS_PER_YEAR);
    Column driven =
        coalesce(odometer, age.multiply(DAYS_PER_YEAR).multiply(KM_PER_DAY.col()), lit(60_000.0));
    Column yearsSince =
        coalesce(
            datediff(SNAPSHOT_ON.col(), LAST_REPAIRED_ON.col()).divide(DAYS_PER_YEAR),
            age,
            lit(4.0));
    Column kmSince =
        when(LAST_REPAIRED_KM.col().isNotNull(), driven.minus(LAST_REPAIRED_KM.col()))
            .when(
                LAST_REPAIRED_ON.col().isNotNull(),
                yearsSince.multiply(DAYS_PER_YEAR).multiply(KM_PER_DAY.col()))
            .otherwise(driven);
    return rows.withColumn(AGE.name(), clamp(coalesce(age, lit(4.0)), 0, 15))
        .withColumn(YEARS_SINCE.name(), clamp(yearsSince, 0, 15))
        .withColumn(KM_SINCE.name(), clamp(kmSince.divide(10_000.0), 0, 40));
  }

  /**
   * The features, over rows that {@link #withBase} has prepared.
   *
   * @param components components with terms of their own; others have the pooled terms only
   */
  public static List<FeatureColumn> all(List<String> components) {
    List<FeatureColumn> features = new ArrayList<>();
    hinges(features, KM_SINCE, 1, 2, 4, 6, 9, 14);
    hinges(features, YEARS_SINCE, 0.5, 1, 2, 4, 7);
    hinges(features, AGE, 2, 4, 7);
    add(features, "km_per_day", log1p(greatest(KM_PER_DAY.col(), lit(0.0)).divide(10)));
    add(features, "declined", flag(DECLINED_COUNT.col().gt(0)));
    add(features, "declined_count", log1p(DECLINED_COUNT.col()));
    add(features, "repaired_before", flag(REPAIRS_COUNT.col().gt(0)));
    add(features, "repairs", log1p(REPAIRS_COUNT.col()));
    add(features, "repairs_per_year", REPAIRS_COUNT.col().divide(greatest(AGE.col(), lit(1.0))));
    add(features, "other_repairs_24m", log1p(OTHER_REPAIRS_24M_COUNT.col()));
    for (String powertrain : List.of("HEV", "PHEV", "BEV")) {
      add(
          features,
          "powertrain_" + powertrain.toLowerCase(Locale.ROOT),
          flag(POWERTRAIN.col().equalTo(powertrain)));
    }
    for (String component : components) {
      Column is = flag(COMPONENT_CODE.col().equalTo(component));
      add(features, "is:" + component, is);
      add(features, "km_since:" + component, is.multiply(log1p(KM_SINCE.col())));
      add(
          features,
          "km_since_beyond_4:" + component,
          is.multiply(greatest(KM_SINCE.col().minus(4), lit(0.0))));
      add(features, "years_since:" + component, is.multiply(log1p(YEARS_SINCE.col())));
      add(features, "bev:" + component, is.multiply(flag(POWERTRAIN.col().equalTo("BEV"))));
    }
    return features;
  }

  private static void hinges(List<FeatureColumn> features, Field value, double... knots) {
    add(features, value.name(), value.col());
    add(features, value.name() + "_log", log1p(value.col()));
    for (double knot : knots) {
      add(
          features,
          "%s_beyond_%s".formatted(value.name(), knot),
          greatest(value.col().minus(knot), lit(0.0)));
    }
  }

  private static void add(List<FeatureColumn> features, String name, Column value) {
    features.add(new FeatureColumn(name, GROUP, value));
  }

  private static Column flag(Column condition) {
    return when(condition, 1.0).otherwise(0.0);
  }

  private static Column clamp(Column value, double low, double high) {
    return least(greatest(value, lit(low)), lit(high));
  }

  private static Field base(String name, String meaning) {
    return new Field("base_" + name, Columns.DOUBLE, false, name, name, meaning);
  }
}
