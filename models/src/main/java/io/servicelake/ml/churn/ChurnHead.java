package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.trees.ScoreRows;
import io.servicelake.ml.trees.TreeModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * One fitted churn outcome: a logistic regression or trees, the other is null.
 *
 * @param basis what its features rest on
 */
public record ChurnHead(
    ModelManifest manifest,
    ChurnBasis basis,
    ChurnKind kind,
    LogisticModel logistic,
    TreeModel trees) {
  /** Calibrated logit of the loss. */
  static final Field LOGIT =
      new Field("logit", Columns.DOUBLE, false, "Logit", "对数几率", "Calibrated.");

  /** What each group of features adds to the logit. */
  static final Field CONTRIBUTIONS =
      new Field(
          "contributions",
          DataTypes.createMapType(Columns.STRING, Columns.DOUBLE, false),
          false,
          "Contributions",
          "贡献",
          "To the calibrated logit, by group of features.");

  /** The features over prepared rows, by kind. */
  static List<FeatureColumn> features(ChurnBasis basis, ChurnKind kind) {
    return kind == ChurnKind.TREES ? ChurnFeatures.plain(basis) : ChurnFeatures.shaped(basis);
  }

  /** What was learned, for the manifest's hash. */
  Object learned() {
    return kind == ChurnKind.TREES ? trees : logistic;
  }

  /** The same with its manifest. */
  ChurnHead named(ModelManifest itsManifest) {
    return new ChurnHead(itsManifest, basis, kind, logistic, trees);
  }

  /** Population rows with {@link #LOGIT} and, if wanted, {@link #CONTRIBUTIONS}. */
  Dataset<Row> scored(Dataset<Row> population, boolean withContributions) {
    List<Column> kept = new ArrayList<>();
    Arrays.stream(population.columns()).map(functions::col).forEach(kept::add);
    Dataset<Row> rows = basis.prepare(population);
    List<FeatureColumn> features = features(basis, kind);
    if (kind == ChurnKind.TREES) {
      return ScoreRows.score(
          rows, trees, features, kept, LOGIT, withContributions ? CONTRIBUTIONS : null);
    }
    Map<String, Column> contributions = logistic.contributions(features);
    kept.add(
        contributions.values().stream()
            .reduce(functions.lit(logistic.reference()), Column::plus)
            .as(LOGIT.name()));
    if (withContributions) {
      Column[] pairs =
          contributions.entrySet().stream()
              .flatMap(entry -> List.of(functions.lit(entry.getKey()), entry.getValue()).stream())
              .toArray(Column[]::new);
      kept.add(functions.map(pairs).as(CONTRIBUTIONS.name()));
    }
    return rows.select(kept.toArray(Column[]::new));
  }

  /** Population rows with the probability, 6 digits, under a name. */
  Dataset<Row> withProbability(Dataset<Row> population, Field probability) {
    return scored(population, false)
        .withColumn(probability.name(), LogisticModel.probability(LOGIT.col()))
        .drop(LOGIT.name());
  }
}
