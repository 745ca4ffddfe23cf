package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.score.ChurnScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Reason codes of a scored person: causes for which there is evidence in the snapshot and which the
 * score does not speak against. The special comes before the general: a complaint that is not
 * settled; a large bill; a warranty that ended within a year; a bad experience within a year; a low
 * mark for the price; the way; then what time brings to everybody (warranty, age), the stronger
 * first. Signs come last: that somebody is overdue or never had the habit tells that they are
 * going, not why. HABIT is named where nothing else is.
 */
final class ChurnReasons {
  /** Codes in the order they are named; never empty. */
  static final Field RANKED =
      new Field("reasons", Columns.STRINGS, false, "Reasons", "原因", "Codes, first named first.");

  private static final double FAR_KM = 15;
  private static final int OLD_MONTHS = 60;

  private static final Field RANK =
      new Field("rank", Columns.INT, false, "Rank", "次序", "While ranking.");
  private static final Field STRENGTH =
      new Field("strength", Columns.DOUBLE, false, "Strength", "强度", "While ranking.");

  private ChurnReasons() {}

  /** The codes from {@link ChurnHead#CONTRIBUTIONS} and the snapshot's columns. */
  static Column ranked(ChurnBasis basis) {
    List<Column> causes = new ArrayList<>();
    evidence(basis)
        .forEach(
            (reason, evidence) ->
                causes.add(
                    functions.when(
                        coalesce(evidence, lit(false))
                            .and(strength(reason).geq(ChurnScores.LEAST_CONTRIBUTION)),
                        functions.struct(
                            rank(reason, basis).as(RANK.name()),
                            functions.negate(strength(reason)).as(STRENGTH.name()),
                            lit(reason.name()).as(RANKED.name())))));
    Column named =
        functions.transform(
            functions.array_sort(
                functions.array_compact(functions.array(causes.toArray(Column[]::new)))),
            pair -> pair.getField(RANKED.name()));
    Column overdue =
        functions.when(
            isOverdue().and(contribution(ChurnReason.OVERDUE).gt(0)),
            functions.array(lit(ChurnReason.OVERDUE.name())));
    Column habit =
        functions.when(
            contribution(ChurnReason.HABIT).gt(0), functions.array(lit(ChurnReason.HABIT.name())));
    Column none = functions.array().cast(Columns.STRINGS);
    Column all = functions.concat(named, coalesce(overdue, none), coalesce(habit, none));
    return functions
        .when(functions.size(all).gt(0), all)
        .otherwise(functions.array(lit(ChurnReason.HABIT.name())));
  }

  private static Column rank(ChurnReason reason, ChurnBasis basis) {
    return switch (reason) {
      case COMPLAINT -> lit(1);
      case PRICE -> functions.when(isLargeBill(basis), lit(2)).otherwise(lit(5));
      case WARRANTY_ENDED ->
          functions.when(isWithinAYear(WARRANTY_UNTIL_ON), lit(3)).otherwise(lit(7));
      case EXPERIENCE -> lit(4);
      case DISTANCE -> lit(6);
      default -> lit(7);
    };
  }

  /** What a cause adds to the score: a settled complaint is part of the experience. */
  private static Column strength(ChurnReason reason) {
    return reason == ChurnReason.EXPERIENCE
        ? contribution(reason)
            .plus(
                functions
                    .when(
                        OPEN_COMPLAINTS_COUNT.col().equalTo(0), contribution(ChurnReason.COMPLAINT))
                    .otherwise(0.0))
        : contribution(reason);
  }

  private static Column contribution(ChurnReason reason) {
    return functions.round(
        coalesce(
            functions.try_element_at(ChurnHead.CONTRIBUTIONS.col(), lit(reason.name())), lit(0.0)),
        ChurnScores.CONTRIBUTION_DIGITS);
  }

  /** What has to be in the snapshot for a cause to be named. */
  private static Map<ChurnReason, Column> evidence(ChurnBasis basis) {
    Map<ChurnReason, Column> evidence = new LinkedHashMap<>();
    evidence.put(ChurnReason.COMPLAINT, OPEN_COMPLAINTS_COUNT.col().gt(0));
    evidence.put(
        ChurnReason.EXPERIENCE,
        isWithinAYear(LAST_COMEBACK_ON)
            .or(isWithinAYear(LAST_LATE_DELIVERY_ON))
            .or(isWithinAYear(LAST_COMPLAINT_ON))
            .or(isLow(MEAN_REPAIR_MARK))
            .or(isLow(MEAN_ATTITUDE_MARK)));
    evidence.put(ChurnReason.PRICE, isLargeBill(basis).or(isLow(MEAN_PRICE_MARK)));
    evidence.put(ChurnReason.DISTANCE, DISTANCE_KM.col().gt(FAR_KM));
    evidence.put(ChurnReason.WARRANTY_ENDED, WARRANTY_UNTIL_ON.col().leq(SNAPSHOT_ON.col()));
    evidence.put(
        ChurnReason.VEHICLE_AGE,
        functions.add_months(VEHICLE_SOLD_ON.col(), OLD_MONTHS).leq(SNAPSHOT_ON.col()));
    return evidence;
  }

  private static Column isLargeBill(ChurnBasis basis) {
    return HIGHEST_PAY_12M_AMOUNT_MINOR.col().geq(Math.max(1, basis.largeBillMinor()));
  }

  private static Column isWithinAYear(Field on) {
    return coalesce(
        functions.datediff(SNAPSHOT_ON.col(), on.col()).between(0, ChurnScores.EVIDENCE_DAYS),
        lit(false));
  }

  private static Column isLow(Field mark) {
    return coalesce(mark.col().leq(ChurnScores.LOW_MARK), lit(false));
  }

  private static Column isOverdue() {
    return coalesce(DUE_ON.col().lt(SNAPSHOT_ON.col()), lit(false))
        .or(
            coalesce(
                functions.datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col()).gt(MEAN_GAP_DAYS.col()),
                lit(false)));
  }
}
