package io.servicelake.transform.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.InterpretedPlans;
import io.servicelake.TestRows;
import io.servicelake.contract.expect.Expectation;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.RepairOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InterpretedPlans.class)
class MeasureRowsTest {
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

    long[] broken =
        MeasureRows.broken(
            orders,
            List.of(
                Expectation.known(
                    RepairOrders.TABLE, RepairOrders.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID),
                Expectation.range(RepairOrders.TABLE, RepairOrders.ODOMETER_KM, 0, 9),
                Expectation.ordered(
                    RepairOrders.TABLE, RepairOrders.RECEIVED_AT, RepairOrders.DELIVERED_AT),
                Expectation.notAhead(RepairOrders.TABLE, RepairOrders.RECEIVED_AT),
                Expectation.notNull(RepairOrders.TABLE, RepairOrders.DELIVERED_AT)),
            table ->
                TestRows.of(Dealers.TABLE)
                    .row(Dealers.DEALER_ID, "d1")
                    .row(Dealers.DEALER_ID, "d1")
                    .build(),
            END);

    assertThat(broken).containsExactly(2, 1, 1, 1, 1, 1);
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

    assertThat(MeasureRows.byWeek(orders, RepairOrders.RECEIVED_AT, END))
        .hasSize(58)
        .startsWith(7, 7)
        .endsWith(1);
    assertThat(MeasureRows.words(orders, RepairOrders.STATUS, RepairOrders.RECEIVED_AT, END))
        .containsExactly(Map.of("OLD", 309L), Map.of("NEW", 91L));
    List<long[]> classes =
        MeasureRows.classes(orders, RepairOrders.ODOMETER_KM, RepairOrders.RECEIVED_AT, END);
    assertThat(classes.get(1)[0]).as("all below the first percentile").isEqualTo(91);
    assertThat(MeasureRows.doubled(orders, List.of(RepairOrders.STATUS))).isEqualTo(398);
  }
}
