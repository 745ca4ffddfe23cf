package io.servicelake.campaign;

import static io.servicelake.contract.Columns.*;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Bounds of a campaign.
 *
 * @param offers what may be offered
 * @param liftPriorSd standard deviation of what offers truly add about what is assumed
 * @param lossProbability from which a person is a candidate
 * @param bounds of a dealer
 * @param dealers bounds of those with other ones, by dealer_id
 * @param windowDays days after assignment in which visits count
 * @param marginShare margin in own pay, where no model tells the margin
 * @param yearlyDiscountRate 0.1: a margin in a year is worth 1 / 1.1 of one today
 */
public record WinbackRules(
    List<Offer> offers,
    double liftPriorSd,
    double lossProbability,
    Bounds bounds,
    Map<String, Bounds> dealers,
    int windowDays,
    double marginShare,
    double yearlyDiscountRate) {
  /** Name that statements read the bounds of dealers under. */
  static final String DEALER_BOUNDS = "dealer_bounds";

  private static final int YEARS = 3;
  private static final StructType SCHEMA =
      new StructType()
          .add("dealer_id", STRING, false)
          .add("most_calls", INT, false)
          .add("most_cost", LONG, false);

  /**
   * What a campaign may take of a dealer.
   *
   * @param calls free capacity
   * @param budgetAmountMinor expected costs, hundredths
   */
  public record Bounds(int calls, long budgetAmountMinor) {}

  /** One row per dealer with other bounds. */
  Dataset<Row> dealerBounds(SparkSession session) {
    return session.createDataFrame(
        dealers.entrySet().stream()
            .map(
                own ->
                    RowFactory.create(
                        own.getKey(), own.getValue().calls(), own.getValue().budgetAmountMinor()))
            .toList(),
        SCHEMA);
  }

  /** What three years of a steady payment are worth today, in years of it. */
  double presentYears() {
    double rate = Math.log1p(yearlyDiscountRate);
    return rate == 0 ? YEARS : -Math.expm1(-rate * YEARS) / rate;
  }
}
