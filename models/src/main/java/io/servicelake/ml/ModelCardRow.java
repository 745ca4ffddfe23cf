package io.servicelake.ml;

import io.servicelake.contract.score.ModelCards;
import io.servicelake.ml.evaluation.MetricResult;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * One line of a model card: what was measured of a model on later time, beside the naive rule.
 *
 * @param span days and rows the figures rest on
 */
public record ModelCardRow(
    String modelId,
    String modelName,
    LocalDate asOf,
    Span span,
    MetricResult result,
    String naiveRule,
    String split) {

  /** Metric of the single row of a card whose model was not trained; its value is 0. */
  public static final String NOT_TRAINED = "not_trained";

  /** Before the reason, in the split of every row whose model was not put in use when trained. */
  public static final String NOT_PUT_IN_USE = "not put in use: ";

  /**
   * Days and rows a figure rests on.
   *
   * @param testFromOn null if there is no test part
   * @param testUntilOn null if there is no test part
   */
  public record Span(
      LocalDate trainFromOn,
      LocalDate trainUntilOn,
      LocalDate testFromOn,
      LocalDate testUntilOn,
      long trainCount,
      long testCount) {

    /** The days of a split. */
    public static Span of(TimeSplit split, long trainCount, long testCount) {
      return new Span(
          split.trainFromOn(),
          split.trainUntilOn(),
          split.testOn(),
          split.testUntilOn(),
          trainCount,
          testCount);
    }

    /** A model without labels, trained on one day. */
    public static Span ofDay(LocalDate day, long trainCount) {
      return new Span(day, day, null, null, trainCount, 0);
    }
  }

  /** One row per figure. */
  public static List<ModelCardRow> of(
      ModelManifest manifest, Span span, List<MetricResult> results, String naiveRule) {
    return results.stream()
        .map(
            result ->
                new ModelCardRow(
                    manifest.modelId(),
                    manifest.modelName(),
                    manifest.asOf(),
                    span,
                    result,
                    result.naiveValue() == null ? null : naiveRule,
                    manifest.split()))
        .toList();
  }

  /** The card of a model that was not trained: one row whose split tells the reason. */
  public static ModelCardRow notTrained(String modelName, LocalDate runAsOf, String reason) {
    LocalDate asOf = TimeSplit.trainingDay(runAsOf);
    return new ModelCardRow(
        "%s-%s-untrained".formatted(modelName.toLowerCase(Locale.ROOT), asOf),
        modelName,
        asOf,
        Span.ofDay(asOf, 0),
        MetricResult.reported(NOT_TRAINED, 0),
        null,
        "not trained: " + reason);
  }

  /** The same row with something more told of how it came about. */
  public ModelCardRow noting(String note) {
    return new ModelCardRow(modelId, modelName, asOf, span, result, naiveRule, split + "; " + note);
  }

  /** The rows as a table by the contract of score.model_cards. */
  public static Dataset<Row> toDataset(SparkSession spark, List<ModelCardRow> card) {
    return spark.createDataFrame(
        card.stream().map(ModelCardRow::toRow).toList(), ModelCards.TABLE.schema());
  }

  private Row toRow() {
    return RowFactory.create(
        modelId,
        result.metric(),
        modelName,
        Date.valueOf(asOf),
        Date.valueOf(span.trainFromOn()),
        Date.valueOf(span.trainUntilOn()),
        dateOrNull(span.testFromOn()),
        dateOrNull(span.testUntilOn()),
        span.trainCount(),
        span.testCount(),
        result.value(),
        result.lower(),
        result.upper(),
        result.naiveValue(),
        naiveRule,
        result.verdict().name(),
        split);
  }

  private static Date dateOrNull(LocalDate day) {
    return day == null ? null : Date.valueOf(day);
  }
}
