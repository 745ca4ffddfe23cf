package io.servicelake.jobs.bi;

import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.VisitKpis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Key figures by dealer and month; what can be chosen in the filters of every board, too. */
final class DealerMonthsData {
  static final String REPAIR_ORDERS = "repair_orders";
  static final String REVENUE = "revenue";

  static final DerivedColumn IS_WHOLE_MONTH = DerivedColumn.isWholeMonth(DealerMonths.UNTIL_ON);

  static final BoardDataset DATASET =
      new BoardDataset(
          DealerMonths.TABLE,
          Optional.of(DealerMonths.MONTH_ON),
          List.of(IS_WHOLE_MONTH),
          Stream.concat(
                  Stream.of(
                      Metric.sum(
                          REPAIR_ORDERS,
                          VisitKpis.REVENUE_PER_ORDER.denominatorField(),
                          new Labels("Repair orders", "进厂台次"),
                          "Delivered repair orders.",
                          Metric.COUNT),
                      Metric.sum(
                              REVENUE,
                              VisitKpis.REVENUE_PER_ORDER.numeratorField(),
                              new Labels("Revenue", "产值"),
                              "Net amount of delivered repair orders.",
                              Metric.AMOUNT)
                          .inCurrencyOf(VisitKpis.REVENUE_PER_ORDER)),
                  AllKpis.RATIOS.stream().map(Metric::of))
              .toList());

  private DealerMonthsData() {}
}
