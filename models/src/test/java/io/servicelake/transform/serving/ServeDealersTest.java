package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.kpi.VisitKpis;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ServeDealersTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-06-30");

  private final Dataset<Row> dealers = dealers("D1", "D2", "D3", "D4", "D5");

  @Test
  void aCustomerIsLostTwelveMonthsAfterTheLastVisitAndRegainedByALaterOne() {
    Dataset<Row> months =
        TestRows.of(CustomerMonths.TABLE)
            .row(month("A", "2023-01-10"))
            .row(month("B", "2023-01-20"))
            .row(month("B", "2024-06-05"))
            .row(month("C", "2025-05-01"))
            .build();

    Map<String, Row> health =
        ServeDealers.baseHealth(months, TestRows.of(CustomerStates.TABLE).build(), dealers, AS_OF)
            .where(BaseHealth.DEFINITION.col().equalTo(BaseHealth.DEFAULT_DEFINITION))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(BaseHealth.MONTH_ON.name()).toString(), row -> row));

    assertThat(health).hasSize(30);
    assertThat(counts(health.get("2023-01-01"))).containsExactly(2L, 0L, 0L, 2L);
    assertThat(counts(health.get("2024-01-01"))).containsExactly(0L, 0L, 2L, 0L);
    assertThat(counts(health.get("2024-06-01"))).containsExactly(0L, 1L, 0L, 1L);
    assertThat(counts(health.get("2025-06-01"))).containsExactly(0L, 0L, 1L, 1L);
  }

  @Test
  void theSameBaseIsHealthyByOneDefinitionAndNotByAnother() {
    Dataset<Row> months =
        TestRows.of(CustomerMonths.TABLE)
            .row(month("A", "2023-05-10"))
            .row(month("A", "2025-02-10"))
            .row(month("B", "2024-03-01"))
            .build();
    Dataset<Row> states =
        TestRows.of(CustomerStates.TABLE)
            .row(state("A", "2025-04-30", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-04-30", "2024-03-01", "DUE"))
            .row(state("A", "2025-05-31", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-05-31", "2024-03-01", "OVERDUE"))
            .row(state("A", "2025-06-30", "2023-05-10", "ACTIVE"))
            .row(state("B", "2025-06-30", "2024-03-01", "EXITED"))
            .row(state("C", "2025-06-30", "2025-06-11", "NEW"))
            .build();

    Map<String, List<Long>> health =
        ServeDealers.baseHealth(months, states, dealers, AS_OF).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row ->
                        row.getAs(BaseHealth.DEFINITION.name())
                            + " "
                            + row.getAs(BaseHealth.MONTH_ON.name()),
                    ServeDealersTest::counts));

    assertThat(health.get("NO_VISIT_6M 2023-11-01")).containsExactly(0L, 0L, 1L, 0L);
    assertThat(health.get("NO_VISIT_6M 2025-02-01")).containsExactly(0L, 1L, 0L, 1L);
    assertThat(health.get("SEEN_YEAR_BEFORE_LAST 2023-12-01")).containsExactly(1L, 0L, 0L, 1L);
    assertThat(health.get("SEEN_YEAR_BEFORE_LAST 2024-12-01")).containsExactly(1L, 0L, 1L, 1L);
    assertThat(health).doesNotContainKey("SEEN_YEAR_BEFORE_LAST 2025-12-01");
    assertThat(health.get("DUE_NOT_COME 2025-05-01")).containsExactly(0L, 0L, 1L, 1L);
    assertThat(health.get("SERVICE_CLOCK 2025-05-01")).containsExactly(0L, 0L, 0L, 2L);
    assertThat(health.get("SERVICE_CLOCK 2025-06-01")).containsExactly(1L, 0L, 1L, 2L);
    assertThat(health).doesNotContainKey("SERVICE_CLOCK 2025-04-01");
  }

  @Test
  void theRunOfMonthsWithNewAtLeastLostCountsNoMonthThatIsNotOverYet() {
    Dataset<Row> months =
        TestRows.of(CustomerMonths.TABLE)
            .row(month("A", "2024-01-10"))
            .row(month("B", "2024-02-10"))
            .row(month("A", "2025-02-03"))
            .row(month("C", "2025-05-10"))
            .build();
    Dataset<Row> none = TestRows.of(CustomerStates.TABLE).build();

    Map<String, Row> over = runs(months, none, LocalDate.parse("2025-06-30"));
    Map<String, Row> running = runs(months, none, LocalDate.parse("2025-06-29"));

    // January and February 2025 lost one each; February's regained one does not count as new.
    assertThat(run(over.get("2024-12-01"))).isEqualTo(12);
    assertThat(run(over.get("2025-01-01"))).isZero();
    Row february = over.get("2025-02-01");
    assertThat(february.<Boolean>getAs(BaseHealth.IS_HEALTHY.name())).isTrue();
    assertThat(february.<Boolean>getAs(BaseHealth.IS_NEW_AT_LEAST_LOST.name())).isFalse();
    assertThat(run(february)).isZero();
    assertThat(run(over.get("2025-05-01"))).isEqualTo(3);
    assertThat(run(over.get("2025-06-01"))).isEqualTo(4);
    assertThat(run(running.get("2025-06-01"))).isEqualTo(3);
  }

  @Test
  void aMonthThatLostMoreSoFarEndsNoRunAndAMissingOneDoes() {
    TestRows states = TestRows.of(CustomerStates.TABLE);
    for (String end :
        List.of("2024-11-30", "2024-12-31", "2025-01-31", "2025-03-31", "2025-04-30")) {
      states.row(state("A", end, "2023-05-10", "ACTIVE"));
    }
    states
        .row(state("A", "2025-05-31", "2023-05-10", "ACTIVE"))
        .row(state("A", "2025-06-15", "2023-05-10", "LOST"));

    Map<String, Row> health =
        ServeDealers.baseHealth(
                TestRows.of(CustomerMonths.TABLE).build(),
                states.build(),
                dealers,
                LocalDate.parse("2025-06-15"))
            .where(BaseHealth.DEFINITION.col().equalTo("SERVICE_CLOCK"))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(BaseHealth.MONTH_ON.name()).toString(), row -> row));

    assertThat(run(health.get("2025-01-01"))).isEqualTo(2);
    assertThat(health).doesNotContainKeys("2025-02-01", "2025-03-01");
    assertThat(run(health.get("2025-04-01"))).isEqualTo(1);
    Row june = health.get("2025-06-01");
    assertThat(june.<Boolean>getAs(BaseHealth.IS_NEW_AT_LEAST_LOST.name())).isFalse();
    assertThat(run(june)).isEqualTo(2);
  }

  private Map<String, Row> runs(Dataset<Row> months, Dataset<Row> states, LocalDate asOf) {
    return ServeDealers.baseHealth(months, states, dealers, asOf)
        .where(BaseHealth.DEFINITION.col().equalTo(BaseHealth.DEFAULT_DEFINITION))
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(row -> row.getAs(BaseHealth.MONTH_ON.name()).toString(), row -> row));
  }

  private static long run(Row row) {
    return row.<Long>getAs(BaseHealth.NEW_AT_LEAST_LOST_RUN_COUNT.name());
  }

  @Test
  void flowsTellWhoBecameCoreAndWhoIsNoLonger() {
    Dataset<Row> segments =
        TestRows.of(CustomerSegments.TABLE)
            .row(segment("up", "2025-05-31", false))
            .row(segment("up", "2025-06-30", true))
            .row(segment("down", "2025-05-31", true))
            .row(segment("down", "2025-06-30", false))
            .row(segment("stays", "2025-05-31", true))
            .row(segment("stays", "2025-06-15", false))
            .row(segment("stays", "2025-06-30", true))
            .row(segment("fresh", "2025-06-30", false))
            .row(segment("merged", "2025-05-31", false))
            .build();

    assertThat(
            ServeCustomers.segmentFlows(segments, dealers, AS_OF).collectAsList().stream()
                .map(
                    row ->
                        "%s %s>%s %s %s/%s"
                            .formatted(
                                row.getAs(SegmentFlows.MONTH_ON.name()),
                                row.getAs(SegmentFlows.FROM_SEGMENT.name()),
                                row.getAs(SegmentFlows.TO_SEGMENT.name()),
                                row.getAs(SegmentFlows.CUSTOMERS_COUNT.name()),
                                row.getAs(SegmentFlows.CORE_COUNT.name()),
                                row.getAs(SegmentFlows.SCORED_COUNT.name()))))
        .containsExactlyInAnyOrder(
            "2025-06-01 GENERAL>CORE 1 1/1",
            "2025-06-01 CORE>GENERAL 1 0/1",
            "2025-06-01 CORE>CORE 1 1/1",
            "2025-06-01 NONE>GENERAL 1 0/1",
            "2025-06-01 GENERAL>NONE 1 0/0");
  }

  @Test
  void peersAreComparedFromFiveDealersOnWithIntervalsAndHalfForTies() {
    Dataset<Row> days = onTime(List.of("D1", "D2", "D3", "D4", "D5"), new int[] {5, 8, 8, 9, 10});

    Map<String, Row> byDealer =
        ServeDealers.benchmarks(days, AS_OF)
            .where(DealerBenchmarks.KPI.col().equalTo(VisitKpis.ON_TIME_RATE.card().name()))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(row -> row.getAs(DealerBenchmarks.DEALER_ID.name()), row -> row));

    assertThat(byDealer.get("D1").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(0.0);
    assertThat(byDealer.get("D2").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(0.375);
    assertThat(byDealer.get("D5").<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name()))
        .isEqualTo(1.0);
    assertThat(byDealer.get("D1").<Double>getAs(DealerBenchmarks.PEER_MEDIAN.name()))
        .isEqualTo(0.8);
    // Every day alike: no spread, so the interval closes on the value and standings are certain.
    assertThat(byDealer.get("D1").<String>getAs(DealerBenchmarks.STANDING.name()))
        .isEqualTo("BELOW");
    assertThat(byDealer.get("D2").<String>getAs(DealerBenchmarks.STANDING.name()))
        .isEqualTo("WITHIN");
  }

  @Test
  void aPeerGroupUnderFiveIsSuppressed() {
    List<Row> rows =
        ServeDealers.benchmarks(
                onTime(List.of("D1", "D2", "D3", "D4"), new int[] {5, 6, 7, 8}), AS_OF)
            .collectAsList();

    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs(DealerBenchmarks.PERCENTILE_RATE.name())).isNull();
              assertThat(row.<Double>getAs(DealerBenchmarks.PEER_MEDIAN.name())).isNull();
              assertThat(row.<String>getAs(DealerBenchmarks.STANDING.name())).isNull();
            });
  }

  /** Thirty days alike: of ten deliveries with a promise a day, so many on time. */
  private static Dataset<Row> onTime(List<String> ids, int[] onTime) {
    TestRows rows = TestRows.of(DealerDays.TABLE);
    for (int i = 0; i < ids.size(); i++) {
      for (int day = 1; day <= 30; day++) {
        rows.row(
            DealerDays.DEALER_ID,
            ids.get(i),
            DealerDays.BRAND,
            "Aurora",
            DealerDays.DAY_ON,
            LocalDate.of(2025, 6, day),
            VisitKpis.ON_TIME_RATE.numeratorField(),
            (long) onTime[i],
            VisitKpis.ON_TIME_RATE.denominatorField(),
            10L);
      }
    }
    return rows.build();
  }

  private static List<Long> counts(Row row) {
    return List.of(
        row.getAs(BaseHealth.NEW_COUNT.name()),
        row.getAs(BaseHealth.REGAINED_COUNT.name()),
        row.getAs(BaseHealth.LOST_COUNT.name()),
        row.getAs(BaseHealth.ACTIVE_COUNT.name()));
  }

  private static Object[] month(String customer, String visit) {
    return new Object[] {
      CustomerMonths.CUSTOMER_ID,
      customer,
      CustomerMonths.DEALER_ID,
      "D1",
      CustomerMonths.MONTH_ON,
      LocalDate.parse(visit).withDayOfMonth(1),
      CustomerMonths.ACCOUNT_CLASS,
      "PERSON",
      CustomerMonths.FIRST_VISIT_ON,
      LocalDate.parse(visit),
      CustomerMonths.LAST_VISIT_ON,
      LocalDate.parse(visit)
    };
  }

  private static Object[] segment(String customer, String day, boolean isCore) {
    return new Object[] {
      CustomerSegments.CUSTOMER_ID,
      customer,
      CustomerSegments.DEALER_ID,
      "D1",
      CustomerSegments.SCORED_ON,
      LocalDate.parse(day),
      CustomerSegments.IS_CORE,
      isCore
    };
  }

  private static Object[] state(String customer, String day, String first, String state) {
    return new Object[] {
      CustomerStates.CUSTOMER_ID,
      customer,
      CustomerStates.DEALER_ID,
      "D1",
      CustomerStates.SCORED_ON,
      LocalDate.parse(day),
      CustomerStates.FIRST_VISIT_ON,
      LocalDate.parse(first),
      CustomerStates.DEALER_STATE,
      state
    };
  }

  private static Dataset<Row> dealers(String... ids) {
    TestRows rows = TestRows.of(Dealers.TABLE);
    for (String id : ids) {
      rows.row(Dealers.DEALER_ID, id, Dealers.REGION, "East", Dealers.BRAND, "Aurora");
    }
    return rows.build();
  }
}
