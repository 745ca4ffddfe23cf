package io.servicelake.ml.segments;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import org.apache.spark.sql.Column;

/** The five traits of a core customer, each from 0 to 1, as column expressions. */
final class CoreTraits {
  private static final double DAYS_PER_YEAR = 365.25;
  private static final double UNKNOWN = 0.5;

  private final SegmentParameters parameters;

  CoreTraits(SegmentParameters parameters) {
    this.parameters = parameters;
  }

  /** Spend of 24 months over the saturation point. */
  Column spend(double saturationMinor) {
    return share(NET_24M_AMOUNT_MINOR.col().cast(Columns.DOUBLE).divide(saturationMinor));
  }

  /** Mean of suitable age and frequent use; what is unknown counts one half. */
  Column vehicle() {
    double span = Math.max(parameters.lastAgeYears() - parameters.bestAgeYears(), 1e-9);
    Column years = datediff(SNAPSHOT_ON.col(), VEHICLE_SOLD_ON.col()).divide(DAYS_PER_YEAR);
    Column age = share(lit(parameters.lastAgeYears()).minus(years).divide(span));
    Column use = share(KM_PER_DAY.col().divide(parameters.fullKmPerDay()));
    return coalesce(age, lit(UNKNOWN)).plus(coalesce(use, lit(UNKNOWN))).divide(2);
  }

  /** Full marks up to the near distance, none from the far one; unknown counts one half. */
  Column proximity() {
    double span = Math.max(parameters.farKm() - parameters.nearKm(), 1e-9);
    return coalesce(
        share(lit(parameters.farKm()).minus(DISTANCE_KM.col()).divide(span)), lit(UNKNOWN));
  }

  /** Mean of frequency, keeping the own rhythm and keeping to one dealer. */
  Column loyalty(double typicalGapDays) {
    Column frequency =
        share(VISITS_24M_COUNT.col().cast(Columns.DOUBLE).divide(parameters.fullVisits()));
    Column rhythm = greatest(coalesce(MEAN_GAP_DAYS.col(), lit(typicalGapDays)), lit(1.0));
    Column late = datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col()).divide(rhythm).minus(1);
    Column keepsRhythm = lit(1.0).minus(share(late));
    Column oneDealer =
        when(DEALERS_24M_COUNT.col().leq(0), 0.0)
            .otherwise(lit(1.0).divide(DEALERS_24M_COUNT.col()));
    return frequency.plus(keepsRhythm).plus(oneDealer).divide(3);
  }

  /** Mean of booking ahead, being reached, membership and praise. */
  Column participation() {
    Column booking =
        share(
            APPOINTMENTS_24M_COUNT
                .col()
                .cast(Columns.DOUBLE)
                .divide(greatest(VISITS_24M_COUNT.col(), lit(1))));
    Column reached =
        share(REACHED_12M_COUNT.col().cast(Columns.DOUBLE).divide(parameters.fullContacts()));
    Column tier =
        when(MEMBER_TIER.col().equalTo("DIAMOND"), 1.0)
            .when(MEMBER_TIER.col().equalTo("GOLD"), 0.75)
            .when(MEMBER_TIER.col().equalTo("SILVER"), 0.5)
            .when(MEMBER_TIER.col().equalTo("BRONZE"), 0.25)
            .otherwise(0.0);
    Column praise = when(PRAISES_12M_COUNT.col().gt(0), 1.0).otherwise(0.0);
    return booking.plus(reached).plus(tier).plus(praise).divide(4);
  }

  private static Column share(Column value) {
    return least(greatest(value, lit(0.0)), lit(1.0));
  }
}
