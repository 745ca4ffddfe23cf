package io.servicelake.ml.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.linear.CrossFit;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticTrainer;
import io.servicelake.ml.linear.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TreeModelTest {
  private static final Field ID = field("id");
  private static final Field NEAR = field("near");
  private static final Field OLD = field("old");
  private static final Field NOISE = field("noise");
  private static final Field LOGIT = field("logit");
  private static final Field PARTS =
      new Field("parts", Columns.DOUBLES_BY_NAME, false, "Parts", "部分", "By group.");
  private static final List<FeatureColumn> FEATURES =
      List.of(
          new FeatureColumn("near", "PLACE", NEAR.col()),
          new FeatureColumn("old", "VEHICLE", OLD.col()),
          new FeatureColumn("noise", "PLACE", NOISE.col()));
  private static final List<String> NAMES = List.of("near", "old", "noise");
  private static final TreeParameters PARAMETERS = new TreeParameters(40, 3, 0.2, 5, 1, 0.8, 1);

  private static Dataset<Row> data;
  private static TrainingRows rows;
  private static CrossFit<TreeModel> fitted;

  @BeforeAll
  static void fit() {
    data = data(2000);
    Column outcome = functions.col("outcome");
    rows =
        TrainingRows.gather(
            LogisticTrainer.points(data, FEATURES, outcome, ID.col(), 2, ID.col()), NAMES.size());
    fitted = TreeTrainer.crossFit(rows, NAMES, PARAMETERS, 2, 7);
  }

  @Test
  void twoFitsOnTheSameRowsGiveTheSameBytes() {
    CrossFit<TreeModel> again = TreeTrainer.crossFit(rows, NAMES, PARAMETERS, 2, 7);

    assertThat(again.model()).isEqualTo(fitted.model());
    assertThat(again.logits()).isEqualTo(fitted.logits());
  }

  @Test
  void whatARowsOwnFoldShowsDoesNotMoveItsLogit() {
    Column outcome = functions.col("outcome");
    Column turned =
        functions
            .when(FixedOrder.bucket(2, ID.col()).equalTo(0), functions.lit(1).minus(outcome))
            .otherwise(outcome);
    TrainingRows others =
        TrainingRows.gather(
            LogisticTrainer.points(data, FEATURES, turned, ID.col(), 2, ID.col()), NAMES.size());

    double[] logits = TreeTrainer.crossFit(others, NAMES, PARAMETERS, 2, 7).logits();

    int[] folds = others.folds();
    int moved = 0;
    for (int i = 0; i < folds.length; i++) {
      if (folds[i] == 0) {
        assertThat(logits[i]).isEqualTo(fitted.logits()[i]);
      } else {
        moved += logits[i] == fitted.logits()[i] ? 0 : 1;
      }
    }
    assertThat(moved).isGreaterThan(900);
  }

  @Test
  void contributionsAddUpToTheScore() {
    TreeModel model = fitted.model().calibrated(1.3, -0.2);
    List<double[]> some = List.of(new double[] {1, 0.2, 3}, new double[] {0, 0.9, -1});

    for (TreeModel.Outcome outcome : model.scorer().score(some, true)) {
      // The library sums in single precision: 40 trees of about 0.1 err by less than 1e-5.
      assertThat(Arrays.stream(outcome.contributions()).sum())
          .isCloseTo(outcome.logit(), within(1e-5));
    }
  }

  @Test
  void rowsOfATableKeepTheirColumnsAndGetContributionsByGroup() {
    TreeModel model = fitted.model();
    List<Row> scored =
        ScoreRows.score(
                data, model, model.columns(FEATURES), List.of(ID.col()), LOGIT, PARTS, "START")
            .collectAsList();

    assertThat(scored).hasSize(2000);
    Row first = scored.get(0);
    Map<String, Double> parts = first.getJavaMap(2);
    assertThat(parts).containsOnlyKeys("PLACE", "VEHICLE", "START");
    assertThat(parts.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(first.getDouble(1), within(1e-5));
    assertThat(parts.get("START"))
        .isEqualTo(
            model
                .scorer()
                .score(List.of(new double[3]), true)
                .get(0)
                .contributions()[NAMES.size()]);
  }

  @Test
  void featuresAreFoundByNameAndAMissingOneIsRefused() {
    List<FeatureColumn> more =
        List.of(
            new FeatureColumn("new", "PLACE", OLD.col()),
            FEATURES.get(2),
            FEATURES.get(1),
            FEATURES.get(0));

    assertThat(fitted.model().columns(more)).isEqualTo(FEATURES);
    assertThatThrownBy(() -> fitted.model().columns(FEATURES.subList(0, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noise");
  }

  @Test
  void unseenRowsAreRankedByWhatDecides() {
    double[] labels = rows.labels();
    double with = 0;
    double without = 0;
    for (int i = 0; i < labels.length; i++) {
      with += labels[i] * fitted.logits()[i];
      without += (1 - labels[i]) * fitted.logits()[i];
    }
    double lost = Arrays.stream(labels).sum();
    // The truth separates the means by more than 1.5; noise of 1,000 rows moves them by 0.1.
    assertThat(with / lost - without / (labels.length - lost)).isGreaterThan(0.8);
  }

  private static Dataset<Row> data(int size) {
    Random random = new Random(3);
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double near = random.nextBoolean() ? 1 : 0;
      double old = random.nextDouble();
      double logit = (near > 0 == old > 0.5 ? 1.5 : -1.5) + 0.5 * old;
      boolean isLost = random.nextDouble() < 1 / (1 + Math.exp(-logit));
      list.add(RowFactory.create((double) i, near, old, random.nextGaussian(), isLost ? 1.0 : 0.0));
    }
    StructType schema = new StructType();
    for (String name : List.of("id", "near", "old", "noise", "outcome")) {
      schema = schema.add(name, Columns.DOUBLE);
    }
    return SparkSessionForTests.session().createDataFrame(list, schema);
  }

  private static Field field(String name) {
    return new Field(name, Columns.DOUBLE, false, name, name, "Made up.");
  }
}
