package io.servicelake.ml.churn;

import static io.servicelake.contract.feature.CustomerSnapshots.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Reason codes of a scored person: groups that raise the score and for which there is evidence in
 * the snapshot. The special comes before the general: what happened (complaint, experience), then
 * what the person is sensitive to (price, distance), then what time brings to everybody (warranty,
 * age); the stronger first within each. Signs come last: that somebody is overdue or never had the
 * habit tells that they are going, not why. HABIT is named where nothing else is.
 */
final class ChurnReasons {
  /** Codes, strongest first; never empty. */
  static final Field RANKED =
      new Field("reasons", Columns.STRINGS, false, "Reasons", "原因", "Codes, strongest first.");

  private static final double FAR_KM = 15;
  private static final int OLD_MONTHS = 60;

  /** Contribution to the logit below which a cause is not named: about one percentage point. */
  private static final double LEAST = 0.05;

  private static final Field RANK =
      new Field("rank", Columns.INT, false, "Rank", "次序", "While ranking.");
  private static final Field STRENGTH =
      new Field("strength", Columns.DOUBLE, false, "Strength", "强度", "While ranking.");

  private ChurnReasons() {}

  /** The codes from {@link ChurnHead#CONTRIBUTIONS} and the snapshot's columns. */
  static Column ranked() {
    List<Column> causes = new ArrayList<>();
    evidence()
        .forEach(
            (reason, evidence) ->
                causes.add(
                    functions.when(
                        coalesce(evidence, lit(false)).and(contribution(reason).geq(LEAST)),
                        functions.struct(
                            lit(rank(reason)).as(RANK.name()),
                            functions.negate(contribution(reason)).as(STRENGTH.name()),
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

  private static int rank(ChurnReason reason) {
    return switch (reason) {
      case COMPLAINT, EXPERIENCE -> 1;
      case PRICE, DISTANCE -> 2;
      default -> 3;
    };
  }

  private static Column contribution(ChurnReason reason) {
    return functions.round(
        coalesce(
            functions.try_element_at(ChurnHead.CONTRIBUTIONS.col(), lit(reason.name())), lit(0.0)),
        6);
  }

  /** What has to be in the snapshot for a cause to be named. */
  private static Map<ChurnReason, Column> evidence() {
    Map<ChurnReason, Column> evidence = new LinkedHashMap<>();
    evidence.put(
        ChurnReason.COMPLAINT,
        COMPLAINTS_12M_COUNT.col().gt(0).or(OPEN_COMPLAINTS_COUNT.col().gt(0)));
    evidence.put(
        ChurnReason.EXPERIENCE,
        COMEBACKS_12M_COUNT
            .col()
            .gt(0)
            .or(LATE_DELIVERIES_12M_COUNT.col().gt(0))
            .or(coalesce(MEAN_REPAIR_MARK.col().leq(3), lit(false)))
            .or(coalesce(MEAN_ATTITUDE_MARK.col().leq(3), lit(false))));
    evidence.put(
        ChurnReason.PRICE,
        DECLINED_24M_COUNT.col().gt(0).or(coalesce(MEAN_PRICE_MARK.col().leq(3.5), lit(false))));
    evidence.put(ChurnReason.DISTANCE, DISTANCE_KM.col().gt(FAR_KM));
    evidence.put(ChurnReason.WARRANTY_ENDED, WARRANTY_UNTIL_ON.col().leq(SNAPSHOT_ON.col()));
    evidence.put(
        ChurnReason.VEHICLE_AGE,
        functions.add_months(VEHICLE_SOLD_ON.col(), OLD_MONTHS).leq(SNAPSHOT_ON.col()));
    return evidence;
  }

  private static Column isOverdue() {
    return coalesce(DUE_ON.col().lt(SNAPSHOT_ON.col()), lit(false))
        .or(
            coalesce(
                functions.datediff(SNAPSHOT_ON.col(), LAST_VISIT_ON.col()).gt(MEAN_GAP_DAYS.col()),
                lit(false)));
  }
}
