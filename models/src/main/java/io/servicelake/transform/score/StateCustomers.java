package io.servicelake.transform.score;

import static io.servicelake.contract.score.CustomerStates.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.feature.ClockRules;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where persons stand: the best state among the vehicles still owned (in the order ACTIVE, NEW,
 * DUE, OVERDUE, INACTIVE, LOST), EXITED where none is. Of whom no vehicle is known, a year from the
 * last visit is the clock. With a dealer other than that of the last visit the same interval runs
 * from the last visit there: lost to a dealer is not lost to the group.
 */
public final class StateCustomers {
  private static final Field FIRST_ON = ofPerson("first_on", "First visit in the group.");
  private static final Field LAST_ON = ofPerson("last_on", "Last visit in the group.");

  private StateCustomers() {}

  /**
   * Rows of score.customer_states.
   *
   * @param snapshots feature.customer_snapshots as of the days scored
   * @param vehicleStates rows of {@link StateVehicles#compute} for the same days
   */
  public static Dataset<Row> compute(Dataset<Row> snapshots, Dataset<Row> vehicleStates) {
    Dataset<Row> persons =
        SqlTransform.of("score/customer_states.sql")
            .reading(CustomerSnapshots.TABLE, snapshots)
            .reading(VehicleStates.TABLE, vehicleStates)
            .with("cycle_days", ClockRules.USUAL.cycleDays())
            .rows();
    return withDealers(withYearlyClock(persons))
        .withColumn(IS_GROUP_LOST.name(), STATE.col().equalTo(ClockStates.LOST))
        .withColumn(IS_DEALER_LOST.name(), DEALER_STATE.col().equalTo(ClockStates.LOST))
        .select(
            TABLE.fields().stream()
                .map(field -> field.col().cast(field.type()).as(field.name()))
                .toArray(Column[]::new));
  }

  /** Persons of whom no vehicle is known are judged by their own visits. */
  private static Dataset<Row> withYearlyClock(Dataset<Row> persons) {
    Column hasNone = STATE.col().isNull();
    Column dueOn = date_add(LAST_ON.col(), CYCLE_DAYS.col());
    Column missed = ClockStates.missed(SCORED_ON.col(), dueOn, LAST_ON.col(), CYCLE_DAYS.col());
    return persons
        .withColumn(DUE_ON.name(), when(hasNone, dueOn).otherwise(DUE_ON.col()))
        .withColumn(MISSED_COUNT.name(), when(hasNone, missed).otherwise(MISSED_COUNT.col()))
        .withColumn(
            STATE.name(),
            coalesce(
                STATE.col(),
                ClockStates.state(
                    SCORED_ON.col(),
                    DUE_ON.col(),
                    MISSED_COUNT.col(),
                    FIRST_ON.col(),
                    CYCLE_DAYS.col())));
  }

  private static Dataset<Row> withDealers(Dataset<Row> persons) {
    Column dueOn = date_add(LAST_VISIT_ON.col(), CYCLE_DAYS.col());
    Column missed =
        ClockStates.missed(SCORED_ON.col(), dueOn, LAST_VISIT_ON.col(), CYCLE_DAYS.col());
    return persons.withColumn(
        DEALER_STATE.name(),
        when(
                STATE
                    .col()
                    .equalTo(ClockStates.EXITED)
                    .or(LAST_VISIT_ON.col().equalTo(LAST_ON.col())),
                STATE.col())
            .otherwise(
                ClockStates.state(
                    SCORED_ON.col(), dueOn, missed, FIRST_VISIT_ON.col(), CYCLE_DAYS.col())));
  }

  private static Field ofPerson(String name, String meaning) {
    return new Field(name, Columns.DATE, false, name, name, meaning);
  }
}
