package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.Fit;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a million customers with histories in days take on two cores. Slow, so run by hand:
 * {@code ./mvnw -pl models test -Dtest=RepeatVisitBenchmark -DargLine="-Xmx2g ..."}; see
 * docs/models.md.
 */
class RepeatVisitBenchmark {
  private static final int CUSTOMERS = Integer.getInteger("servicelake.customers", 1_000_000);
  private static final int PARTS = 16;
  private static final Date AS_OF = Date.valueOf(LocalDate.of(2025, 6, 30));
  private static final double[] TRUTH = {1.5, 200, 0.8, 4};

  @TempDir Path folder;

  @Test
  void aMillionCustomers() {
    String file = folder.resolve("histories").toString();
    timed("written", () -> write(file));
    Dataset<Row> histories = SparkSessionForTests.session().read().parquet(file);
    FitSettings settings = FitSettings.defaults();

    Instant start = Instant.now();
    Fit<VisitModel> fit =
        timed("BG/NBD", () -> VisitModel.fit(histories, VisitKind.BG_NBD, settings));
    Duration taken = Duration.between(start, Instant.now());
    VisitModel model = ((Fit.Found<VisitModel>) fit).model();
    SpendModel spend =
        ((Fit.Found<SpendModel>) timed("Gamma-Gamma", () -> SpendModel.fit(histories, settings)))
            .model();
    RepeatVisitParameters parameters =
        new RepeatVisitParameters(
            VisitKind.BG_NBD, TimeUnit.DAYS, 365, Margins.defaults(), settings, 1000, 50);
    timed("scores without margins", () -> score(histories, model, null, parameters));
    timed("scores with margins", () -> score(histories, model, spend, parameters));
    timed("Pareto/NBD", () -> VisitModel.fit(histories, VisitKind.PARETO_NBD, settings));

    assertThat(model.estimate().values().get(0)).isBetween(1.4, 1.6);
    assertThat(taken).isLessThan(Duration.ofSeconds(30));
  }

  private static Row score(
      Dataset<Row> histories,
      VisitModel model,
      SpendModel spend,
      RepeatVisitParameters parameters) {
    return new RepeatVisitModel(null, parameters, model, spend)
        .figures(histories)
        .agg(
            functions.sum(CustomerValues.EXPECTED_180D_VISITS.col()),
            functions.sum(CustomerValues.MARGIN_36M_AMOUNT_MINOR.col()))
        .head();
  }

  private static Map<String, Integer> write(String file) {
    SparkSession session = SparkSessionForTests.session();
    List<Integer> parts = IntStream.range(0, PARTS).boxed().toList();
    session
        .createDataFrame(
            JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(parts, PARTS)
                .flatMap(RepeatVisitBenchmark::customers),
            Visitor.SCHEMA)
        .write()
        .parquet(file);
    return Map.of("customers", CUSTOMERS);
  }

  private static Iterator<Row> customers(int part) {
    Random random = new Random(part);
    TickedVisits process = new TickedVisits(1, false, Leaving.BETA);
    return IntStream.range(0, CUSTOMERS / PARTS)
        .mapToObj(
            i -> {
              int age = 90 + random.nextInt(1736);
              Visitor drawn = Visitor.ticked(random, process, TRUTH, age, 0);
              Visitor byDay =
                  new Visitor(
                      drawn.repeats(),
                      Math.min(age, Math.ceil(drawn.recency())),
                      age,
                      drawn.logGaps(),
                      0,
                      true,
                      Math.rint(drawn.meanValue() * 100) / 100);
              return byDay.toRow("C" + part + "-" + i, AS_OF);
            })
        .iterator();
  }

  private static <T> T timed(String what, Supplier<T> work) {
    Instant start = Instant.now();
    T result = work.get();
    System.out.printf(
        "%s: %.1f s, %s%n",
        what, Duration.between(start, Instant.now()).toMillis() / 1000.0, result);
    return result;
  }
}
