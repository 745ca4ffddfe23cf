package io.servicelake.ml.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.SparkSessionForTests;
import io.servicelake.ml.Fit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SpendModelTest {
  private static final StructType SCHEMA =
      new StructType()
          .add(Histories.REPEAT_COUNT.name(), DataTypes.IntegerType)
          .add(Histories.MEAN_VALUE.name(), DataTypes.DoubleType);

  @Test
  void whoHasNotPaidYetIsWorthTheMeanOfThosePayingTimesTheirShare() {
    Well19937c random = new Well19937c(5);
    List<Row> payers =
        IntStream.range(0, 600).mapToObj(i -> payer(1 + i % 6 * (i % 6), random)).toList();
    List<Row> under = IntStream.range(0, 200).mapToObj(i -> RowFactory.create(3, 0.0)).toList();
    List<Row> once = IntStream.range(0, 50).mapToObj(i -> RowFactory.create(0, 0.0)).toList();
    Fit<SpendModel> fit =
        SpendModel.fit(rows(payers).union(rows(under)).union(rows(once)), FitSettings.defaults());

    assertThat(fit).isInstanceOf(Fit.Found.class);
    SpendModel model = ((Fit.Found<SpendModel>) fit).model();

    assertThat(model.payingShare()).isEqualTo(0.75);
    // The payers' mean is p v / (q - 1) = 100, its standard error with 600 of them about 3.
    assertThat(model.value(0, 0)).isCloseTo(75, within(8.0));
    assertThat(model.value(3, 0)).isLessThan(model.value(0, 0));
    assertThat(model.value(50, 200)).isCloseTo(200, within(10.0));
  }

  @Test
  void aModelWithoutTheShareIsRefused() {
    Estimate estimate =
        new Estimate(List.of("p", "q", "v"), List.of(6.0, 3.0, 15.0), List.of(), 0, 0, 1, 100);
    assertThatThrownBy(() -> new SpendModel(estimate, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Drawn as the model has it: p = 2, q = 4, v = 150. */
  private static Row payer(int repeats, Well19937c random) {
    double rate = new GammaDistribution(random, 4, 1 / 150.0).sample();
    return RowFactory.create(
        repeats, new GammaDistribution(random, 2.0 * repeats, 1 / (rate * repeats)).sample());
  }

  private static Dataset<Row> rows(List<Row> rows) {
    return SparkSessionForTests.session().createDataFrame(rows, SCHEMA);
  }
}
