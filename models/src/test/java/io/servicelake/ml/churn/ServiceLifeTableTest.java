package io.servicelake.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ServiceLifeTableTest {
  private static final LocalDate DAY = LocalDate.parse("2025-01-31");
  private static final LocalDate YOUNG = DAY.minusYears(2);
  private static final LocalDate OLD = DAY.minusYears(12);

  @Test
  void aRateIsVisitsPerRoundOfTheClockInTheMonthAfterASnapshot() {
    TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
    TestRows visits = TestRows.of(ServiceVisits.TABLE);
    for (int i = 0; i < 200; i++) {
      // Rounds of 300 days, 285 of them gone: 300 at the middle of the month, cell 20.
      snapshots.row(person("p" + i, YOUNG, 285, 15, "v" + i));
      if (i % 4 == 0) {
        visits.row(maintenance("v" + i, DAY.plusDays(1 + i % 30)));
        visits.row(maintenance("v" + i, DAY.plusDays(30)));
      } else if (i % 4 == 1) {
        visits.row(maintenance("v" + i, DAY.plusDays(31)));
        visits.row(maintenance("v" + i, DAY));
      }
    }

    ServiceLifeTable table =
        ServiceLifeTable.fit(snapshots.build(), visits.build(), DAY.plusDays(180));

    // A quarter came within 30 days, of rounds of 300: 0.25 · 10; there are no other ages.
    int warranty = 0;
    assertThat(table.rates().get(warranty * ServiceLifeTable.CELLS + 20))
        .isCloseTo(2.5, within(1e-6));
    assertThat(table.rates().get(3 * ServiceLifeTable.CELLS + 20)).isCloseTo(2.5, within(1e-6));
    assertThat(table.rates().get(10)).isZero();
  }

  @Test
  void whatComesAfterTheLastDayDoesNotCount() {
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE).row(person("p", YOUNG, 285, 15, "v")).build();
    Dataset<Row> visits =
        TestRows.of(ServiceVisits.TABLE).row(maintenance("v", DAY.plusDays(20))).build();

    assertThat(ServiceLifeTable.fit(snapshots, visits, DAY.plusDays(19)).rates()).containsOnly(0.0);
    assertThat(ServiceLifeTable.fit(snapshots, visits, DAY.plusDays(20)).rates())
        .anyMatch(rate -> rate > 0);
  }

  @Test
  void allVehiclesHeldCountEachByItsClockAndAge() {
    // Half a visit per round in warranty, twice as many from 8 years on, whatever the clock says.
    List<Double> rates = new ArrayList<>(even(1).rates());
    Collections.fill(rates.subList(0, ServiceLifeTable.CELLS), 0.5);
    ServiceLifeTable table = new ServiceLifeTable(rates);
    Dataset<Row> snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(person("young", YOUNG, 100, 260, "a"))
            .row(person("old", OLD, 100, 260, "b"))
            .row(person("both", OLD, 100, 260, "c", "d"))
            .row(person("none", OLD, 100, 260))
            .build();

    List<Row> rows =
        snapshots
            .select(CustomerSnapshots.CUSTOMER_ID.col(), table.expected(180).as("expected"))
            .orderBy("customer_id")
            .collectAsList();

    // 180 days of rounds of 360.
    assertThat(rows)
        .extracting(row -> row.getString(0) + " " + Math.round(row.getDouble(1) * 1000))
        .containsExactly("both 1000", "none 0", "old 500", "young 250");
  }

  /** The same rate whatever the clock and the age. */
  static ServiceLifeTable even(double rate) {
    return new ServiceLifeTable(Collections.nCopies(4 * ServiceLifeTable.CELLS, rate));
  }

  private static Object[] person(
      String person, LocalDate sold, int sinceDays, int dueInDays, String... vehicles) {
    int held = vehicles.length;
    return new Object[] {
      CustomerSnapshots.CUSTOMER_ID, person,
      CustomerSnapshots.SNAPSHOT_ON, DAY,
      CustomerSnapshots.HELD_VEHICLE_IDS, List.of(vehicles),
      CustomerSnapshots.HELD_CLOCK_FROM_ON, Collections.nCopies(held, DAY.minusDays(sinceDays)),
      CustomerSnapshots.HELD_MAKER_DUE_ON, Collections.nCopies(held, DAY.plusDays(dueInDays)),
      CustomerSnapshots.HELD_SOLD_ON, Collections.nCopies(held, sold),
      CustomerSnapshots.HELD_WARRANTY_UNTIL_ON, Collections.nCopies(held, sold.plusYears(3))
    };
  }

  private static Object[] maintenance(String vehicle, LocalDate on) {
    return new Object[] {
      ServiceVisits.REPAIR_ORDER_ID,
      vehicle + on,
      ServiceVisits.VEHICLE_ID,
      vehicle,
      ServiceVisits.VISIT_ON,
      on,
      ServiceVisits.IS_MAINTENANCE,
      true
    };
  }
}
