package io.servicelake.ml.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.CompiledPlans;
import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.ml.Fit;
import io.servicelake.ml.FixedOrder;
import io.servicelake.ml.linear.FeatureColumn;
import io.servicelake.ml.linear.LogisticParameters;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CompiledPlans.class)
class UpliftTrainerTest {
  private static final Columns C = new Columns();
  private static final Field ID = C.key("id", Columns.INT, "Id", "编号", "Customer.");
  private static final Field X = C.required("x", Columns.DOUBLE, "X", "X", "Feature.");
  private static final Field NOISE = C.required("noise", Columns.DOUBLE, "N", "N", "Feature.");
  private static final Field IS_OFFERED = C.required("is_offered", Columns.BOOL, "O", "O", "Arm.");
  private static final Field CAME = C.required("came", Columns.DOUBLE, "Y", "Y", "Outcome.");
  private static final TableContract ROWS =
      C.table(Layer.GOLD, "uplift_rows", "U", "U", "one row per customer", "test");
  private static final List<FeatureColumn> FEATURES =
      List.of(
          new FeatureColumn("x", "x", X.col()), new FeatureColumn("noise", "noise", NOISE.col()));
  private static final UpliftSource SOURCE =
      new UpliftSource(ID.col(), ID.col(), IS_OFFERED.col(), CAME.col(), functions.lit(0.75));

  // Q of the made-up uplift is three times the default of what is worth finding.
  private static final UpliftSettings SETTINGS =
      new UpliftSettings(LogisticParameters.defaults(), 1e-3, 0.01, 20);

  @Test
  void bothWaysFindForWhomTheOfferWorks() {
    Dataset<Row> rows = rows(12_000).cache();

    for (UpliftKind kind : UpliftKind.values()) {
      Qini qini =
          ((Fit.Found<Qini>)
                  UpliftTrainer.outOfFold(
                      rows, FEATURES, SOURCE, FixedOrder.bucket(3, ID.col()), 3, kind, SETTINGS))
              .model();
      UpliftModel model = found(rows, kind);
      Row first = rows.select(model.uplift(FEATURES), X.col()).orderBy(X.col()).head();

      // The true uplift 0.1 + 0.1 x, x even from -1 to 1, has Q = 0.2 / 12; its standard error is
      // about 0.0030, the band four.
      assertThat(qini.size()).isEqualTo(12_000);
      assertThat(qini.q()).as(kind.name()).isCloseTo(0.0167, within(0.012));
      assertThat(first.getDouble(0)).isCloseTo(0.1 + 0.1 * first.getDouble(1), within(0.05));
      assertThat(found(rows, kind)).isEqualTo(model);
    }
  }

  @Test
  void tooFewCustomersAreRefusedWithTheReason() {
    Fit<UpliftModel> fit =
        UpliftTrainer.fit(rows(600), FEATURES, SOURCE, UpliftKind.TWO_MODEL, SETTINGS);

    assertThat(fit).isInstanceOf(Fit.Refused.class);
    assertThat(((Fit.Refused<UpliftModel>) fit).reason())
        .startsWith("uplift: not treated: 150 customers,")
        .contains("40 with and without it are needed for 2 features")
        .contains("a Q of 0.0100 could not be told from 0");
  }

  @Test
  void aModelOfOtherFeaturesIsRefused() {
    UpliftModel model = found(rows(12_000), UpliftKind.TRANSFORMED_OUTCOME);

    assertThatThrownBy(() -> model.uplift(FEATURES.subList(0, 1)))
        .hasMessageStartingWith("Cannot score uplift: the model has features [x, noise]");
  }

  private static UpliftModel found(Dataset<Row> rows, UpliftKind kind) {
    Fit<UpliftModel> fit = UpliftTrainer.fit(rows, FEATURES, SOURCE, kind, SETTINGS);
    return ((Fit.Found<UpliftModel>) fit).model();
  }

  /** Three of four offered; visit rate 0.15, with the offer 0.25 + 0.1 x. */
  private static Dataset<Row> rows(int count) {
    SplittableRandom random = new SplittableRandom(9);
    TestRows rows = TestRows.of(ROWS);
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble(-1, 1);
      boolean isOffered = i % 4 != 0;
      double rate = 0.15 + (isOffered ? 0.1 + 0.1 * x : 0);
      rows.row(
          ID, i,
          X, x,
          NOISE, random.nextGaussian(),
          IS_OFFERED, isOffered,
          CAME, random.nextDouble() < rate ? 1.0 : 0.0);
    }
    return rows.build();
  }
}
