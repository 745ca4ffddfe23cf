package io.servicelake.campaign;

import static io.servicelake.contract.Columns.DOUBLE;
import static io.servicelake.contract.Columns.INT;
import static io.servicelake.contract.Columns.LONG;
import static io.servicelake.contract.Columns.STRING;
import static io.servicelake.contract.Columns.STRINGS;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * An offer of the win-back rules: to whom it fits, what it costs, what it is assumed to add.
 *
 * @param code name among all offers
 * @param version of the rules it stands in
 * @param kind COUPON, FREE_CHECK, MANAGER_CALL, PICK_UP_AND_DELIVERY, EXTENDED_WARRANTY, PACKAGE or
 *     REMINDER
 * @param channel PHONE, SMS, APP or LETTER
 * @param caller CALLER, MANAGER or PROGRAM; core customers with a caller get their last advisor
 * @param reasons first reasons it answers; empty for any
 * @param segments CORE or GENERAL
 * @param terms what it costs and may bring
 * @param eligibility further conditions
 */
public record Offer(
    String code,
    String version,
    String kind,
    String labelEn,
    String labelZh,
    String channel,
    String caller,
    List<String> reasons,
    List<String> segments,
    Terms terms,
    Eligibility eligibility) {

  /** An offer in one version: what campaigns showed of another version says nothing of it. */
  public record Version(String code, String version) {}

  /**
   * What an offer costs and may bring.
   *
   * @param discountAmountMinor given to who redeems it, hundredths
   * @param contactCostAmountMinor of one contact, hundredths
   * @param redeemProbability that an offered customer redeems it
   * @param assumedLift what it is assumed to add to the probability of a visit in the window
   */
  public record Terms(
      long discountAmountMinor,
      long contactCostAmountMinor,
      double redeemProbability,
      double assumedLift) {}

  /**
   * Who may get it; a customer of whom a figure is not known does not fit a condition on it.
   *
   * @param powertrains of the main vehicle; empty for any
   * @param minDistanceKm way to the home dealer; 0 for any
   * @param minVehicleYears age of the main vehicle; 0 for any
   * @param maxVehicleYears age of the main vehicle; 0 for any
   * @param mostPerDealer customers of a dealer in a campaign
   */
  public record Eligibility(
      List<String> powertrains,
      double minDistanceKm,
      int minVehicleYears,
      int maxVehicleYears,
      int mostPerDealer) {}

  private static final StructType SCHEMA =
      new StructType()
          .add("offer_code", STRING, false)
          .add("offer_version", STRING, false)
          .add("offer_kind", STRING, false)
          .add("offer_label_en", STRING, false)
          .add("offer_label_zh", STRING, false)
          .add("channel", STRING, false)
          .add("caller", STRING, false)
          .add("reasons", STRINGS, false)
          .add("segments", STRINGS, false)
          .add("discount_amount_minor", LONG, false)
          .add("contact_cost_amount_minor", LONG, false)
          .add("redeem_probability", DOUBLE, false)
          .add("lift", DOUBLE, false)
          .add("lift_basis", STRING, false)
          .add("powertrains", STRINGS, false)
          .add("min_distance_km", DOUBLE, false)
          .add("min_vehicle_years", INT, false)
          .add("max_vehicle_years", INT, false)
          .add("most_per_dealer", INT, false);

  /**
   * The offers as rows.
   *
   * @param measured of offers whose campaigns have shown something; others have the assumed lift
   * @param liftPriorSd standard deviation of true lifts about the assumed
   */
  static Dataset<Row> rows(
      SparkSession session,
      List<Offer> offers,
      Map<Version, MeasuredLift> measured,
      double liftPriorSd) {
    return session.createDataFrame(
        offers.stream().map(offer -> offer.row(measured, liftPriorSd)).toList(), SCHEMA);
  }

  private Row row(Map<Version, MeasuredLift> measured, double liftPriorSd) {
    MeasuredLift shown = measured.get(new Version(code, version));
    return RowFactory.create(
        code,
        version,
        kind,
        labelEn,
        labelZh,
        channel,
        caller,
        reasons,
        segments,
        terms.discountAmountMinor(),
        terms.contactCostAmountMinor(),
        terms.redeemProbability(),
        shown == null ? terms.assumedLift() : shown.shrunk(terms.assumedLift(), liftPriorSd),
        shown == null ? "ASSUMED" : "SHRUNK",
        eligibility.powertrains(),
        eligibility.minDistanceKm(),
        eligibility.minVehicleYears(),
        eligibility.maxVehicleYears(),
        eligibility.mostPerDealer());
  }
}
