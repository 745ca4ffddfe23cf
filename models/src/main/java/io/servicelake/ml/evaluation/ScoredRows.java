package io.servicelake.ml.evaluation;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The test part of a model with two outcomes, as plain arrays: bounded, since it is sampled by
 * cluster above a cap.
 *
 * @param model the model's probabilities
 * @param rules scores of the naive rules, one array each, higher for more likely
 * @param ruleProbability the probability a rule gives
 * @param isPositive outcomes
 * @param cluster number of the row's cluster (customer, vehicle)
 */
public record ScoredRows(
    double[] model, double[][] rules, double[] ruleProbability, boolean[] isPositive, int[] cluster) {

  private static final Field CLUSTER = column("cluster", Columns.STRING);
  private static final Field MODEL = column("model_score", Columns.DOUBLE);
  private static final Field RULES = column("rule_scores", Columns.DOUBLES);
  private static final Field RULE_PROBABILITY = column("rule_probability", Columns.DOUBLE);
  private static final Field OUTCOME = column("is_positive", Columns.BOOL);

  /** The columns a test part is made of. */
  public record Source(
      Column cluster,
      Column model,
      List<Column> rules,
      Column ruleProbability,
      Column isPositive) {}

  /**
   * Collects a test part, in an order that depends on its content alone.
   *
   * @param cap rows above which clusters are sampled by their hash
   */
  public static ScoredRows collect(Dataset<Row> rows, Source source, long cap) {
    long count = rows.count();
    List<Row> collected =
        FixedOrder.sample(
                rows.select(
                    source.cluster().cast(Columns.STRING).as(CLUSTER.name()),
                    functions.round(source.model(), 6).as(MODEL.name()),
                    functions
                        .array(
                            source.rules().stream()
                                .map(rule -> rule.cast(Columns.DOUBLE))
                                .toArray(Column[]::new))
                        .as(RULES.name()),
                    source.ruleProbability().cast(Columns.DOUBLE).as(RULE_PROBABILITY.name()),
                    source.isPositive().as(OUTCOME.name())),
                cap,
                count,
                CLUSTER.col())
            .orderBy(CLUSTER.col(), MODEL.col(), RULES.col(), OUTCOME.col())
            .collectAsList();
    int size = collected.size();
    ScoredRows result =
        new ScoredRows(
            new double[size],
            new double[source.rules().size()][size],
            new double[size],
            new boolean[size],
            new int[size]);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Row row = collected.get(i);
      result.cluster[i] = numbers.computeIfAbsent(row.getString(0), key -> numbers.size());
      result.model[i] = row.getDouble(1);
      List<Double> rules = row.getList(2);
      for (int rule = 0; rule < rules.size(); rule++) {
        result.rules[rule][i] = rules.get(rule);
      }
      result.ruleProbability[i] = row.getDouble(3);
      result.isPositive[i] = row.getBoolean(4);
    }
    return result;
  }

  /** Number of rows. */
  public int size() {
    return model.length;
  }

  private static Field column(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, false, name, name, "Of the test part.");
  }
}
