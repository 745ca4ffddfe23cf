package io.servicelake.transform.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.RepairOrders;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RowMeasuresTest {
  private static final Instant END = Instant.parse("2025-06-30T16:00:00Z");

  @Test
  void rowsThatBreakARuleAreCountedInOnePassAndNullBreaksNone() {
    Dataset<Row> orders =
        TestRows.of(RepairOrders.TABLE)
            .row(RepairOrders.DEALER_ID, "d1", RepairOrders.RECEIVED_AT, END.minusSeconds(9))
            .row(
                RepairOrders.DEALER_ID,
                "d9",
                RepairOrders.RECEIVED_AT,
                END.plusSeconds(200_000),
                RepairOrders.DELIVERED_AT,
                END,
                RepairOrders.ODOMETER_KM,
                -1)
            .build();

    List<Expectation> rules =
        List.of(
            Expectation.known(
                RepairOrders.TABLE, RepairOrders.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID),
            Expectation.range(RepairOrders.TABLE, RepairOrders.ODOMETER_KM, 0, 9),
            Expectation.ordered(
                RepairOrders.TABLE, RepairOrders.RECEIVED_AT, RepairOrders.DELIVERED_AT),
            Expectation.notAhead(RepairOrders.TABLE, RepairOrders.RECEIVED_AT),
            Expectation.notNull(RepairOrders.TABLE, RepairOrders.DELIVERED_AT));

    RowMeasures measures =
        RowMeasures.of(
            orders,
            rules,
            table ->
                TestRows.of(Dealers.TABLE)
                    .row(Dealers.DEALER_ID, "d1")
                    .row(Dealers.DEALER_ID, "d1")
                    .build(),
            END);

    assertThat(measures.rows()).isEqualTo(2);
    assertThat(rules).allSatisfy(rule -> assertThat(measures.broken(rule)).isEqualTo(1));
  }

  @Test
  void weeksWordsAndClassesAreCountedBackFromTheEndOfTheDay() {
    TestRows rows = TestRows.of(RepairOrders.TABLE);
    for (int day = 0; day < 400; day++) {
      rows.row(
          RepairOrders.RECEIVED_AT,
          END.minusSeconds(86_400L * day + 60),
          RepairOrders.STATUS,
          day < 91 ? "NEW" : "OLD",
          RepairOrders.ODOMETER_KM,
          day);
    }
    rows.row(RepairOrders.RECEIVED_AT, END.plusSeconds(60));
    Dataset<Row> orders = rows.build();

    Expectation usual = Expectation.usual(RepairOrders.TABLE, RepairOrders.RECEIVED_AT);
    Expectation fresh = Expectation.fresh(RepairOrders.TABLE, RepairOrders.RECEIVED_AT);
    Expectation words =
        Expectation.steadyWords(RepairOrders.TABLE, RepairOrders.STATUS, RepairOrders.RECEIVED_AT);
    Expectation numbers =
        Expectation.steadyNumbers(
            RepairOrders.TABLE, RepairOrders.ODOMETER_KM, RepairOrders.RECEIVED_AT);

    RowMeasures measures =
        RowMeasures.of(orders, List.of(usual, fresh, words, numbers), table -> null, END);

    assertThat(measures.rows()).isEqualTo(401);
    assertThat(measures.weeks(usual)).hasSize(58).startsWith(7, 7).endsWith(1);
    assertThat(measures.newest(fresh)).contains(END.plusSeconds(60));
    assertThat(measures.words(words)).containsExactly(Map.of("OLD", 309L), Map.of("NEW", 91L));
    List<long[]> classes = measures.classes(numbers);
    // 0 to 90 km: class 8 log2(1 + 90) = 52 is the last; 91 km begins it as well.
    assertThat(Arrays.stream(classes.get(1)).sum()).isEqualTo(91);
    assertThat(Arrays.stream(classes.get(0)).sum()).isEqualTo(309);
    assertThat(Drift.ofNumbers(classes.get(0), classes.get(1)).measured())
        .as("all of one below all of the other, but for the class they share")
        .isBetween(0.95, 1.0);
    assertThat(RowMeasures.doubled(orders, List.of(RepairOrders.STATUS))).isEqualTo(398);
  }

  @Test
  void noRowsAreMeasuredAsNone() {
    Expectation fresh = Expectation.fresh(RepairOrders.TABLE, RepairOrders.RECEIVED_AT);

    RowMeasures measures =
        RowMeasures.of(TestRows.of(RepairOrders.TABLE).build(), List.of(fresh), table -> null, END);

    assertThat(measures.rows()).isZero();
    assertThat(measures.newest(fresh)).isEmpty();
  }
}
