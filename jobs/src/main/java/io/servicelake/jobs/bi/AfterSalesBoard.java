package io.servicelake.jobs.bi;

import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.bi.Dashboard.Row;
import io.servicelake.jobs.bi.Dashboard.Tab;
import io.servicelake.jobs.bi.Dashboard.Tile;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi.Ratio;
import io.servicelake.kpi.VisitKpis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The manager's dashboard: throughput, quality, complaints, the customer base, what is coming. */
final class AfterSalesBoard {
  // ---- datasets ----

  private static final String NEW = "new_customers";
  private static final String REGAINED = "regained_customers";
  private static final String LOST = "lost_customers_below_zero";
  private static final String COMPLAINTS = "complaints";
  private static final String BENCHMARK = "benchmark";
  private static final String VEHICLES_DUE = "vehicles_due";
  private static final String EXPECTED_REPAIRS = "expected_repairs";
  private static final String REPAIRS_TO_STOCK_FOR = "repairs_to_stock_for";

  private static final DerivedColumn IS_WHOLE_BASE_MONTH =
      DerivedColumn.isWholeMonth(BaseHealth.UNTIL_ON);

  private static final BoardDataset BASE_HEALTH =
      new BoardDataset(
          BaseHealth.TABLE,
          Optional.of(BaseHealth.MONTH_ON),
          List.of(IS_WHOLE_BASE_MONTH),
          List.of(
              Metric.sum(NEW, BaseHealth.NEW_COUNT),
              Metric.sum(REGAINED, BaseHealth.REGAINED_COUNT),
              Metric.counted(
                  LOST,
                  "-SUM(%s)".formatted(BaseHealth.LOST_COUNT.name()),
                  Labels.of(BaseHealth.LOST_COUNT),
                  BaseHealth.LOST_COUNT.meaning() + " Drawn below zero.")));

  private static final Labels CLOSED_IN_TIME = new Labels("Closed in time", "按时关闭");
  private static final Labels CLOSED_LATE = new Labels("Closed late", "超时关闭");
  private static final Labels OPEN = new Labels("Open", "处理中");
  private static final Labels OVERDUE = new Labels("Overdue", "已超时");

  private static final BoardDataset COMPLAINT_BOARD =
      new BoardDataset(
          ComplaintBoard.TABLE,
          Optional.of(ComplaintBoard.RECEIVED_ON),
          List.of(
              DerivedColumn.wordsFor(
                  ComplaintBoard.STATE,
                  Labels.byCode(
                      "CLOSED_IN_TIME", CLOSED_IN_TIME,
                      "CLOSED_LATE", CLOSED_LATE,
                      "OPEN", OPEN,
                      "OVERDUE", OVERDUE))),
          List.of(
              Metric.counted(
                  COMPLAINTS, "COUNT(*)", new Labels("Complaints", "投诉"), "Complaints received.")));

  private static final Labels ABOVE = new Labels("Above", "高于同组");
  private static final Labels WITHIN = new Labels("Within", "持平");
  private static final Labels BELOW = new Labels("Below", "低于同组");

  private static final DerivedColumn BENCHMARK_LABEL =
      new DerivedColumn(
          "kpi_words",
          "TEXT",
          "%s || CHR(10) || %s"
              .formatted(DealerBenchmarks.LABEL_EN.name(), DealerBenchmarks.LABEL_ZH.name()),
          Labels.of(DealerBenchmarks.KPI),
          DealerBenchmarks.KPI.meaning());

  private static final BoardDataset DEALER_BENCHMARKS =
      new BoardDataset(
          DealerBenchmarks.TABLE,
          Optional.empty(),
          List.of(
              BENCHMARK_LABEL,
              DerivedColumn.wordsFor(
                  DealerBenchmarks.STANDING,
                  Labels.byCode("ABOVE", ABOVE, "WITHIN", WITHIN, "BELOW", BELOW))),
          List.of(
              new Metric(
                  BENCHMARK,
                  "SUM(%s) / NULLIF(SUM(%s), 0)"
                      .formatted(
                          DealerBenchmarks.NUMERATOR.name(), DealerBenchmarks.DENOMINATOR.name()),
                  new Labels("Twelve months", "近12月"),
                  "The key figure over the twelve months.",
                  Metric.NUMBER,
                  Optional.empty())));

  private static final BoardDataset SERVICE_DUE_LIST =
      new BoardDataset(
          ServiceDueList.TABLE,
          Optional.empty(),
          List.of(),
          List.of(
              Metric.counted(
                  VEHICLES_DUE,
                  "COUNT(*)",
                  new Labels("Vehicles due", "到期车辆"),
                  "Vehicles whose service falls due in the week.")));

  private static final BoardDataset COMPONENT_WATCH =
      new BoardDataset(
          ComponentWatch.TABLE,
          Optional.empty(),
          List.of(),
          List.of(
              Metric.sum(
                  EXPECTED_REPAIRS,
                  ComponentWatch.EXPECTED_REPAIRS_90D_COUNT,
                  new Labels("Expected", "期望")),
              Metric.sum(
                  REPAIRS_TO_STOCK_FOR,
                  ComponentWatch.EXPECTED_REPAIRS_90D_UPPER_COUNT,
                  new Labels("To stock for", "备货上限"))));

  // ---- charts ----

  private static final BoardChart THROUGHPUT =
      new BoardChart(
          "throughput",
          new Labels("Repair orders and revenue per order", "进厂台次与单台产值"),
          "Delivered repair orders (bars) and net amount per order (line); whole months only.",
          DealerMonthsData.DATASET,
          Viz.Kind.BARS_AND_LINE,
          Viz.over(DealerMonthsData.DATASET)
              .where(DealerMonthsData.IS_WHOLE_MONTH)
              .barsAndLine(
                  DealerMonthsData.REPAIR_ORDERS, Metric.name(VisitKpis.REVENUE_PER_ORDER)));

  private static final BoardChart BASE =
      new BoardChart(
          "base-health",
          new Labels("Base health: gained and lost", "基盘健康"),
          "Customers gained (new, regained) above zero, lost (12 months without a visit) below; healthy where gains are at least the losses.",
          BASE_HEALTH,
          Viz.Kind.BARS,
          Viz.over(BASE_HEALTH)
              .where(IS_WHOLE_BASE_MONTH)
              .where(BaseHealth.DEFINITION, List.of(BaseHealth.DEFAULT_DEFINITION))
              .stackedFigures(NEW, REGAINED, LOST));

  private static final BoardChart QUALITY =
      new BoardChart(
          "quality",
          new Labels("First-time fix, on-time, satisfaction", "一次修复、准时交车、满意率"),
          "Each share over whole months; a repair job counts in the month it matures, 30 days after delivery.",
          DealerMonthsData.DATASET,
          Viz.Kind.LINES,
          Viz.over(DealerMonthsData.DATASET)
              .where(DealerMonthsData.IS_WHOLE_MONTH)
              .lines(
                  ".0%",
                  Metric.name(VisitKpis.FIRST_TIME_FIX_RATE),
                  Metric.name(VisitKpis.ON_TIME_RATE),
                  Metric.name(CustomerKpis.SATISFACTION_RATE)));

  private static final BoardChart COMPLAINT_CLOCK =
      new BoardChart(
          "complaint-clock",
          new Labels("Complaints by clock", "投诉时限"),
          "Complaints by month of reception and by how they stand against the clock to close.",
          COMPLAINT_BOARD,
          Viz.Kind.BARS,
          Viz.over(COMPLAINT_BOARD)
              .stackedBy(DerivedColumn.wordsName(ComplaintBoard.STATE), COMPLAINTS));

  private static final BoardChart DEALER_SCORECARD =
      new BoardChart(
          "dealer-scorecard",
          new Labels("Dealer scorecard, twelve months", "经销商对标(近12月)"),
          "Each key figure's colour runs from its lowest to its highest dealer; in all of them more is better.",
          DEALER_BENCHMARKS,
          Viz.Kind.HEAT_MAP,
          Viz.over(DEALER_BENCHMARKS)
              .where(
                  DealerBenchmarks.KPI,
                  Stream.of(
                          VisitKpis.FIRST_TIME_FIX_RATE,
                          VisitKpis.ON_TIME_RATE,
                          VisitKpis.APPOINTMENT_SHARE,
                          VisitKpis.GENUINE_PARTS_SHARE,
                          CustomerKpis.SATISFACTION_RATE,
                          CustomerKpis.FOLLOW_UP_RATE)
                      .map(Metric::name)
                      .toList())
              .heatMap(BENCHMARK_LABEL.name(), DealerBenchmarks.DEALER_ID, BENCHMARK));

  private static final BoardChart FIRST_TIME_FIX_RANKING =
      new BoardChart(
          "first-time-fix-ranking",
          new Labels("First-time fix by dealer, with interval", "一次修复率排名"),
          "95 % interval; median and standing only in groups of five dealers or more.",
          DEALER_BENCHMARKS,
          Viz.Kind.TABLE,
          Viz.over(DEALER_BENCHMARKS)
              .where(DealerBenchmarks.KPI, List.of(Metric.name(VisitKpis.FIRST_TIME_FIX_RATE)))
              .asTable()
              .descending(DealerBenchmarks.VALUE)
              .shown(
                  Metric.SHARE,
                  DealerBenchmarks.VALUE,
                  DealerBenchmarks.VALUE_LOWER,
                  DealerBenchmarks.VALUE_UPPER,
                  DealerBenchmarks.PEER_MEDIAN)
              .rows(
                  DealerBenchmarks.DEALER_ID.name(),
                  DealerBenchmarks.VALUE.name(),
                  DealerBenchmarks.VALUE_LOWER.name(),
                  DealerBenchmarks.VALUE_UPPER.name(),
                  DealerBenchmarks.PEER_MEDIAN.name(),
                  DerivedColumn.wordsName(DealerBenchmarks.STANDING)));

  private static final BoardChart REASONS_AT_RISK =
      new BoardChart(
          "reasons-at-risk",
          new Labels("Customers at risk by first reason", "流失风险原因"),
          "People above the cut of the loss probability; a reason is an association, not a cause.",
          WinbackData.DATASET,
          Viz.Kind.RING,
          Viz.over(WinbackData.DATASET)
              .ring(DerivedColumn.wordsName(WinbackList.REASON_CODE_1), WinbackData.CUSTOMERS));

  private static final BoardChart DUE_LOAD =
      new BoardChart(
          "due-load",
          new Labels("Services due by week", "每周到期保养"),
          "Vehicles by the week their service falls due; weeks before the as-of day are overdue.",
          SERVICE_DUE_LIST,
          Viz.Kind.BARS,
          Viz.over(SERVICE_DUE_LIST).barsByWeek(ServiceDueList.DUE_WEEK_ON, VEHICLES_DUE));

  private static final BoardChart COMPONENTS =
      new BoardChart(
          "components",
          new Labels("Component repairs, next 90 days", "未来90天部件维修"),
          "Expected repairs and the upper end to stock against, summed over dealers and models.",
          COMPONENT_WATCH,
          Viz.Kind.BARS,
          Viz.over(COMPONENT_WATCH)
              .by(ComponentWatch.COMPONENT_CODE.name())
              .ranked(Metric.SHORT_NUMBER, EXPECTED_REPAIRS, REPAIRS_TO_STOCK_FOR));

  // ---- the board ----

  static final Dashboard DASHBOARD =
      new Dashboard(
          "after-sales-board",
          new Labels("After-sales board", "售后看板"),
          "Throughput, quality, complaints, customer base and what is coming, by dealer, region and brand.",
          DealerMonthsData.DATASET,
          Tab.only(
              new Row(
                  new Labels("Last whole month", "上一完整月"),
                  26,
                  List.of(
                      new Tile(figure(DealerMonthsData.REPAIR_ORDERS), 2),
                      new Tile(figure(DealerMonthsData.REVENUE), 2),
                      new Tile(figure(VisitKpis.REVENUE_PER_ORDER), 2),
                      new Tile(figure(VisitKpis.FIRST_TIME_FIX_RATE), 2),
                      new Tile(figure(VisitKpis.ON_TIME_RATE), 2),
                      new Tile(figure(CustomerKpis.SATISFACTION_RATE), 2))),
              new Row(
                  new Labels("Workshop and customer base", "车间与基盘"),
                  42,
                  List.of(new Tile(THROUGHPUT, 7), new Tile(BASE, 5))),
              new Row(
                  new Labels("Quality and complaints", "质量与投诉"),
                  42,
                  List.of(new Tile(QUALITY, 7), new Tile(COMPLAINT_CLOCK, 5))),
              new Row(
                  new Labels("Dealers", "经销商"),
                  52,
                  List.of(new Tile(DEALER_SCORECARD, 7), new Tile(FIRST_TIME_FIX_RANKING, 5))),
              new Row(
                  new Labels("What is coming", "预警"),
                  44,
                  List.of(
                      new Tile(REASONS_AT_RISK, 4),
                      new Tile(DUE_LOAD, 4),
                      new Tile(COMPONENTS, 4)))),
          colors());

  private AfterSalesBoard() {}

  private static BoardChart figure(Ratio ratio) {
    return figure(Metric.name(ratio));
  }

  private static BoardChart figure(String metric) {
    return BoardChart.figure(
        DealerMonthsData.DATASET,
        metric,
        Viz.Kind.FIGURE_WITH_TREND,
        Viz.over(DealerMonthsData.DATASET)
            .where(DealerMonthsData.IS_WHOLE_MONTH)
            .figureWithTrend(metric));
  }

  private static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>();
    colors.put(NEW, BoardColors.GOOD);
    colors.put(REGAINED, BoardColors.GOOD_TOO);
    colors.put(LOST, BoardColors.BAD);
    colors.put(DealerMonthsData.REPAIR_ORDERS, BoardColors.CALM_TOO);
    colors.put(Metric.name(VisitKpis.REVENUE_PER_ORDER), BoardColors.CALM);
    colors.put(EXPECTED_REPAIRS, BoardColors.CALM);
    colors.put(REPAIRS_TO_STOCK_FOR, BoardColors.ATTENTION);
    colors.put(CLOSED_IN_TIME.both(), BoardColors.GOOD);
    colors.put(CLOSED_LATE.both(), BoardColors.ATTENTION);
    colors.put(OPEN.both(), BoardColors.CALM_TOO);
    colors.put(OVERDUE.both(), BoardColors.BAD);
    return colors;
  }
}
