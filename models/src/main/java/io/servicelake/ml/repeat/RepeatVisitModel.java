package io.servicelake.ml.repeat;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What to expect of customers: visits, the chance to come back, margin.
 *
 * @param manifest null while it is being measured
 * @param settings what it was fitted and scores with
 * @param spend null where the data give no model of spend; margins are null then
 */
public record RepeatVisitModel(
    ModelManifest manifest, RepeatVisitParameters settings, VisitModel visits, SpendModel spend)
    implements TrainedModel {

  /** Reads a model back. */
  public static RepeatVisitModel fromJson(String json) {
    return Json.read(json, RepeatVisitModel.class);
  }

  @Override
  public String toJson() {
    return Json.write(this);
  }

  /**
   * Rows of score.customer_values from feature.customer_snapshots: persons who have not exited. The
   * probability of being alive is no score: it ranks nobody.
   */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    Dataset<Row> histories =
        Histories.ofSnapshots(
            Snapshots.asOf(snapshots, List.of(CustomerSnapshots.CUSTOMER_ID), day)
                .where(CustomerSnapshots.EXITED_ON.col().isNull()),
            settings.unit());
    return figures(histories).withColumn(CustomerValues.MODEL_ID.name(), functions.lit(modelId()));
  }

  /** What histories in the model's unit let expect, each as of its own day. */
  Dataset<Row> figures(Dataset<Row> histories) {
    Column figures =
        HistoryScorer.figures(visits, spend, settings)
            .apply(
                Histories.REPEAT_COUNT.col(),
                Histories.RECENCY.col(),
                Histories.AGE.col(),
                Histories.MEAN_VALUE.col());
    String scored = "figures";
    return histories
        .select(
            Histories.CUSTOMER_ID.col(),
            Histories.SNAPSHOT_ON.col(),
            Histories.DEALER_ID.col(),
            figures.as(scored))
        .select(
            Histories.CUSTOMER_ID.col(),
            Histories.SNAPSHOT_ON.col().as(CustomerValues.SCORED_ON.name()),
            Histories.DEALER_ID.col(),
            functions.col(scored + ".*"));
  }
}
