package io.servicelake.jobs.report;

import static io.servicelake.jobs.report.SampleGroup.DEALERS;
import static io.servicelake.jobs.report.SampleTables.AS_OF;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.jobs.report.SampleGroup.Dealer;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;

/** Figures of the dealers: ratios by week and month, the active base, benchmarks. */
final class SampleFigures {
  private final SampleGroup group;
  private final Random random;
  private final Map<String, Map<String, double[]>> yearParts = new TreeMap<>();

  SampleFigures(SampleGroup group) {
    this.group = group;
    random = group.random();
  }

  void ofDealer(int dealer) {
    figures(dealer);
    base(dealer);
  }

  private void figures(int dealer) {
    Map<LocalDate, Map<String, Double>> months = new TreeMap<>();
    for (LocalDate day = LocalDate.of(2022, 12, 5); !day.isAfter(AS_OF); day = day.plusDays(7)) {
      double years = (day.toEpochDay() - LocalDate.of(2022, 12, 1).toEpochDay()) / 365.25;
      Map<String, Double> parts = week(dealer, day, years);
      group.row(DealerDays.TABLE, dealer, fields(parts, DealerDays.DAY_ON, day));
      Map<String, Double> month =
          months.computeIfAbsent(day.withDayOfMonth(1), first -> new TreeMap<>());
      parts.forEach((name, value) -> month.merge(name, value, Double::sum));
      if (day.isAfter(AS_OF.minusMonths(12))) {
        Map<String, double[]> year =
            yearParts.computeIfAbsent(DEALERS.get(dealer).id(), id -> new TreeMap<>());
        parts.forEach((name, value) -> year.computeIfAbsent(name, n -> new double[1])[0] += value);
      }
    }
    months.forEach(
        (month, parts) -> {
          LocalDate end = month.plusMonths(1).minusDays(1);
          Object[] given = fields(parts, DealerMonths.MONTH_ON, month);
          List<Object> all = new ArrayList<>(List.of(given));
          all.addAll(List.of(DealerMonths.UNTIL_ON, end.isAfter(AS_OF) ? AS_OF : end));
          double orders = parts.get(VisitKpis.ON_TIME_RATE.denominatorField().name());
          all.addAll(
              List.of(
                  CustomerKpis.ACTIVE_CUSTOMERS.field(), Math.round(orders * 0.93),
                  CustomerKpis.COMPLAINT_CLOSE_MEDIAN_HOURS.field(), 26 + 14 * random.nextDouble(),
                  CustomerKpis.COMPLAINT_CLOSE_P90_HOURS.field(), 70 + 40 * random.nextDouble()));
          group.row(DealerMonths.TABLE, dealer, all.toArray());
        });
  }

  private Map<String, Double> week(int dealer, LocalDate day, double years) {
    double season = day.getMonthValue() == 2 ? 0.6 : day.getMonthValue() == 1 ? 1.25 : 1;
    double orders =
        Math.round(
            (42 + 9 * dealer) * season * (1 + 0.035 * years) * (0.9 + 0.2 * random.nextDouble()));
    double skill = Math.sin(dealer * 2.3) * 0.03;
    Map<String, Double> parts = new TreeMap<>();
    part(parts, VisitKpis.REVENUE_PER_ORDER, orders * (1150 + 40 * years + 25 * dealer), orders);
    part(parts, VisitKpis.HOURS_PER_ORDER, orders * (2.1 + 0.1 * random.nextDouble()), orders);
    share(parts, VisitKpis.ON_TIME_RATE, orders, 0.89 + 0.012 * years + skill);
    share(parts, VisitKpis.APPOINTMENT_SHARE, orders, 0.4 + 0.07 * years + skill);
    part(parts, VisitKpis.CUSTOMER_PAY_SHARE, orders * 760, orders * 1200);
    part(parts, VisitKpis.GENUINE_PARTS_SHARE, orders * (520 + 600 * skill), orders * 640);
    share(parts, VisitKpis.MAINTENANCE_SHARE, orders, 0.58);
    share(
        parts,
        VisitKpis.FIRST_TIME_FIX_RATE,
        Math.round(orders * 0.5),
        0.925 + skill - 0.004 * years);
    part(parts, VisitKpis.LABOUR_EFFICIENCY, orders * 2.1, orders * (2.0 - 2 * skill));
    share(parts, CustomerKpis.FOLLOW_UP_RATE, orders, 0.9 + skill);
    share(parts, CustomerKpis.REACH_RATE, Math.round(orders * 0.9), 0.62);
    share(
        parts,
        CustomerKpis.SATISFACTION_RATE,
        Math.round(orders * 0.5),
        0.925 + skill + 0.006 * years);
    share(parts, CustomerKpis.PRAISE_RATE, Math.round(orders * 0.55), 0.12 + skill);
    double complaints = Math.round(orders * (0.02 - skill / 4) + random.nextDouble() - 0.5);
    part(parts, CustomerKpis.COMPLAINT_RATE, complaints, orders);
    share(parts, CustomerKpis.COMPLAINT_ACKNOWLEDGED_IN_TIME_RATE, complaints, 0.8);
    share(parts, CustomerKpis.COMPLAINT_CLOSED_IN_TIME_RATE, complaints, 0.7 + 0.03 * years);
    share(parts, CustomerKpis.COMPLAINT_REOPENED_RATE, complaints, 0.08);
    return parts;
  }

  private void share(Map<String, Double> parts, Kpi.Ratio kpi, double all, double share) {
    double n = 0;
    for (int i = 0; i < all; i++) {
      n += random.nextDouble() < share ? 1 : 0;
    }
    part(parts, kpi, n, all);
  }

  private static void part(Map<String, Double> parts, Kpi.Ratio kpi, double num, double den) {
    parts.put(kpi.numeratorField().name(), num);
    parts.put(kpi.denominatorField().name(), den);
  }

  private static Object[] fields(Map<String, Double> parts, Field day, LocalDate on) {
    List<Object> given = new ArrayList<>(List.of(day, on));
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      for (Field field : kpi.fields()) {
        given.add(field);
        given.add(typed(field.type(), parts.get(field.name())));
      }
    }
    return given.toArray();
  }

  private static Object typed(DataType type, double value) {
    if (type.equals(Columns.LONG)) {
      return Math.round(value);
    }
    return BigDecimal.valueOf(value)
        .setScale(type.equals(Columns.MONEY) ? 2 : 4, RoundingMode.HALF_UP);
  }

  private void base(int dealer) {
    long active = 900 + 160L * dealer;
    for (LocalDate month = LocalDate.of(2023, 1, 1);
        !month.isAfter(AS_OF);
        month = month.plusMonths(1)) {
      LocalDate end = month.plusMonths(1).minusDays(1);
      long added = Math.round(active * (0.026 + 0.01 * random.nextDouble()));
      long regained = Math.round(active * 0.006 * random.nextDouble());
      long lost =
          Math.round(
              active * (0.022 + 0.014 * random.nextDouble() + (dealer % 5 == 0 ? 0.007 : 0)));
      active += added + regained - lost;
      group.row(
          BaseHealth.TABLE,
          dealer,
          BaseHealth.DEFINITION,
          BaseHealth.DEFAULT_DEFINITION,
          BaseHealth.PERIOD_MONTHS,
          1,
          BaseHealth.MONTH_ON,
          month,
          BaseHealth.UNTIL_ON,
          end.isAfter(AS_OF) ? AS_OF : end,
          BaseHealth.NEW_COUNT,
          added,
          BaseHealth.REGAINED_COUNT,
          regained,
          BaseHealth.LOST_COUNT,
          lost,
          BaseHealth.ACTIVE_COUNT,
          active,
          BaseHealth.IS_HEALTHY,
          added + regained >= lost);
    }
  }

  /** Where each dealer stands among its peers, once all have their figures. */
  void ofGroup() {
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      if (kpi.card().direction() == Kpi.Direction.NEITHER) {
        continue;
      }
      Map<String, Double> valueOf = new TreeMap<>();
      yearParts.forEach((id, parts) -> valueOf.put(id, value(kpi, parts)));
      for (int dealer = 0; dealer < DEALERS.size(); dealer++) {
        String brand = DEALERS.get(dealer).brand();
        List<Double> peers = new ArrayList<>();
        for (Dealer other : DEALERS) {
          if (other.brand().equals(brand)) {
            peers.add(valueOf.get(other.id()));
          }
        }
        peers.sort(Comparator.naturalOrder());
        double value = valueOf.get(DEALERS.get(dealer).id());
        boolean isEnough = peers.size() >= 5;
        double median = (peers.get(peers.size() / 2) + peers.get((peers.size() - 1) / 2)) / 2;
        double half = Math.abs(value) * 0.012;
        int sign = kpi.card().direction() == Kpi.Direction.HIGHER ? 1 : -1;
        double worse = peers.stream().filter(peer -> sign * peer < sign * value).count();
        group.row(
            DealerBenchmarks.TABLE,
            dealer,
            DealerBenchmarks.KPI,
            kpi.card().name(),
            DealerBenchmarks.LABEL_EN,
            kpi.card().labelEn(),
            DealerBenchmarks.LABEL_ZH,
            kpi.card().labelZh(),
            DealerBenchmarks.UNTIL_ON,
            AS_OF,
            DealerBenchmarks.VALUE,
            value,
            DealerBenchmarks.VALUE_LOWER,
            value - half,
            DealerBenchmarks.VALUE_UPPER,
            value + half,
            DealerBenchmarks.PEERS_COUNT,
            peers.size(),
            DealerBenchmarks.PEER_MEDIAN,
            isEnough ? median : null,
            DealerBenchmarks.PERCENTILE_RATE,
            isEnough ? worse / (peers.size() - 1) : null,
            DealerBenchmarks.STANDING,
            !isEnough
                ? null
                : value - half > median ? "ABOVE" : value + half < median ? "BELOW" : "WITHIN");
      }
    }
  }

  private static double value(Kpi.Ratio kpi, Map<String, double[]> parts) {
    return parts.get(kpi.numeratorField().name())[0] / parts.get(kpi.denominatorField().name())[0];
  }
}
