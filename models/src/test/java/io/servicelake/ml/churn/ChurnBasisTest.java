package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import java.time.LocalDate;
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
