package io.servicelake.jobs.report;

import io.servicelake.contract.Field;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The headline figures as plain lines for a terminal. */
public final class Headline {
  private static final String DONE = "DONE";
  private static final String OPEN = "OPEN";
  private static final String OVERDUE = "OVERDUE";

  private Headline() {}

  /**
   * One line per figure: label, value, what it is measured against; figures without data are left
   * out. Twelve months up to the as-of day unless the line says otherwise.
   */
  public static List<String> lines(ReportData data) {
    List<String[]> cells = new ArrayList<>();
    visits(data, cells);
    base(data, cells);
    segments(data, cells);
    reasons(data, cells);
    dues(data, cells);
    complaints(data, cells);
    followUps(data, cells);
    models(data, cells);
    quality(data, cells);
    int label = cells.stream().mapToInt(cell -> cell[0].length()).max().orElse(0);
    int value = cells.stream().mapToInt(cell -> cell[1].length()).max().orElse(0);
    return cells.stream()
        .map(cell -> ("%-" + label + "s  %" + value + "s  %s").formatted(cell[0], cell[1], cell[2]))
        .map(String::stripTrailing)
        .toList();
  }

  private static void visits(ReportData data, List<String[]> cells) {
    Kpi.Ratio perOrder = VisitKpis.REVENUE_PER_ORDER;
    double orders = year(data, perOrder.denominatorField(), true);
    if (orders == 0) {
      return;
    }
    String currency = perOrder.card().unit().split(" ")[0];
    cells.add(cell("Repair orders", whole(orders), change(data, perOrder.denominatorField())));
    cells.add(
        cell(
            "Revenue, million " + currency,
            decimal(year(data, perOrder.numeratorField(), true) / 1e6, 2),
            change(data, perOrder.numeratorField())));
    for (Kpi.Ratio kpi :
        List.of(
            VisitKpis.ON_TIME_RATE,
            VisitKpis.FIRST_TIME_FIX_RATE,
            CustomerKpis.SATISFACTION_RATE)) {
      double part = year(data, kpi.numeratorField(), true);
      double all = year(data, kpi.denominatorField(), true);
      if (all > 0) {
        cells.add(cell(kpi.card().labelEn(), percent(part / all), against(kpi, part / all)));
      }
    }
  }

  private static void base(ReportData data, List<String[]> cells) {
    ReportTable base = data.base();
    if (base.rows().isEmpty()) {
      return;
    }
    String lastMonth =
        base.rows().stream()
            .map(row -> (String) base.value(row, BaseHealth.MONTH_ON))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    String firstMonth = LocalDate.parse(lastMonth).minusMonths(11).toString();
    Predicate<List<Object>> year =
        row -> ((String) base.value(row, BaseHealth.MONTH_ON)).compareTo(firstMonth) >= 0;
    cells.add(
        cell(
            "Active customers",
            whole(base.sum(BaseHealth.ACTIVE_COUNT, base.where(BaseHealth.MONTH_ON, lastMonth))),
            "%s new, %s regained, %s lost"
                .formatted(
                    whole(base.sum(BaseHealth.NEW_COUNT, year)),
                    whole(base.sum(BaseHealth.REGAINED_COUNT, year)),
                    whole(base.sum(BaseHealth.LOST_COUNT, year)))));
  }

  private static void segments(ReportData data, List<String[]> cells) {
    ReportTable segments = data.core();
    Predicate<List<Object>> core = group(segments).and(segments.where(CustomerCards.IS_CORE, true));
    Predicate<List<Object>> scored =
        core.or(group(segments).and(segments.where(CustomerCards.IS_CORE, false)));
    double customers = segments.sum(ReportFields.CUSTOMERS_COUNT, scored);
    double spent = segments.sum(CustomerCards.NET_24M_AMOUNT, scored);
    if (customers > 0) {
      cells.add(
          cell(
              "Core customers",
              percent(segments.sum(ReportFields.CUSTOMERS_COUNT, core) / customers),
              "of %s scored; %s of what they spent in 24 months"
                  .formatted(
                      whole(customers),
                      spent == 0
                          ? "no part"
                          : percent(segments.sum(CustomerCards.NET_24M_AMOUNT, core) / spent))));
    }
  }

  private static void reasons(ReportData data, List<String[]> cells) {
    ReportTable reasons = data.reasons();
    Map<String, Double> byReason = new TreeMap<>();
    reasons.rows().stream()
        .filter(group(reasons))
        .forEach(
            row ->
                byReason.put(
                    (String) reasons.value(row, WinbackList.REASON_CODE_1),
                    ((Number) reasons.value(row, ReportFields.CUSTOMERS_COUNT)).doubleValue()));
    byReason.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(
            most ->
                cells.add(
                    cell(
                        "At risk",
                        whole(reasons.sum(ReportFields.CUSTOMERS_COUNT, group(reasons))),
                        "customers, spend at risk %s a year; most often %s (%s)"
                            .formatted(
                                whole(
                                    reasons.sum(WinbackList.SPEND_AT_RISK_AMOUNT, group(reasons))),
                                spoken(most.getKey()),
                                whole(most.getValue())))));
  }

  private static void dues(ReportData data, List<String[]> cells) {
    ReportTable dues = data.dues();
    if (dues.rows().isEmpty()) {
      return;
    }
    String until = LocalDate.parse(data.asOf()).plusDays(28).toString();
    Predicate<List<Object>> overdue = dues.where(ReportFields.IS_OVERDUE, true);
    Predicate<List<Object>> soon =
        row -> ((String) dues.value(row, ServiceDueList.DUE_WEEK_ON)).compareTo(until) <= 0;
    cells.add(
        cell(
            "Vehicles due",
            whole(dues.sum(ReportFields.VEHICLES_COUNT, overdue.negate().and(soon))),
            "in the next 4 weeks; %s overdue"
                .formatted(whole(dues.sum(ReportFields.VEHICLES_COUNT, overdue)))));
  }

  private static void complaints(ReportData data, List<String[]> cells) {
    ReportTable complaints = data.complaints();
    if (complaints.rows().isEmpty()) {
      return;
    }
    double overdue =
        complaints.sum(
            ReportFields.COMPLAINTS_COUNT, complaints.where(ComplaintBoard.STATE, OVERDUE));
    double open =
        complaints.sum(ReportFields.COMPLAINTS_COUNT, complaints.where(ComplaintBoard.STATE, OPEN));
    cells.add(cell("Complaints open", whole(open + overdue), whole(overdue) + " of them overdue"));
  }

  private static void followUps(ReportData data, List<String[]> cells) {
    ReportTable duties = data.followUps();
    double due =
        duties.sum(
            ReportFields.DUTIES_COUNT, row -> !OPEN.equals(duties.value(row, FollowUpBoard.STATE)));
    if (due > 0) {
      double done = duties.sum(ReportFields.DUTIES_COUNT, duties.where(FollowUpBoard.STATE, DONE));
      double overdue =
          duties.sum(ReportFields.DUTIES_COUNT, duties.where(FollowUpBoard.STATE, OVERDUE));
      cells.add(
          cell(
              "Follow-up in time",
              percent(done / due),
              "of %s touches due in five weeks; %s overdue".formatted(whole(due), whole(overdue))));
    }
  }

  private static void models(ReportData data, List<String[]> cells) {
    ReportTable models = data.models();
    if (models.rows().isEmpty()) {
      return;
    }
    Map<String, Set<String>> verdicts = new HashMap<>();
    models
        .rows()
        .forEach(
            row ->
                verdicts
                    .computeIfAbsent(
                        (String) models.value(row, ModelReport.MODEL_NAME), name -> new HashSet<>())
                    .add((String) models.value(row, ModelReport.VERDICT)));
    long judged = verdicts.values().stream().filter(Headline::hasRule).count();
    long better =
        verdicts.values().stream()
            .filter(Headline::hasRule)
            .filter(found -> !found.contains("NOT_BETTER"))
            .count();
    cells.add(
        cell(
            "Models above their rule",
            better + " of " + judged,
            better == judged
                ? "in every figure that has a naive rule"
                : "the others do not beat the naive rule in every figure"));
  }

  private static void quality(ReportData data, List<String[]> cells) {
    ReportTable quality = data.quality();
    if (!quality.rows().isEmpty()) {
      double lost =
          quality.rows().stream()
              .mapToDouble(
                  row ->
                      Math.abs(
                          ((Number) quality.value(row, DataQuality.BALANCE_COUNT)).doubleValue()))
              .sum();
      cells.add(
          cell(
              "Rows unaccounted for",
              whole(lost),
              "of %s read; %s rejected"
                  .formatted(
                      whole(quality.sum(DataQuality.READ_COUNT, row -> true)),
                      whole(quality.sum(DataQuality.REJECTED_COUNT, row -> true)))));
    }
  }

  private static Predicate<List<Object>> group(ReportTable table) {
    return table.where(CustomerCards.DEALER_ID, DealerRows.GROUP);
  }

  private static boolean hasRule(Set<String> verdicts) {
    return verdicts.contains("BEATS_RULE") || verdicts.contains("NOT_BETTER");
  }

  private static double year(ReportData data, Field part, boolean isLast) {
    return data.years().sum(part, data.years().where(ReportFields.IS_LAST_YEAR, isLast));
  }

  private static String change(ReportData data, Field part) {
    boolean isWhole =
        data.dataFromOn() != null
            && LocalDate.parse(data.dataFromOn())
                .isBefore(LocalDate.parse(data.asOf()).minusMonths(24).plusDays(8));
    double before = year(data, part, false);
    return !isWhole || before == 0
        ? "in 12 months; no full year before to compare with"
        : String.format(
            Locale.ROOT,
            "in 12 months; %+.1f %% on the year before",
            100 * (year(data, part, true) / before - 1));
  }

  private static String against(Kpi.Ratio kpi, double value) {
    return kpi.card()
        .target()
        .map(
            target -> {
              double gap = 100 * (value - target);
              boolean isMet = kpi.card().direction() == Kpi.Direction.LOWER ? gap <= 0 : gap >= 0;
              return String.format(
                  Locale.ROOT,
                  "target %.0f %%, %s",
                  100 * target,
                  isMet ? "met" : String.format(Locale.ROOT, "%.1f points off", Math.abs(gap)));
            })
        .orElse("");
  }

  private static String[] cell(String label, String value, String against) {
    return new String[] {label, value, against};
  }

  private static String spoken(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String decimal(double number, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
