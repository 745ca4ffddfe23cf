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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The churn models that are trained together: lost to the group, lost to the home dealer, and lost
 * to the group for a longer window. The id is that of the first.
 *
 * @param populationMonths a person belongs to the population with a visit in so many months
 * @param longGroup null where history is too short for it
 */
public record ChurnModel(
    int populationMonths, ChurnHead group, ChurnHead dealer, ChurnHead longGroup)
    implements TrainedModel {

  private record Stored(
      ModelManifest manifest,
      int populationMonths,
      ChurnHead group,
      ChurnHead dealer,
      ChurnHead longGroup) {}

  private static final Field LOGIT = column("logit", Columns.DOUBLE);
  private static final Field REASONS = column("reasons", Columns.STRINGS);

  /** Reads a model back. */
  public static ChurnModel fromJson(String json) {
    Stored stored = Json.read(json, Stored.class);
    return new ChurnModel(
        stored.populationMonths(), stored.group(), stored.dealer(), stored.longGroup());
  }

  @Override
  public ModelManifest manifest() {
    return group.manifest();
  }

  @Override
  public String toJson() {
    return Json.write(new Stored(manifest(), populationMonths, group, dealer, longGroup));
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
    List<Column> kept = new ArrayList<>();
    Arrays.stream(population.columns()).map(functions::col).forEach(kept::add);

    Map<String, Column> contributions = group.model().contributions(group.features());
    Column logit =
        contributions.values().stream()
            .reduce(functions.lit(group.model().reference()), Column::plus);
    kept.add(logit.as(LOGIT.name()));
    kept.add(rankedReasons(contributions).as(REASONS.name()));
    Dataset<Row> rows = group.prepare(population).select(kept.toArray(Column[]::new));

    rows = withProbability(rows, dealer, ChurnScores.DEALER_CHURN_180D_PROBABILITY);
    rows =
        longGroup == null
            ? rows.withColumn(
                ChurnScores.CHURN_365D_PROBABILITY.name(), functions.lit(null).cast(Columns.DOUBLE))
            : withProbability(rows, longGroup, ChurnScores.CHURN_365D_PROBABILITY);
    return rows.select(
        CustomerSnapshots.CUSTOMER_ID.col(),
        CustomerSnapshots.SNAPSHOT_ON.col().as(ChurnScores.SCORED_ON.name()),
        CustomerSnapshots.HOME_DEALER_ID.col().as(ChurnScores.DEALER_ID.name()),
        LogisticModel.probability(LOGIT.col()).as(ChurnScores.CHURN_180D_PROBABILITY.name()),
        ChurnScores.DEALER_CHURN_180D_PROBABILITY.col(),
        ChurnScores.CHURN_365D_PROBABILITY.col(),
        ChurnFeatures.recencyDays().as(ChurnScores.RECENCY_DAYS.name()),
        functions.get(REASONS.col(), functions.lit(0)).as(ChurnScores.REASON_CODE_1.name()),
        functions.get(REASONS.col(), functions.lit(1)).as(ChurnScores.REASON_CODE_2.name()),
        functions.lit(modelId()).as(ChurnScores.MODEL_ID.name()));
  }

  /**
   * Reason codes by contribution, strongest first: all that raise the score, or the single
   * strongest if none does. Contributions are compared at 6 digits; ties go by code.
   */
  private static Column rankedReasons(Map<String, Column> contributions) {
    Column[] pairs =
        contributions.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(ChurnFeatures.SEASON))
            .map(
                entry ->
                    functions.struct(
                        functions.negate(functions.round(entry.getValue(), 6)).as(LOGIT.name()),
                        functions.lit(entry.getKey()).as(REASONS.name())))
            .toArray(Column[]::new);
    Column sorted = functions.array_sort(functions.array(pairs));
    Column upward =
        functions.filter(
            sorted, (pair, index) -> pair.getField(LOGIT.name()).lt(0).or(index.equalTo(0)));
    return functions.transform(upward, pair -> pair.getField(REASONS.name()));
  }

  private static Dataset<Row> withProbability(Dataset<Row> rows, ChurnHead head, Field field) {
    List<Column> kept = new ArrayList<>();
    Arrays.stream(rows.columns()).map(functions::col).forEach(kept::add);
    kept.add(head.probability().as(field.name()));
    return head.prepare(rows).select(kept.toArray(Column[]::new));
  }

  private static Field column(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, false, name, name, "While scoring.");
  }
}
