package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.ModelCardRow;
import io.servicelake.ml.Trained;
import io.servicelake.ml.TrainingRun;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RepeatVisitTrainerTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final TrainingRun RUN = new TrainingRun(AS_OF, 1, "test", Map.of());
  private static final FitSettings SETTINGS = FitSettings.defaults();
  private static final double[] TRUTH = {1.5, 4, 0.8, 4};

  @Test
  void theRhythmOfRegularVisitsIsFound() {
    BetaGeometric process = new BetaGeometric(3, true);
    Dataset<Row> histories =
        histories(3000, 5, random -> Visitor.betaGeometric(random, process, TRUTH, age(random), 0));

    VisitModel model = found(VisitModel.fit(histories, VisitKind.MBG_CNBD, SETTINGS));

    assertThat(model.ticks()).isEqualTo(3);
    assertThat(model.label()).isEqualTo("MBG/CNBD-3");
    for (int i = 0; i < TRUTH.length; i++) {
      double error = Math.sqrt(model.estimate().logCovariance().get(i).get(i));
      assertThat(Math.log(model.estimate().values().get(i) / TRUTH[i]))
          .as(model.estimate().names().get(i))
          .isCloseTo(0, within(3 * error));
    }
  }

  @Test
  void whereNobodyLeavesNothingIsGuessed() {
    BetaGeometric process = new BetaGeometric(1, false);
    double[] stayers = {1.5, 4, 1, Double.POSITIVE_INFINITY};
    Dataset<Row> histories =
        histories(
            2000, 6, random -> Visitor.betaGeometric(random, process, stayers, age(random), 0));

    Trained<RepeatVisitModel> trained = RepeatVisitTrainer.fit(histories, RUN, parameters());

    assertThat(trained.model()).isEmpty();
    assertThat(trained.card()).hasSize(1);
    ModelCardRow row = trained.card().get(0);
    assertThat(row.result().metric()).isEqualTo(ModelCardRow.NOT_TRAINED);
    assertThat(row.split()).startsWith("not trained: BG/NBD: parameter ");
  }

  @Test
  void fewRepeatersAreTooFew() {
    Dataset<Row> histories = mixed(60, 8);

    Trained<RepeatVisitModel> trained = RepeatVisitTrainer.fit(histories, RUN, parameters());

    assertThat(trained.model()).isEmpty();
    assertThat(trained.card().get(0).split()).contains("repeat visit, 100 needed");
  }

  @Test
  void sameRowsGiveTheSameModelInAnyOrder() {
    Dataset<Row> histories = mixed(1500, 9);

    RepeatVisitModel model = model(histories);
    RepeatVisitModel again = model(MadeUpRows.shuffled(histories));

    assertThat(again).isEqualTo(model);
    assertThat(again.modelId()).isEqualTo(model.modelId());
  }

  @Test
  void aModelReadBackGivesTheSameScores() {
    Dataset<Row> histories = mixed(1500, 10);
    RepeatVisitModel model = model(histories);

    RepeatVisitModel back = RepeatVisitModel.fromJson(model.toJson());

    assertThat(back).isEqualTo(model);
    assertThat(MadeUpRows.sorted(back.score(histories, AS_OF)))
        .hasSize(1500)
        .isEqualTo(MadeUpRows.sorted(model.score(histories, AS_OF)));
  }

  @Test
  void scoresLieWithinTheirBounds() {
    Dataset<Row> histories = mixed(1500, 11);
    Dataset<Row> scores = model(histories).score(histories, AS_OF);

    assertThat(scores.columns())
        .startsWith(RepeatVisitScores.CUSTOMER_ID.name(), RepeatVisitScores.SCORED_ON.name());
    assertThat(
            scores
                .where(
                    RepeatVisitScores.RETURN_PROBABILITY
                        .col()
                        .between(0, 1)
                        .and(
                            RepeatVisitScores.RETURN_PROBABILITY
                                .col()
                                .leq(RepeatVisitScores.EXPECTED_VISITS.col()))
                        .and(
                            RepeatVisitScores.RETURN_PROBABILITY
                                .col()
                                .leq(RepeatVisitScores.ALIVE_PROBABILITY.col()))
                        .and(
                            RepeatVisitScores.EXPECTED_MARGIN
                                .col()
                                .between(
                                    RepeatVisitScores.EXPECTED_MARGIN_LOWER.col(),
                                    RepeatVisitScores.EXPECTED_MARGIN_UPPER.col())))
                .count())
        .isEqualTo(1500);
  }

  @Test
  void anUndiscountedMarginIsVisitsTimesValueTimesShare() {
    RepeatVisitParameters plain =
        new RepeatVisitParameters(
            VisitKind.BG_NBD, TimeUnit.WEEKS, 365, new Margins(365, 0, 0.4), SETTINGS);
    RepeatVisitModel model =
        RepeatVisitTrainer.fit(mixed(1500, 13), RUN, plain).model().orElseThrow();

    Row row =
        model
            .score(one(4, 40, 60, 9, 5.0), AS_OF)
            .select(
                RepeatVisitScores.EXPECTED_VISITS.col(), RepeatVisitScores.EXPECTED_MARGIN.col())
            .head();

    assertThat(row.getDouble(1))
        .isCloseTo(row.getDouble(0) * model.spend().value(4, 5.0) * 0.4, within(1e-4));
  }

  @Test
  void theIntervalOfAMarginIsThatOfFitsOnOtherCustomersAlike() {
    List<Double> logs = new ArrayList<>();
    double width = 0;
    for (int seed = 20; seed < 32; seed++) {
      RepeatVisitModel model = model(mixed(1000, seed));
      Row row =
          model
              .score(one(4, 40, 60, 9, 5.0), AS_OF)
              .select(
                  RepeatVisitScores.EXPECTED_MARGIN.col(),
                  RepeatVisitScores.EXPECTED_MARGIN_LOWER.col(),
                  RepeatVisitScores.EXPECTED_MARGIN_UPPER.col())
              .head();
      logs.add(Math.log(row.getDouble(0)));
      width += Math.log(row.getDouble(2) / row.getDouble(1)) / 12;
    }
    double mean = logs.stream().mapToDouble(x -> x).average().orElseThrow();
    double spread = Math.sqrt(logs.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / 11);

    // A deviation from 12 draws is within 0.6 to 1.5 of the true one in 95 of 100 cases.
    assertThat(width / (2 * 1.96) / spread).isBetween(0.5, 2.0);
  }

  @Test
  void withoutValuesThereAreNoMargins() {
    Dataset<Row> histories =
        mixed(1500, 12)
            .withColumn(Histories.MEAN_VALUE.name(), functions.lit(null).cast(Columns.DOUBLE));

    Trained<RepeatVisitModel> trained = RepeatVisitTrainer.fit(histories, RUN, parameters());

    RepeatVisitModel model = trained.model().orElseThrow();
    assertThat(model.manifest().split()).contains("no margins: Gamma-Gamma: 0 customers");
    assertThat(
            model
                .score(histories, AS_OF)
                .where(RepeatVisitScores.EXPECTED_MARGIN.col().isNull())
                .count())
        .isEqualTo(1500);
    assertThat(RepeatVisitModel.fromJson(model.toJson())).isEqualTo(model);
  }

  @Test
  void visitsOfADayCountOnceAndTheFirstIsNoRepeat() {
    StructType schema =
        new StructType(
            new StructField[] {
              field("id", Columns.STRING), field("on", Columns.DATE), field("paid", Columns.DOUBLE)
            });
    Dataset<Row> visits =
        SparkSessionForTests.session()
            .createDataFrame(
                Stream.of(
                        RowFactory.create("A", day("2025-05-05"), 10.0),
                        RowFactory.create("A", day("2025-05-19"), 20.0),
                        RowFactory.create("A", day("2025-05-19"), 5.0),
                        RowFactory.create("A", day("2025-06-02"), 7.0),
                        RowFactory.create("A", day("2025-07-01"), 99.0),
                        RowFactory.create("B", day("2025-06-23"), 1.0))
                    .toList(),
                schema);

    List<Row> rows =
        Histories.of(
                visits,
                functions.col("id"),
                functions.col("on"),
                functions.col("paid"),
                AS_OF,
                TimeUnit.WEEKS)
            .orderBy(Histories.CUSTOMER_ID.col())
            .select(
                Histories.REPEAT_COUNT.col(),
                Histories.RECENCY.col(),
                Histories.AGE.col(),
                Histories.LOG_GAPS.col(),
                Histories.MEAN_VALUE.col())
            .collectAsList();

    assertThat(rows)
        .containsExactly(
            RowFactory.create(2, 4.0, 8.0, 1.386294361, 16.0),
            RowFactory.create(0, 0.0, 1.0, 0.0, null));
  }

  private static RepeatVisitParameters parameters() {
    return new RepeatVisitParameters(
        VisitKind.BG_NBD, TimeUnit.WEEKS, 365, Margins.defaults(), SETTINGS);
  }

  private static RepeatVisitModel model(Dataset<Row> histories) {
    return RepeatVisitTrainer.fit(histories, RUN, parameters()).model().orElseThrow();
  }

  /** Customers who come at random and may leave after a visit. */
  private static Dataset<Row> mixed(int customers, long seed) {
    BetaGeometric process = new BetaGeometric(1, false);
    return histories(
        customers, seed, random -> Visitor.betaGeometric(random, process, TRUTH, age(random), 0));
  }

  private static double age(Random random) {
    return 26 + 78 * random.nextDouble();
  }

  private static Dataset<Row> histories(int customers, long seed, Function<Random, Visitor> draw) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      rows.add(draw.apply(random).toRow("C" + i, Date.valueOf(AS_OF)));
    }
    return rows(rows);
  }

  private static Dataset<Row> one(
      int repeats, double recency, double age, double logGaps, Double value) {
    return rows(
        List.of(
            RowFactory.create("C", Date.valueOf(AS_OF), repeats, recency, age, logGaps, value)));
  }

  private static Dataset<Row> rows(List<Row> rows) {
    StructType schema =
        DataTypes.createStructType(
            Stream.of(
                    Histories.CUSTOMER_ID,
                    Histories.SNAPSHOT_ON,
                    Histories.REPEAT_COUNT,
                    Histories.RECENCY,
                    Histories.AGE,
                    Histories.LOG_GAPS,
                    Histories.MEAN_VALUE)
                .map(Field::toStructField)
                .toArray(StructField[]::new));
    Dataset<Row> local = SparkSessionForTests.session().createDataFrame(rows, schema);
    return local.sparkSession().createDataFrame(local.toJavaRDD(), schema).cache();
  }

  private static Date day(String day) {
    return Date.valueOf(day);
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  private static <M> M found(Fit<M> fit) {
    assertThat(fit).isInstanceOf(Fit.Found.class);
    return ((Fit.Found<M>) fit).model();
  }
}
