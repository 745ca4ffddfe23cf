package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SharedFiles;
import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.Fit;
import io.servicelake.ml.evaluation.Ranking;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;

/**
 * Real purchases (CDNOW; UCI Online Retail) against published figures and those of other tools on
 * the same files. The data are looked for in {@code shared/data} beside the project or in the
 * folder the property {@code servicelake.shared} names; without them the tests are passed over.
 */
class RealPurchasesTest {
  private static final Field LINE = field("value", Columns.STRING);
  private static final Field PARTS = field("parts", Columns.STRINGS);
  private static final Field CUSTOMER = field("customer", Columns.STRING);
  private static final Field DAY = field("day", Columns.DATE);
  private static final Field SPEND = field("spend", Columns.DOUBLE);
  private static final Field VISITS_AFTER = field("visits_after", Columns.LONG);
  private static final LocalDate CALIBRATION_END = LocalDate.of(1997, 9, 30);
  private static final FitSettings SETTINGS = FitSettings.defaults();

  @Test
  void bgNbdOnCdnowIsThePublishedOne() {
    Dataset<Row> histories = histories(sample(), CALIBRATION_END, TimeUnit.WEEKS).cache();
    assertThat(histories.count()).isEqualTo(2357);

    VisitModel model = found(VisitModel.fit(histories, VisitKind.BG_NBD, SETTINGS));

    assertParameters(model.estimate(), 0.2426, 4.4136, 0.7929, 2.4259);
    assertThat(model.estimate().logLikelihood()).isCloseTo(-9582.43, within(0.02));
    assertThat(model.outlook(2, 30.43, 38.86).visits(39)).isCloseTo(1.226, within(1e-3));
    // The published number of repeat purchases of the 39 weeks that follow; 1,882 came about.
    assertThat(expectedVisits(model, histories, 273)).isCloseTo(1653, within(2.0));
    assertThat(found(VisitModel.fit(histories, VisitKind.BG_NBD, SETTINGS))).isEqualTo(model);
  }

  @Test
  void paretoNbdOnCdnowIsThePublishedOne() {
    Dataset<Row> histories = histories(sample(), CALIBRATION_END, TimeUnit.WEEKS);

    VisitModel model = found(VisitModel.fit(histories, VisitKind.PARETO_NBD, SETTINGS));

    assertParameters(model.estimate(), 0.5533, 10.5777, 0.6062, 11.6687);
    assertThat(model.estimate().logLikelihood()).isCloseTo(-9594.976, within(0.02));
  }

  @Test
  void purchasesOfCdnowKeepNoRhythm() {
    Dataset<Row> histories = histories(sample(), CALIBRATION_END, TimeUnit.WEEKS);

    VisitModel model = found(VisitModel.fit(histories, VisitKind.MBG_CNBD, SETTINGS));

    assertThat(model.label()).isEqualTo("MBG/CNBD-1");
    // Slightly more likely than BG/NBD: who buys once may have left at once.
    assertThat(model.estimate().logLikelihood()).isBetween(-9582.43, -9581.8);
  }

  @Test
  void gammaGammaOnCdnowIsThePublishedOne() {
    Path file = SharedFiles.file("data/cdnow/cdnow_summary_with_monetary_value.csv");
    Dataset<Row> histories =
        SparkSessionForTests.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(file.toString())
            .toDF(
                CUSTOMER.name(),
                Histories.REPEAT_COUNT.name(),
                Histories.RECENCY.name(),
                Histories.AGE.name(),
                Histories.MEAN_VALUE.name());

    SpendModel model = found(SpendModel.fit(histories, SETTINGS));

    assertThat(model.estimate().customers()).isEqualTo(946);
    assertParameters(model.estimate(), 6.2488, 3.7446, 15.4477);
  }

  @Test
  void whoComesBackIsRankedAsWellAsByOtherTools() {
    LocalDate trainCut = LocalDate.of(1997, 12, 31);
    LocalDate testCut = LocalDate.of(1998, 3, 31);
    Dataset<Row> purchases = master().cache();
    Dataset<Row> before = histories(purchases, trainCut, TimeUnit.WEEKS).cache();
    Dataset<Row> test =
        histories(purchases, testCut, TimeUnit.WEEKS)
            .join(
                after(purchases, testCut, 90), new String[] {Histories.CUSTOMER_ID.name()}, "left")
            .cache();

    VisitModel earlyMbg = found(VisitModel.fit(before, VisitKind.MBG_CNBD, SETTINGS));
    VisitModel early = found(VisitModel.fit(before, VisitKind.BG_NBD, SETTINGS));
    VisitModel bgNbd = found(VisitModel.fit(test, VisitKind.BG_NBD, SETTINGS));
    VisitModel mbg = found(VisitModel.fit(test, VisitKind.MBG_CNBD, SETTINGS));
    VisitModel pareto = found(VisitModel.fit(test, VisitKind.PARETO_NBD, SETTINGS));

    // Another tool, fitted on the histories of the test cut: 0.8337 by expected visits, 0.3445 by
    // the probability of being alive. Three months earlier the parameters were a little different.
    assertThat(auc(bgNbd, test, false)).isCloseTo(0.8337, within(0.0005));
    assertThat(auc(bgNbd, test, true)).isCloseTo(0.3445, within(0.0005));
    assertThat(auc(early, test, false)).isCloseTo(0.8318, within(0.001));
    assertThat(auc(earlyMbg, test, false)).isGreaterThanOrEqualTo(0.834);
    assertThat(auc(mbg, test, false)).isCloseTo(0.8359, within(0.001));
    assertThat(auc(pareto, test, false)).isCloseTo(0.8378, within(0.001));
  }

  @Test
  void marginsOfCdnowAddUp() {
    Dataset<Row> histories = histories(sample(), CALIBRATION_END, TimeUnit.WEEKS).cache();
    RepeatVisitModel model =
        model(
            found(VisitModel.fit(histories, VisitKind.BG_NBD, SETTINGS)),
            found(SpendModel.fit(histories, SETTINGS)),
            273);

    Row sums =
        model
            .figures(histories)
            .agg(
                functions.sum(CustomerValues.EXPECTED_180D_VISITS.col()),
                functions.sum(CustomerValues.MARGIN_36M_AMOUNT_MINOR.col()),
                functions.sum(CustomerValues.MARGIN_36M_LOWER_AMOUNT_MINOR.col()),
                functions.sum(CustomerValues.MARGIN_36M_UPPER_AMOUNT_MINOR.col()))
            .head();

    assertThat(sums.getDouble(0)).isCloseTo(1653, within(2.0));
    assertThat(sums.getLong(2)).isLessThan(sums.getLong(1));
    assertThat(sums.getLong(3)).isGreaterThan(sums.getLong(1));
  }

  @Test
  void onlineRetailDoesNotTellWhoLeaves() {
    Fit<VisitModel> fit =
        VisitModel.fit(
            histories(onlineRetail(), LocalDate.of(2011, 6, 12), TimeUnit.WEEKS),
            VisitKind.BG_NBD,
            SETTINGS);

    assertThat(fit).isInstanceOf(Fit.Refused.class);
    assertThat(((Fit.Refused<VisitModel>) fit).reason())
        .startsWith("BG/NBD: parameter a runs out of its range");
  }

  @Test
  void onlineRetailTellsWhoLeavesOnceTheRhythmIsKnown() {
    Dataset<Row> histories =
        histories(onlineRetail(), LocalDate.of(2011, 6, 12), TimeUnit.WEEKS).cache();

    VisitModel.Choice choice = VisitModel.choose(histories, VisitKind.MBG_CNBD, SETTINGS);

    assertThat(found(choice.fit()).label()).isEqualTo("MBG/CNBD-2");
    assertThat(choice.passedOver()).isEmpty();
  }

  private static void assertParameters(Estimate estimate, double... published) {
    for (int i = 0; i < published.length; i++) {
      assertThat(estimate.values().get(i))
          .as(estimate.names().get(i))
          .isCloseTo(published[i], within(published[i] * 0.005));
    }
  }

  private static RepeatVisitModel model(VisitModel visits, SpendModel spend, int days) {
    RepeatVisitParameters parameters =
        new RepeatVisitParameters(
            visits.kind(), TimeUnit.WEEKS, days, Margins.defaults(), SETTINGS, 1000, 50);
    return new RepeatVisitModel(null, parameters, visits, spend);
  }

  private static double expectedVisits(VisitModel model, Dataset<Row> histories, int days) {
    return model(model, null, days)
        .figures(histories)
        .agg(functions.sum(CustomerValues.EXPECTED_180D_VISITS.col()))
        .head()
        .getDouble(0);
  }

  private static double auc(VisitModel model, Dataset<Row> test, boolean byAlive) {
    List<Row> rows =
        test.select(
                Histories.REPEAT_COUNT.col(),
                Histories.RECENCY.col(),
                Histories.AGE.col(),
                VISITS_AFTER.col().isNotNull())
            .collectAsList();
    double[] scores = new double[rows.size()];
    boolean[] isBack = new boolean[rows.size()];
    for (int i = 0; i < scores.length; i++) {
      Row row = rows.get(i);
      VisitProcess.Outlook outlook =
          model.outlook(row.getInt(0), row.getDouble(1), row.getDouble(2));
      scores[i] = byAlive ? outlook.alive() : outlook.visits(90 / 7.0);
      isBack[i] = row.getBoolean(3);
    }
    Ranking ranking = new Ranking(scores, isBack);
    return ranking.auc(ranking.once());
  }

  private static Dataset<Row> after(Dataset<Row> purchases, LocalDate cut, int days) {
    Column since = functions.datediff(DAY.col(), functions.lit(java.sql.Date.valueOf(cut)));
    return purchases
        .where(since.between(1, days))
        .groupBy(CUSTOMER.col().as(Histories.CUSTOMER_ID.name()))
        .agg(functions.countDistinct(DAY.col()).as(VISITS_AFTER.name()));
  }

  private static Dataset<Row> histories(Dataset<Row> purchases, LocalDate asOf, TimeUnit unit) {
    return Histories.of(purchases, CUSTOMER.col(), DAY.col(), SPEND.col(), asOf, unit);
  }

  private static Dataset<Row> onlineRetail() {
    return SparkSessionForTests.session()
        .read()
        .parquet(SharedFiles.file("data/online-retail/online_retail.parquet").toString())
        .where("CustomerID IS NOT NULL AND Quantity > 0 AND UnitPrice > 0")
        .selectExpr(
            "cast(cast(CustomerID AS INT) AS STRING) AS customer",
            "to_date(InvoiceDate) AS day",
            "Quantity * UnitPrice AS spend");
  }

  private static Dataset<Row> sample() {
    return lines("data/cdnow/CDNOW_sample.txt.gz", 2);
  }

  private static Dataset<Row> master() {
    return lines("data/cdnow/CDNOW_master.txt.gz", 1);
  }

  /** Lines of customer, day and value, the day at a given place; other lines are passed over. */
  private static Dataset<Row> lines(String within, int day) {
    List<Column> columns = new ArrayList<>();
    columns.add(part(0).as(CUSTOMER.name()));
    columns.add(functions.to_date(part(day), "yyyyMMdd").as(DAY.name()));
    columns.add(part(day + 2).cast(Columns.DOUBLE).as(SPEND.name()));
    return SparkSessionForTests.session()
        .read()
        .text(SharedFiles.file(within).toString())
        .select(functions.split(functions.trim(LINE.col()), "\\s+").as(PARTS.name()))
        .where(part(0).rlike("^[0-9]+$"))
        .select(columns.toArray(Column[]::new));
  }

  private static Column part(int index) {
    return functions.get(PARTS.col(), functions.lit(index));
  }

  private static <M> M found(Fit<M> fit) {
    assertThat(fit).isInstanceOf(Fit.Found.class);
    return ((Fit.Found<M>) fit).model();
  }

  private static Field field(String name, DataType type) {
    return new Field(name, type, true, name, name, "Of the file.");
  }
}
