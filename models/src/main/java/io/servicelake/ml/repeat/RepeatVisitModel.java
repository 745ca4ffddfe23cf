package io.servicelake.ml.repeat;

import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What to expect of customers: visits, the chance to come back, margin.
 *
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
   * Rows of {@link RepeatVisitScores} from histories as {@link Histories} makes them in the model's
   * unit; histories of other days are passed over.
   */
  @Override
  public Dataset<Row> score(Dataset<Row> histories, LocalDate day) {
    Column figures =
        HistoryScorer.figures(visits, spend, settings)
            .apply(
                Histories.REPEAT_COUNT.col(),
                Histories.RECENCY.col(),
                Histories.AGE.col(),
                Histories.MEAN_VALUE.col());
    String scored = "figures";
    return histories
        .where(Histories.SNAPSHOT_ON.col().equalTo(Snapshots.date(day)))
        .select(Histories.CUSTOMER_ID.col(), Histories.SNAPSHOT_ON.col(), figures.as(scored))
        .select(
            Histories.CUSTOMER_ID.col(),
            Histories.SNAPSHOT_ON.col().as(RepeatVisitScores.SCORED_ON.name()),
            functions.col(scored + ".*"),
            functions.lit(modelId()).as(RepeatVisitScores.MODEL_ID.name()));
  }
}
