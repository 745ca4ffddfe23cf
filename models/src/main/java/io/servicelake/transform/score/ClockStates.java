package io.servicelake.transform.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.transform.feature.ClockRules;
import org.apache.spark.sql.Column;

/**
 * The states of a service clock, first that holds: EXITED; LOST, more than four services missed;
 * INACTIVE, one to four; OVERDUE, more than 30 days past due; DUE, from 30 days before due on; NEW,
 * the first visit less than an interval ago; ACTIVE.
 */
final class ClockStates {
  static final String NEW = "NEW";
  static final String ACTIVE = "ACTIVE";
  static final String DUE = "DUE";
  static final String OVERDUE = "OVERDUE";
  static final String INACTIVE = "INACTIVE";
  static final String LOST = "LOST";
  static final String EXITED = "EXITED";

  private static final ClockRules RULES = ClockRules.USUAL;

  private ClockStates() {}

  /** Whole intervals gone by since the due day, or since the last visit if that was later. */
  static Column missed(Column day, Column dueOn, Column lastVisitOn, Column cycleDays) {
    return greatest(
        lit(0),
        floor(datediff(day, greatest(dueOn, lastVisitOn)).divide(cycleDays)).cast(Columns.INT));
  }

  /** The state of what has not exited. */
  static Column state(
      Column day, Column dueOn, Column missed, Column firstVisitOn, Column cycleDays) {
    return when(missed.gt(RULES.mostMissed()), LOST)
        .when(missed.gt(0), INACTIVE)
        .when(day.gt(date_add(dueOn, RULES.dueDays())), OVERDUE)
        .when(day.geq(date_sub(dueOn, RULES.dueDays())), DUE)
        .when(coalesce(datediff(day, firstVisitOn).lt(cycleDays), lit(false)), NEW)
        .otherwise(ACTIVE);
  }
}
