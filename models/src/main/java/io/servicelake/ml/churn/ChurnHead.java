package io.servicelake.ml.churn;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.ml.ModelManifest;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LinearTerm;
import io.servicelake.ml.linear.LogisticModel;
import io.servicelake.ml.trees.ScoreRows;
import io.servicelake.ml.trees.TreeModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One fitted churn outcome: a logistic regression or trees, the other is null, or both: their
 * calibrated logits add up, and so do their contributions.
 *
 * @param basis what its features rest on
 * @param labelsUntilOn last day of the labels it learned from
 */
public record ChurnHead(
    ModelManifest manifest,
    ChurnBasis basis,
    LocalDate labelsUntilOn,
    ChurnKind kind,
    LogisticModel logistic,
    TreeModel trees) {
  /** Calibrated logit of the loss. */
  static final Field LOGIT =
      new Field("logit", Columns.DOUBLE, false, "Logit", "对数几率", "Calibrated.");

  /** What each group of features adds to the logit, and where it starts: they add up to it. */
  static final Field CONTRIBUTIONS =
      new Field(
          "contributions",
          Columns.DOUBLES_BY_NAME,
          false,
          "Contributions",
          "贡献",
          "To the calibrated logit, by group of features and REFERENCE.");

  private static final Field LINEAR_LOGIT = part("linear_logit", LOGIT);
  private static final Field TREES_LOGIT = part("trees_logit", LOGIT);
  private static final Field LINEAR_CONTRIBUTIONS = part("linear_contributions", CONTRIBUTIONS);
  private static final Field TREES_CONTRIBUTIONS = part("trees_contributions", CONTRIBUTIONS);

  private static Field part(String name, Field of) {
    return new Field(name, of.type(), false, name, name, "Of one of both models.");
  }

  /** The features over prepared rows, by kind. */
  static List<FeatureColumn> features(ChurnBasis basis, ChurnKind kind) {
    return switch (kind) {
      case TREES -> ChurnFeatures.plain(basis);
      case PROCESS -> ChurnFeatures.plainAndProcess(basis);
      case LOGISTIC, BLEND -> ChurnFeatures.shaped(basis);
    };
  }

  /** Features it was fitted on that this version does not have any more: it cannot score then. */
  List<String> missingFeatures() {
    List<String> missing = new ArrayList<>();
    if (logistic != null) {
      missing.addAll(logistic.terms().stream().map(LinearTerm::name).toList());
    }
    if (trees != null) {
      missing.addAll(trees.names());
    }
    missing.removeAll(ChurnFeatures.shaped(basis).stream().map(FeatureColumn::name).toList());
    return missing.stream().distinct().toList();
  }

  /** What was learned, for the manifest's hash. */
  Object learned() {
    return Stream.of(logistic, trees).filter(Objects::nonNull).toList();
  }

  /** The same with its manifest. */
  ChurnHead named(ModelManifest itsManifest) {
    return new ChurnHead(itsManifest, basis, labelsUntilOn, kind, logistic, trees);
  }

  /** Population rows with {@link #LOGIT} and, if wanted, {@link #CONTRIBUTIONS}. */
  Dataset<Row> scored(Dataset<Row> population, boolean withContributions) {
    List<Column> kept = new ArrayList<>();
    Arrays.stream(population.columns()).map(functions::col).forEach(kept::add);
    List<Column> columns = new ArrayList<>(kept);
    Dataset<Row> rows = basis.prepare(population);
    if (logistic != null) {
      columns.addAll(linear(withContributions));
    }
    rows =
        trees == null
            ? rows.select(columns.toArray(Column[]::new))
            : ScoreRows.score(
                rows,
                trees,
                trees.columns(ChurnFeatures.plain(basis)),
                columns,
                TREES_LOGIT,
                withContributions ? TREES_CONTRIBUTIONS : null,
                ChurnScores.REFERENCE);
    kept.add(logit().as(LOGIT.name()));
    if (withContributions) {
      kept.add(contributions().as(CONTRIBUTIONS.name()));
    }
    return rows.select(kept.toArray(Column[]::new));
  }

  private List<Column> linear(boolean withContributions) {
    Map<String, Column> contributions = logistic.contributions(ChurnFeatures.shaped(basis));
    List<Column> columns = new ArrayList<>();
    columns.add(
        contributions.values().stream()
            .reduce(functions.lit(logistic.reference()), Column::plus)
            .as(LINEAR_LOGIT.name()));
    if (withContributions) {
      contributions.put(ChurnScores.REFERENCE, functions.lit(logistic.reference()));
      Column[] pairs =
          contributions.entrySet().stream()
              .flatMap(entry -> Stream.of(functions.lit(entry.getKey()), entry.getValue()))
              .toArray(Column[]::new);
      columns.add(functions.map(pairs).as(LINEAR_CONTRIBUTIONS.name()));
    }
    return columns;
  }

  private Column logit() {
    return logistic == null
        ? TREES_LOGIT.col()
        : trees == null ? LINEAR_LOGIT.col() : LINEAR_LOGIT.col().plus(TREES_LOGIT.col());
  }

  private Column contributions() {
    return logistic == null
        ? TREES_CONTRIBUTIONS.col()
        : trees == null
            ? LINEAR_CONTRIBUTIONS.col()
            : functions.map_zip_with(
                LINEAR_CONTRIBUTIONS.col(),
                TREES_CONTRIBUTIONS.col(),
                (group, one, other) ->
                    functions
                        .coalesce(one, functions.lit(0.0))
                        .plus(functions.coalesce(other, functions.lit(0.0))));
  }

  /** Population rows with the probability, 6 digits, under a name. */
  Dataset<Row> withProbability(Dataset<Row> population, Field probability) {
    return scored(population, false)
        .withColumn(probability.name(), LogisticModel.probability(LOGIT.col()))
        .drop(LOGIT.name());
  }
}
