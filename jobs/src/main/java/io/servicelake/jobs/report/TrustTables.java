package io.servicelake.jobs.report;

import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.ml.evaluation.MetricResult;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What says how far the figures can be trusted: models, sources, freshness, expectations. */
final class TrustTables {
  private static final int FRESHNESS_MOST = 300;

  private TrustTables() {}

  /** Figures of whole models; those of slices stand in the table. */
  static ReportTable models(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(ModelReport.TABLE)
            .where(not(ModelReport.METRIC.col().contains(MetricResult.OF_SLICE))),
        ModelReport.MODEL_NAME,
        ModelReport.METRIC,
        ModelReport.AS_OF,
        ModelReport.TRAIN_FROM_ON,
        ModelReport.TRAIN_UNTIL_ON,
        ModelReport.TEST_FROM_ON,
        ModelReport.TEST_UNTIL_ON,
        ModelReport.TRAIN_COUNT,
        ModelReport.TEST_COUNT,
        ModelReport.VALUE,
        ModelReport.VALUE_LOWER,
        ModelReport.VALUE_UPPER,
        ModelReport.NAIVE_VALUE,
        ModelReport.NAIVE_RULE,
        ModelReport.VERDICT,
        ModelReport.SPLIT);
  }

  static ReportTable quality(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables.apply(DataQuality.TABLE),
        DataQuality.SOURCE_ID,
        DataQuality.TARGET_TABLE,
        DataQuality.READ_COUNT,
        DataQuality.ACCEPTED_COUNT,
        DataQuality.REJECTED_COUNT,
        DataQuality.SUPERSEDED_COUNT,
        DataQuality.DUPLICATE_COUNT,
        DataQuality.BALANCE_COUNT,
        DataQuality.TOP_REASON);
  }

  static ReportTable freshness(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables
            .apply(Freshness.TABLE)
            .orderBy(
                Freshness.SILENT_DAYS.col().desc(), Freshness.DEALER_ID.col(), Freshness.FACT.col())
            .limit(FRESHNESS_MOST),
        Freshness.DEALER_ID,
        Freshness.FACT,
        Freshness.LAST_OCCURRED_ON,
        Freshness.SILENT_DAYS);
  }

  /** What was found of every expectation. */
  static ReportTable expectations(Function<TableContract, Dataset<Row>> tables) {
    return ReportTable.collect(
        tables.apply(ExpectationResults.TABLE),
        ExpectationResults.TABLE_NAME,
        ExpectationResults.EXPECTATION,
        ExpectationResults.OUTCOME,
        ExpectationResults.MEASURED,
        ExpectationResults.WARN_ABOVE,
        ExpectationResults.DETAIL);
  }
}
