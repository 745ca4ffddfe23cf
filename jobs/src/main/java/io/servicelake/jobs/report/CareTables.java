package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.FollowUpBoard;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Complaints and follow-up duties by their state. */
final class CareTables {
  private CareTables() {}

  static ReportTable complaints(Function<TableContract, Dataset<Row>> tables) {
    Column hours = ComplaintBoard.AGE_HOURS.col();
    Dataset<Row> complaints =
        tables
            .apply(ComplaintBoard.TABLE)
            .withColumn(
                ReportFields.AGE_BAND.name(),
                when(hours.lt(lit(24)), lit("H24"))
                    .when(hours.lt(lit(48)), lit("H48"))
                    .when(hours.lt(lit(7 * 24)), lit("D7"))
                    .when(hours.lt(lit(30 * 24)), lit("D30"))
                    .otherwise(lit("OLDER")))
            .groupBy(
                ComplaintBoard.DEALER_ID.col(),
                ComplaintBoard.KIND.col(),
                ComplaintBoard.SEVERITY.col(),
                ComplaintBoard.STATE.col(),
                ReportFields.AGE_BAND.col())
            .agg(
                count(lit(1)).as(ReportFields.COMPLAINTS_COUNT.name()),
                max(hours).as(ComplaintBoard.AGE_HOURS.name()));
    return ReportTable.collect(
        complaints,
        ComplaintBoard.DEALER_ID,
        ComplaintBoard.KIND,
        ComplaintBoard.SEVERITY,
        ComplaintBoard.STATE,
        ReportFields.AGE_BAND,
        ReportFields.COMPLAINTS_COUNT,
        ComplaintBoard.AGE_HOURS);
  }

  static ReportTable followUps(Function<TableContract, Dataset<Row>> tables) {
    Dataset<Row> duties =
        tables
            .apply(FollowUpBoard.TABLE)
            .withColumn(
                ReportFields.WEEK_ON.name(),
                date_trunc("WEEK", FollowUpBoard.DUE_ON.col()).cast("date"))
            .groupBy(
                FollowUpBoard.DEALER_ID.col(),
                ReportFields.WEEK_ON.col(),
                FollowUpBoard.TOUCH_NO.col(),
                FollowUpBoard.STATE.col())
            .agg(count(lit(1)).as(ReportFields.DUTIES_COUNT.name()));
    return ReportTable.collect(
        duties,
        FollowUpBoard.DEALER_ID,
        ReportFields.WEEK_ON,
        FollowUpBoard.TOUCH_NO,
        FollowUpBoard.STATE,
        ReportFields.DUTIES_COUNT);
  }
}
