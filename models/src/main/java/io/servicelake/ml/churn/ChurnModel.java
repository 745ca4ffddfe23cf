package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.ml.Json;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.Snapshots;
import io.servicelake.ml.TrainedModel;
import io.servicelake.ml.linear.LogisticModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The churn models that are trained together: lost to the group, lost to the home dealer, and lost
 * to the group for a longer window. The id is that of the first.
 *
 * @param populationMonths a person belongs to the population with a visit in so many months
 * @param longGroup null where history is too short for it
 * @param heldAgainst kinds that were in use when it was trained, by name of the outcome
 */
public record ChurnModel(
    int populationMonths,
    ChurnHead group,
    ChurnHead dealer,
    ChurnHead longGroup,
    Map<String, ChurnKind> heldAgainst)
    implements TrainedModel {

  private record Stored(
      ModelManifest manifest,
      int populationMonths,
      ChurnHead group,
      ChurnHead dealer,
      ChurnHead longGroup,
      Map<String, ChurnKind> heldAgainst) {}

  /** Reads a model back. */
  public static ChurnModel fromJson(String json) {
    Stored stored = Json.read(json, Stored.class);
    return new ChurnModel(
        stored.populationMonths(),
        stored.group(),
        stored.dealer(),
        stored.longGroup(),
        stored.heldAgainst());
  }

  /**
   * The kinds that a training as of a day has to beat. A day that is trained again is held against
   * what was in use before it, not against itself: its outcome does not depend on how often.
   */
  public Map<String, ChurnKind> incumbents(LocalDate day) {
    return manifest().asOf().equals(day) ? heldAgainst : kinds();
  }

  /** Which kind of model each outcome uses, by name of the outcome. */
  public Map<String, ChurnKind> kinds() {
    Map<String, ChurnKind> kinds = new TreeMap<>();
    for (ChurnHead head : new ChurnHead[] {group, dealer, longGroup}) {
      if (head != null) {
        kinds.put(head.manifest().modelName(), head.kind());
      }
    }
    return kinds;
  }

  @Override
  public ModelManifest manifest() {
    return group.manifest();
  }

  @Override
  public String toJson() {
    return Json.write(
        new Stored(manifest(), populationMonths, group, dealer, longGroup, heldAgainst));
  }

  /** Rows of score.churn_scores from feature.customer_snapshots. */
  @Override
  public Dataset<Row> score(Dataset<Row> snapshots, LocalDate day) {
    return score(
        ChurnPopulation.of(
            Snapshots.asOf(snapshots, List.of(CustomerSnapshots.CUSTOMER_ID), day),
            populationMonths));
  }

  /** Scores population rows, each as of its own snapshot day. */
  Dataset<Row> score(Dataset<Row> population) {
    Dataset<Row> rows =
        group
            .scored(population, true)
            .withColumn(ChurnReasons.RANKED.name(), ChurnReasons.ranked(group.basis()))
            .withColumn(
                ChurnScores.CHURN_180D_PROBABILITY.name(),
                LogisticModel.probability(ChurnHead.LOGIT.col()))
            .drop(ChurnHead.LOGIT.name(), ChurnHead.CONTRIBUTIONS.name());
    rows = dealer.withProbability(rows, ChurnScores.DEALER_CHURN_180D_PROBABILITY);
    rows =
        longGroup == null
            ? rows.withColumn(
                ChurnScores.CHURN_365D_PROBABILITY.name(), functions.lit(null).cast(Columns.DOUBLE))
            : longGroup.withProbability(rows, ChurnScores.CHURN_365D_PROBABILITY);
    return rows.select(
        CustomerSnapshots.CUSTOMER_ID.col(),
        CustomerSnapshots.SNAPSHOT_ON.col().as(ChurnScores.SCORED_ON.name()),
        CustomerSnapshots.HOME_DEALER_ID.col().as(ChurnScores.DEALER_ID.name()),
        ChurnScores.CHURN_180D_PROBABILITY.col(),
        ChurnScores.DEALER_CHURN_180D_PROBABILITY.col(),
        ChurnScores.CHURN_365D_PROBABILITY.col(),
        ChurnFeatures.recencyDays().as(ChurnScores.RECENCY_DAYS.name()),
        functions
            .get(ChurnReasons.RANKED.col(), functions.lit(0))
            .as(ChurnScores.REASON_CODE_1.name()),
        functions
            .get(ChurnReasons.RANKED.col(), functions.lit(1))
            .as(ChurnScores.REASON_CODE_2.name()),
        functions.lit(modelId()).as(ChurnScores.MODEL_ID.name()));
  }
}
