package io.servicelake.ml.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CampaignAssignments;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Draws the arms of a campaign: one row per customer drawn. Customers of a stratum stand in the
 * order of SHA-256 of salt, campaign and customer; cuts at floor(size * share + start), start
 * uniform by the stratum's own hash, give each arm its share to within one customer and each
 * customer exactly the stated probability (systematic sampling, Madow & Madow 1944).
 */
public final class Assignments {
  /** Whose arm it is. */
  public static final Field CUSTOMER_ID = CampaignAssignments.CUSTOMER_ID;

  public static final Field CAMPAIGN_ID = CampaignAssignments.CAMPAIGN_ID;
  public static final Field STRATUM = CampaignAssignments.STRATUM;
  public static final Field ARM = CampaignAssignments.ARM;
  public static final Field PROBABILITY = CampaignAssignments.ASSIGNMENT_PROBABILITY;
  public static final Field SALT_ID = CampaignAssignments.SALT_ID;

  private static final Field IS_CHOSEN = drawing("is_chosen", Columns.BOOL);
  private static final Field DIGEST = drawing("digest", Columns.STRING);
  private static final Field POSITION = drawing("position", Columns.INT);
  private static final Field SIZE = drawing("size", Columns.LONG);
  private static final Field START = drawing("start", Columns.DOUBLE);
  private static final Field TIMES = drawing("times", Columns.LONG);
  private static final int HEX_DIGITS = 13;

  private Assignments() {}

  /** Draws among customers who all were chosen. */
  public static Dataset<Row> draw(
      Dataset<Row> customers, Column customer, List<Column> strata, CampaignDesign design) {
    return draw(customers, customer, functions.lit(true), strata, design);
  }

  /**
   * Draws. Customers who were not chosen can only be contacted at random, with the same probability
   * as the chosen; the others of them get no row.
   *
   * @param customers one row per customer who may be contacted
   * @param isChosen whether the list names the customer; null counts as no
   * @param strata values alike within a stratum; null is a value of its own
   */
  public static Dataset<Row> draw(
      Dataset<Row> customers,
      Column customer,
      Column isChosen,
      List<Column> strata,
      CampaignDesign design) {
    refuseUnclearCustomers(customers, customer);
    Column stratum =
        strata.isEmpty()
            ? functions.lit("[]")
            : list(strata.stream().map(value -> value.cast(Columns.STRING)).toArray(Column[]::new));
    WindowSpec group = Window.partitionBy(IS_CHOSEN.col(), STRATUM.col());
    Column wasChosen = IS_CHOSEN.col();
    Column random = POSITION.col().lt(cut(design.randomContact()));
    Column heldOut =
        wasChosen.and(POSITION.col().lt(cut(design.randomContact() + design.holdOut())));
    return customers
        .select(
            customer.cast(Columns.STRING).as(CUSTOMER_ID.name()),
            stratum.as(STRATUM.name()),
            functions.coalesce(isChosen, functions.lit(false)).as(IS_CHOSEN.name()))
        .withColumn(DIGEST.name(), sha256(design, CUSTOMER_ID.col()))
        .withColumn(
            POSITION.name(),
            functions
                .row_number()
                .over(group.orderBy(DIGEST.col(), CUSTOMER_ID.col()))
                .minus(functions.lit(1)))
        .withColumn(SIZE.name(), functions.count(functions.lit(1)).over(group))
        .withColumn(
            START.name(),
            uniform(
                sha256(
                    design,
                    functions.lit("stratum"),
                    wasChosen.cast(Columns.STRING),
                    STRATUM.col())))
        .select(
            functions.lit(design.campaignId()).as(CAMPAIGN_ID.name()),
            CUSTOMER_ID.col(),
            STRATUM.col(),
            byArm(random, heldOut, wasChosen, Arm::name).as(ARM.name()),
            byArm(random, heldOut, wasChosen, design::probability).as(PROBABILITY.name()),
            functions.lit(design.saltId()).as(SALT_ID.name()))
        .where(ARM.col().isNotNull());
  }

  private static Column byArm(
      Column random, Column heldOut, Column offered, Function<Arm, Object> value) {
    return functions
        .when(random, value.apply(Arm.RANDOM_CONTACT))
        .when(heldOut, value.apply(Arm.HOLD_OUT))
        .when(offered, value.apply(Arm.OFFER));
  }

  /** Number of customers in the arms up to a cumulated share. */
  private static Column cut(double share) {
    return functions.floor(SIZE.col().multiply(functions.lit(share)).plus(START.col()));
  }

  private static Column sha256(CampaignDesign design, Column... parts) {
    Column[] all = new Column[parts.length + 2];
    all[0] = functions.lit(design.salt());
    all[1] = functions.lit(design.campaignId());
    System.arraycopy(parts, 0, all, 2, parts.length);
    return functions.sha2(list(all), 256);
  }

  private static Column list(Column... values) {
    return functions.to_json(functions.array(values));
  }

  /** A number from 0 to below 1 by the first 52 bits of a digest. */
  private static Column uniform(Column digest) {
    return functions
        .conv(functions.substring(digest, 1, HEX_DIGITS), 16, 10)
        .cast(Columns.DOUBLE)
        .divide(functions.lit(Math.pow(16, HEX_DIGITS)));
  }

  private static void refuseUnclearCustomers(Dataset<Row> customers, Column customer) {
    Row counts =
        customers
            .groupBy(customer.cast(Columns.STRING).as(CUSTOMER_ID.name()))
            .agg(functions.count(functions.lit(1)).as(TIMES.name()))
            .agg(
                functions.count_if(CUSTOMER_ID.col().isNull()),
                functions.count_if(CUSTOMER_ID.col().isNotNull().and(TIMES.col().gt(1))))
            .head();
    if (counts.getLong(0) > 0 || counts.getLong(1) > 0) {
      throw new IllegalArgumentException(
          "Cannot draw arms: %s, %d customers stand in more than one row. Each customer belongs to one arm. Give one row per customer, with an id."
              .formatted(
                  counts.getLong(0) > 0 ? "there are rows without a customer" : "ids are complete",
                  counts.getLong(1)));
    }
  }

  private static Field drawing(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, true, name, name, "While drawing.");
  }
}
