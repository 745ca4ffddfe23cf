package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.ml.attrition.OneVehicle;
import io.servicelake.ml.attrition.StartingRates;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class ChurnBasisTest {
  private static final LocalDate DAY = LocalDate.parse("2025-06-30");
  private static final ChurnBasis BASIS = new ChurnBasis(180, 200, false, null, null, 0);

  @Test
  void whoseVehicleIsUnknownStandsAtOneRoundOfTheClock() {
    assertThat(rounds(null, null)).isEqualTo("1.0 1.6 0.67");
  }

  @Test
  void theRoundsOfAKnownClockAreCountedFromTheLastService() {
    assertThat(rounds(DAY.minusDays(60), DAY.plusDays(240))).isEqualTo("0.2 0.8 0.07");
  }

  @Test
  void aClockLeftBehindStandsAtSixRounds() {
    assertThat(rounds(DAY.minusDays(3000), DAY.minusDays(2700))).isEqualTo("6.0 6.6 0.0");
  }

  /** A large bill and a complaint, each told apart from the other. */
  @Test
  void whatTheProcessOwesToGrievanceAndToLargeBillsAddsUp() {
    ChurnBasis basis = new ChurnBasis(180, 200, false, null, StartingRates.model(), 250_000);
    Row both = process(basis, 300_000L, List.of(DAY.minusDays(30)));
    Row sore = process(basis, 0L, List.of(DAY.minusDays(30)));
    Row billed = process(basis, 300_000L, List.of());
    Row content = process(basis, 0L, List.of());

    assertThat(both.getDouble(0)).isEqualTo(content.getDouble(0));
    assertThat(sore.getDouble(1)).isPositive().isEqualTo(both.getDouble(1));
    assertThat(sore.getDouble(2)).isZero();
    assertThat(billed.getDouble(1)).isZero();
    assertThat(billed.getDouble(2)).isPositive();
    assertThat(both.getDouble(2)).isPositive();
    assertThat(content.getDouble(1) + content.getDouble(2)).isZero();
  }

  private static Row process(ChurnBasis basis, long payMinor, List<LocalDate> aggrieved) {
    LocalDate since = DAY.minusDays(400);
    LocalDate last = DAY.minusDays(31);
    OneVehicle vehicle =
        new OneVehicle(
            "v",
            since,
            10_000,
            List.of(since, last),
            List.of("MAINTENANCE", "REPAIR"),
            List.of(0L, payMinor),
            aggrieved);
    return basis
        .prepare(
            TestRows.of(CustomerSnapshots.TABLE)
                .row(
                    vehicle.with(
                        CustomerSnapshots.CUSTOMER_ID, "p",
                        CustomerSnapshots.SNAPSHOT_ON, DAY,
                        CustomerSnapshots.FIRST_VISIT_ON, since,
                        CustomerSnapshots.LAST_VISIT_ON, last,
                        CustomerSnapshots.VISITS_COUNT, 2))
                .build())
        .select(
            ChurnBasis.NO_VISIT_LOGIT.col(),
            ChurnBasis.GRIEVANCE.col(),
            ChurnBasis.LARGE_BILLS.col())
        .head();
  }

  /** Rounds since the last service, at the end of 180 days, and the share of the due time ahead. */
  private static String rounds(LocalDate serviceFrom, LocalDate due) {
    Dataset<Row> person =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(
                CustomerSnapshots.CUSTOMER_ID,
                "p",
                CustomerSnapshots.SNAPSHOT_ON,
                DAY,
                CustomerSnapshots.FIRST_VISIT_ON,
                DAY.minusDays(100),
                CustomerSnapshots.LAST_VISIT_ON,
                DAY.minusDays(100),
                CustomerSnapshots.VISITS_COUNT,
                1,
                CustomerSnapshots.SERVICE_FROM_ON,
                serviceFrom,
                CustomerSnapshots.DUE_ON,
                due)
            .build();
    return BASIS
        .prepare(person)
        .select(
            functions.concat_ws(
                " ",
                functions.round(ChurnBasis.DUENESS.col(), 2),
                functions.round(ChurnBasis.DUENESS_THEN.col(), 2),
                functions.round(ChurnBasis.AHEAD.col(), 2)))
        .head()
        .getString(0);
  }
}
