package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The churn models that are trained together: lost to the group, lost to the home dealer, and lost
 * to the group for a longer window. The id is that of the first.
 *
 * @param populationMonths a person belongs to the population with a visit in so many months
 * @param dealer null where it does not beat its rules
 * @param longGroup null where history is too short for it or it does not beat its rules
 * @param heldAgainst identifier of the model that was in use before it; null if none was
 */
public record ChurnModel(
    int populationMonths,
    ChurnHead group,
    ChurnHead dealer,
    ChurnHead longGroup,
    String heldAgainst)
    implements TrainedModel {

  private record Stored(
      ModelManifest manifest,
      int populationMonths,
      ChurnHead group,
      ChurnHead dealer,
      ChurnHead longGroup,
      String heldAgainst) {}

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

  /** Features that this version does not have any more: the model cannot score then. */
  List<String> missingFeatures() {
    return heads().stream().flatMap(head -> head.missingFeatures().stream()).distinct().toList();
  }

  /** Which kind of model each outcome uses, by name of the outcome. */
  public Map<String, ChurnKind> kinds() {
    Map<String, ChurnKind> kinds = new TreeMap<>();
    heads().forEach(head -> kinds.put(head.manifest().modelName(), head.kind()));
    return kinds;
  }

  private List<ChurnHead> heads() {
    return Stream.of(group, dealer, longGroup).filter(Objects::nonNull).toList();
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
            .drop(ChurnHead.LOGIT.name());
    rows = withProbability(rows, dealer, ChurnScores.DEALER_CHURN_180D_PROBABILITY);
    rows = withProbability(rows, longGroup, ChurnScores.CHURN_365D_PROBABILITY);
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
        rounded(ChurnHead.CONTRIBUTIONS.col()).as(ChurnScores.CONTRIBUTIONS.name()),
        functions.lit(modelId()).as(ChurnScores.MODEL_ID.name()));
  }

  private static Column rounded(Column contributions) {
    return functions.transform_values(
        contributions, (group, value) -> functions.round(value, ChurnScores.CONTRIBUTION_DIGITS));
  }

  private static Dataset<Row> withProbability(
      Dataset<Row> rows, ChurnHead headOrNull, Field probability) {
    return headOrNull == null
        ? rows.withColumn(probability.name(), functions.lit(null).cast(Columns.DOUBLE))
        : headOrNull.withProbability(rows, probability);
  }
}
