package io.servicelake.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class LogisticTrainerTest {
  private static final Field ID = field("id", Columns.INT);
  private static final Field X = field("x", Columns.DOUBLE);
  private static final Field Z = field("z", Columns.DOUBLE);
  private static final Field Y = field("y", Columns.DOUBLE);
  private static final List<FeatureColumn> FEATURES =
      List.of(
          new FeatureColumn("x", "one", X.col()),
          new FeatureColumn("z", "two", Z.col()),
          new FeatureColumn("x_again", "one", X.col().multiply(2)));

  @Test
  void coefficientsOfAKnownModelAreFound() {
    // 8,000 rows with logit -1 + 0.8 x: the standard error of the slope is about 0.03; the band
    // is three of them. The penalty of 1e-5 moves it by less than 0.001.
    LogisticModel model = fit(data(8000, 3), new LogisticParameters(1e-5, 0.5, 40), 0);

    double slope = model.terms().get(0).slope() + 2 * model.terms().get(2).slope();
    assertThat(slope).isCloseTo(0.8, within(0.1));
    assertThat(model.logit(new double[] {0, 0, 0})).isCloseTo(-1, within(0.1));
  }

  @Test
  void aFeatureOfNoiseIsDroppedByTheAbsolutePenalty() {
    LogisticModel model = fit(data(2000, 4), new LogisticParameters(0.03, 1, 40), 0);

    assertThat(model.terms().get(1).coefficient()).isZero();
    assertThat(model.terms().get(0).coefficient() + model.terms().get(2).coefficient())
        .isPositive();
  }

  @Test
  void theMeanProbabilityIsTheObservedRate() {
    Dataset<Row> data = data(2000, 5);

    LogisticModel model = fit(data, LogisticParameters.defaults(), 3);

    double rate = mean(data, Y.col());
    assertThat(mean(data, model.probability(FEATURES))).isCloseTo(rate, within(0.01));
    assertThat(model.calibrationSlope()).isCloseTo(1, within(0.15));
  }

  @Test
  void allRowsOfACustomerAreInOneFold() {
    Column customer = functions.floor(ID.col().divide(6));

    List<Row> folds =
        LogisticTrainer.points(data(600, 7), FEATURES, Y.col(), customer, 3, ID.col())
            .groupBy("cluster")
            .agg(functions.collect_set(LogisticTrainer.FOLD.col()))
            .collectAsList();

    assertThat(folds).hasSize(100).allSatisfy(row -> assertThat(row.getList(1)).hasSize(1));
    assertThat(folds.stream().map(row -> row.getList(1).get(0)).distinct()).hasSize(3);
  }

  @Test
  void whatARowsOwnFoldShowsDoesNotMoveItsLogit() {
    Dataset<Row> data = data(600, 9);
    Column isFirst = FixedOrder.bucket(2, ID.col()).equalTo(0);
    Column turned = functions.when(isFirst, functions.lit(1.0).minus(Y.col())).otherwise(Y.col());
    double[] before = logits(data, Y.col());
    double[] after = logits(data, turned);
    int[] folds = rows(data, Y.col()).folds();

    double sameFold = 0;
    double otherFold = 0;
    for (int i = 0; i < folds.length; i++) {
      double moved = Math.abs(after[i] - before[i]);
      sameFold = Math.max(sameFold, folds[i] == 0 ? moved : 0);
      otherFold = Math.max(otherFold, folds[i] == 1 ? moved : 0);
    }
    // The search begins elsewhere and ends within its tolerance.
    assertThat(sameFold).isLessThan(0.01);
    assertThat(otherFold).isGreaterThan(0.5);
  }

  @Test
  void contributionsAddUpToTheLogit() {
    Dataset<Row> data = data(500, 6);
    LogisticModel model = fit(data, LogisticParameters.defaults(), 2);
    var parts = model.contributions(FEATURES);

    Row row = data.select(X.col(), Z.col(), parts.get("one"), parts.get("two")).head();

    double logit =
        model.logit(new double[] {row.getDouble(0), row.getDouble(1), 2 * row.getDouble(0)});
    assertThat(model.reference() + row.getDouble(2) + row.getDouble(3))
        .isCloseTo(model.calibrationOffset() + model.calibrationSlope() * logit, within(1e-9));
  }

  @Test
  void someFeaturesOfGatheredRowsKeepTheirValuesAndOutcomes() {
    TrainingRows all = rows(data(50, 6), Y.col());
    TrainingRows some = all.only(2, 0);

    assertThat(some.width()).isEqualTo(2);
    assertThat(some.feature(0)).isEqualTo(all.feature(2));
    assertThat(some.feature(1)).isEqualTo(all.feature(0));
    assertThat(some.labels()).isEqualTo(all.labels());
    assertThat(some.folds()).isEqualTo(all.folds());
    assertThat(some.clusters()).isEqualTo(all.clusters());
  }

  private static TrainingRows rows(Dataset<Row> data, Column outcome) {
    return TrainingRows.gather(
        LogisticTrainer.points(data, FEATURES, outcome, ID.col(), 2, ID.col()), FEATURES.size());
  }

  private static double[] logits(Dataset<Row> data, Column outcome) {
    List<String> names = FEATURES.stream().map(FeatureColumn::name).toList();
    return LogisticTrainer.crossFit(rows(data, outcome), names, LogisticParameters.defaults(), 2)
        .logits();
  }

  private static LogisticModel fit(Dataset<Row> data, LogisticParameters parameters, int folds) {
    Dataset<Row> points =
        LogisticTrainer.points(data, FEATURES, Y.col(), ID.col(), Math.max(folds, 1), ID.col());
    return LogisticTrainer.fit(
        points, FEATURES.stream().map(FeatureColumn::name).toList(), parameters, folds);
  }

  private static double mean(Dataset<Row> data, Column value) {
    return data.select(functions.avg(value)).head().getDouble(0);
  }

  private static Dataset<Row> data(int rows, long seed) {
    Random random = new Random(seed);
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double x = random.nextGaussian();
      double p = 1 / (1 + Math.exp(1 - 0.8 * x));
      list.add(RowFactory.create(i, x, random.nextGaussian(), random.nextDouble() < p ? 1.0 : 0.0));
    }
    StructType schema =
        new StructType(
            new org.apache.spark.sql.types.StructField[] {
              ID.toStructField(), X.toStructField(), Z.toStructField(), Y.toStructField()
            });
    return SparkSessionForTests.session().createDataFrame(list, schema);
  }

  private static Field field(String name, DataType type) {
    return new Field(name, type, false, name, name, "Of the test.");
  }
}
