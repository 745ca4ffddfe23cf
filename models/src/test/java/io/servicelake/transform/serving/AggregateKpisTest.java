package io.servicelake.transform.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AggregateKpisTest {
  private static final LocalDate AS_OF = LocalDate.parse("2025-03-10");

  private final Dataset<Row> dealers =
      TestRows.of(Dealers.TABLE)
          .row(Dealers.DEALER_ID, "SH01", Dealers.REGION, "East", Dealers.BRAND, "Aurora")
          .build();

  private final Dataset<Row> visits =
      TestRows.of(ServiceVisits.TABLE)
          .row(visit("1", "2025-03-01", "A", 10_050L))
          .row(visit("2", "2025-03-01", "A", 20_000L))
          .row(visit("3", "2025-03-02", "B", 5_000L))
          .row(visit("4", "2025-03-11", "C", 99_900L))
          .row(
              ServiceVisits.REPAIR_ORDER_ID,
              "5",
              ServiceVisits.DEALER_ID,
              "UNKNOWN",
              ServiceVisits.DELIVERED_ON,
              LocalDate.parse("2025-03-01"),
              ServiceVisits.VISIT_ON,
              LocalDate.parse("2025-03-01"))
          .build();

  private final Dataset<Row> complaints =
      TestRows.of(ComplaintCases.TABLE)
          .row(complaint("k1", "2025-03-01", 10.0))
          .row(complaint("k2", "2025-03-02", 30.0))
          .row(complaint("k3", "2025-03-03", null))
          .build();

  private final Function<TableContract, Dataset<Row>> facts =
      Map.of(
              ServiceVisits.TABLE,
              visits,
              ComplaintCases.TABLE,
              complaints,
              VisitJobs.TABLE,
              TestRows.of(VisitJobs.TABLE).build(),
              CustomerContacts.TABLE,
              TestRows.of(CustomerContacts.TABLE).build())
          ::get;

  @Test
  void partsOfADayAddUpToTheFactsUpToTheAsOfDayAndLeaveUnknownDealersOut() {
    List<Row> days =
        AggregateKpis.dealerDays(facts, dealers, AS_OF)
            .orderBy(DealerDays.DAY_ON.col())
            .collectAsList();

    assertThat(days).hasSize(3);
    assertThat(decimal(days.get(0), VisitKpis.REVENUE_PER_ORDER)).isEqualByComparingTo("300.50");
    assertThat(count(days.get(0), VisitKpis.REVENUE_PER_ORDER)).isEqualTo(2);
    assertThat(decimal(days.get(1), VisitKpis.REVENUE_PER_ORDER)).isEqualByComparingTo("50.00");
    // A day with a complaint and no delivery still counts: both parts of a ratio over two facts.
    assertThat(days.get(2).<Long>getAs(CustomerKpis.COMPLAINT_RATE.numeratorField().name()))
        .isEqualTo(1);
    assertThat(count(days.get(2), CustomerKpis.COMPLAINT_RATE)).isZero();
  }

  @Test
  void aMonthCarriesWhatCannotBeAddedUpFromTheFactsThemselves() {
    Dataset<Row> days = AggregateKpis.dealerDays(facts, dealers, AS_OF);
    List<Row> months = AggregateKpis.dealerMonths(days, facts, dealers, AS_OF).collectAsList();

    assertThat(months).hasSize(1);
    Row march = months.get(0);
    assertThat(decimal(march, VisitKpis.REVENUE_PER_ORDER)).isEqualByComparingTo("350.50");
    assertThat(march.<Long>getAs(CustomerKpis.ACTIVE_CUSTOMERS.field().name())).isEqualTo(2);
    assertThat(march.<Double>getAs(CustomerKpis.COMPLAINT_CLOSE_MEDIAN_HOURS.field().name()))
        .isEqualTo(20.0);
    assertThat(march.<java.sql.Date>getAs(DealerMonths.UNTIL_ON.name()).toLocalDate())
        .isEqualTo(AS_OF);
  }

  @Test
  void everyRatioIsCarriedByDaysAndMonthsUnderItsOwnColumns() {
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      assertThat(DealerDays.TABLE.fields()).containsAll(kpi.fields());
      assertThat(DealerMonths.TABLE.fields()).containsAll(kpi.fields());
    }
    assertThat(AggregateKpis.dealerDays(facts, dealers, AS_OF).columns())
        .containsExactlyElementsOf(DealerDays.TABLE.fieldNames());
  }

  private static BigDecimal decimal(Row row, Kpi.Ratio kpi) {
    return row.getAs(kpi.numeratorField().name());
  }

  private static long count(Row row, Kpi.Ratio kpi) {
    return row.<Long>getAs(kpi.denominatorField().name());
  }

  private static Object[] visit(String id, String day, String customer, long amountMinor) {
    return new Object[] {
      ServiceVisits.REPAIR_ORDER_ID,
      id,
      ServiceVisits.DEALER_ID,
      "SH01",
      ServiceVisits.CUSTOMER_ID,
      customer,
      ServiceVisits.VISIT_ON,
      LocalDate.parse(day),
      ServiceVisits.DELIVERED_ON,
      LocalDate.parse(day),
      ServiceVisits.NET_AMOUNT_MINOR,
      amountMinor
    };
  }

  private static Object[] complaint(String id, String day, Double hours) {
    return new Object[] {
      ComplaintCases.COMPLAINT_ID,
      id,
      ComplaintCases.DEALER_ID,
      "SH01",
      ComplaintCases.RECEIVED_ON,
      LocalDate.parse(day),
      ComplaintCases.RECEIVED_AT,
      Instant.parse(day + "T02:00:00Z"),
      ComplaintCases.CLOSE_HOURS,
      hours
    };
  }
}
