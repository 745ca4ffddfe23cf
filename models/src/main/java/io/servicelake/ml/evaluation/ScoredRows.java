package io.servicelake.ml.evaluation;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
 * @param slices parts of the population a row belongs to, such as {@code dealer=D01}
 */
public record ScoredRows(
    double[] model,
    double[][] rules,
    double[] ruleProbability,
    boolean[] isPositive,
    int[] cluster,
    List<Set<String>> slices) {

  private static final Field CLUSTER = column("cluster", Columns.STRING);
  private static final Field MODEL = column("model_score", Columns.DOUBLE);
  private static final Field RULES = column("rule_scores", Columns.DOUBLES);
  private static final Field RULE_PROBABILITY = column("rule_probability", Columns.DOUBLE);
  private static final Field SLICES = column("slices", Columns.STRINGS);
  private static final Field OUTCOME = column("is_positive", Columns.BOOL);

  /** The columns a test part is made of. */
  public record Source(
      Column cluster,
      Column model,
      List<Column> rules,
      Column ruleProbability,
      Column isPositive,
      List<Column> slices) {
    /** Without slices. */
    public Source(
        Column cluster,
        Column model,
        List<Column> rules,
        Column ruleProbability,
        Column isPositive) {
      this(cluster, model, rules, ruleProbability, isPositive, List.of());
    }
  }

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
                    source.isPositive().as(OUTCOME.name()),
                    functions
                        .array_compact(functions.array(source.slices().toArray(Column[]::new)))
                        .cast(Columns.STRINGS)
                        .as(SLICES.name())),
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
            new int[size],
            new ArrayList<>());
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
      result.slices.add(Set.copyOf(row.<String>getList(5)));
    }
    return result;
  }

  /** The rows of a slice. */
  public ScoredRows of(String slice) {
    int[] wanted =
        IntStream.range(0, size()).filter(row -> slices.get(row).contains(slice)).toArray();
    double[][] itsRules = new double[rules.length][];
    Arrays.setAll(itsRules, rule -> pick(rules[rule], wanted));
    boolean[] outcomes = new boolean[wanted.length];
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] clusters = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      outcomes[i] = isPositive[wanted[i]];
      clusters[i] = numbers.computeIfAbsent(cluster[wanted[i]], key -> numbers.size());
    }
    return new ScoredRows(
        pick(model, wanted),
        itsRules,
        pick(ruleProbability, wanted),
        outcomes,
        clusters,
        Arrays.stream(wanted).mapToObj(slices::get).toList());
  }

  private static double[] pick(double[] values, int[] wanted) {
    return Arrays.stream(wanted).mapToDouble(row -> values[row]).toArray();
  }

  /** Number of rows. */
  public int size() {
    return model.length;
  }

  private static Field column(String name, org.apache.spark.sql.types.DataType type) {
    return new Field(name, type, false, name, name, "Of the test part.");
  }
}
