package io.servicelake.ml.trees;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticTrainer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Scores the rows of a table by trees, in batches: a call per row would cost more than the row. */
public final class ScoreRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 2048;

  private final TreeModel model;
  private final int[] groupOfFeature;
  private final String[] groups;

  private ScoreRows(TreeModel model, int[] groupOfFeature, String[] groups) {
    this.model = model;
    this.groupOfFeature = groupOfFeature;
    this.groups = groups;
  }

  /**
   * Adds the calibrated logit and, if wanted, the contribution of each group of features and the
   * reference they start from.
   *
   * @param rows rows the features can be taken from
   * @param features those of the model, see {@link TreeModel#columns}
   * @param kept columns to keep
   * @param logit column of the logit
   * @param contributions map from group to contribution; null to leave it out
   * @param reference name of the reference among the groups
   */
  public static Dataset<Row> score(
      Dataset<Row> rows,
      TreeModel model,
      List<FeatureColumn> features,
      List<Column> kept,
      Field logit,
      Field contributions,
      String reference) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] groupOfFeature =
        features.stream()
            .mapToInt(feature -> numbers.computeIfAbsent(feature.group(), key -> numbers.size()))
            .toArray();
    numbers.put(reference, numbers.size());
    String[] groups = contributions == null ? null : numbers.keySet().toArray(String[]::new);

    List<Column> columns = new ArrayList<>(kept);
    Dataset<Row> plain = rows.select(kept.toArray(Column[]::new));
    columns.add(
        functions
            .array(features.stream().map(FeatureColumn::value).toArray(Column[]::new))
            .as(LogisticTrainer.FEATURES.name()));
    StructType schema = plain.schema().add(logit.name(), Columns.DOUBLE);
    if (contributions != null) {
      schema = schema.add(contributions.name(), contributions.type());
    }
    return rows.select(columns.toArray(Column[]::new))
        .mapPartitions(new ScoreRows(model, groupOfFeature, groups), Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    TreeModel.Scorer scorer = model.scorer();
    return new Iterator<>() {
      private Iterator<Row> batch = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        return batch.hasNext() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!batch.hasNext()) {
          batch = scored(scorer, rows).iterator();
        }
        return batch.next();
      }
    };
  }

  private List<Row> scored(TreeModel.Scorer scorer, Iterator<Row> rows) {
    List<Row> taken = new ArrayList<>();
    List<double[]> features = new ArrayList<>();
    while (rows.hasNext() && taken.size() < BATCH) {
      Row row = rows.next();
      taken.add(row);
      features.add(
          row.<Double>getList(row.size() - 1).stream().mapToDouble(Double::doubleValue).toArray());
    }
    List<TreeModel.Outcome> outcomes = scorer.score(features, groups != null);
    List<Row> scored = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      Row row = taken.get(i);
      int kept = row.size() - 1;
      Object[] values = new Object[kept + (groups == null ? 1 : 2)];
      for (int column = 0; column < kept; column++) {
        values[column] = row.get(column);
      }
      values[kept] = outcomes.get(i).logit();
      if (groups != null) {
        values[kept + 1] = CollectionConverters.asScala(grouped(outcomes.get(i).contributions()));
      }
      scored.add(RowFactory.create(values));
    }
    return scored;
  }

  private Map<String, Double> grouped(double[] contributions) {
    double[] sums = new double[groups.length];
    for (int i = 0; i < groupOfFeature.length; i++) {
      sums[groupOfFeature[i]] += contributions[i];
    }
    sums[groups.length - 1] = contributions[groupOfFeature.length];
    Map<String, Double> grouped = new LinkedHashMap<>();
    for (int i = 0; i < groups.length; i++) {
      grouped.put(groups[i], sums[i]);
    }
    return grouped;
  }
}
