package io.servicelake.jobs.report;

import io.servicelake.TestRows;
import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.serving.BaseHealth;
import io.servicelake.contract.serving.CampaignResults;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.CustomerCards;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.DealerBenchmarks;
import io.servicelake.contract.serving.DealerDays;
import io.servicelake.contract.serving.DealerMonths;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.serving.Freshness;
import io.servicelake.contract.serving.ModelReport;
import io.servicelake.contract.serving.OfferFairness;
import io.servicelake.contract.serving.SegmentFlows;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.serve.Publisher;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;
import io.servicelake.kpi.Kpi;
import io.servicelake.kpi.VisitKpis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Serving tables of a made-up group: twelve dealers of two brands over three years. */
final class SampleTables {
  static final LocalDate AS_OF = LocalDate.of(2025, 12, 17);
  static final String CUSTOMER = "customer-token-";
  static final String VEHICLE = "vehicle-token-";
  static final String STAFF = "staff-token-";

  private static final String[][] DEALERS = {
    {"SH01", "East", "Aster"}, {"SH02", "East", "Aster"}, {"HZ01", "East", "Aster"},
    {"NJ01", "East", "Aster"}, {"GZ01", "South", "Aster"}, {"SZ01", "South", "Aster"},
    {"BJ01", "North", "Aster"}, {"TJ01", "North", "Aster"}, {"SH03", "East", "Borealis"},
    {"GZ02", "South", "Borealis"}, {"BJ02", "North", "Borealis"}, {"CD01", "West", "Borealis"}
  };
  private static final String[] MODELS = {"A3 Sedan", "A5 SUV", "A7 EV", "B2 Hatch", "B6 SUV"};

  private final Random random = new Random(7);
  private final Map<TableContract, TestRows> rows = new HashMap<>();

  /** A table each: empty ones where nothing is known. */
  static Function<TableContract, Dataset<Row>> empty() {
    return table -> TestRows.of(table).build();
  }

  /** The whole group. */
  static Function<TableContract, Dataset<Row>> full() {
    SampleTables sample = new SampleTables();
    Publisher.tables().forEach(table -> sample.rows.put(table, TestRows.of(table)));
    for (int i = 0; i < DEALERS.length; i++) {
      sample.figures(i);
      sample.base(i);
      sample.flows(i);
      sample.cards(i);
      sample.dues(i);
      sample.components(i);
      sample.technicians(i);
      sample.followUps(i);
      sample.complaints(i);
      sample.freshness(i);
    }
    sample.benchmarks();
    sample.campaigns();
    sample.models();
    sample.quality();
    Map<TableContract, Dataset<Row>> built = new HashMap<>();
    sample.rows.forEach((table, made) -> built.put(table, made.build()));
    return built::get;
  }

  private final Map<String, Map<String, double[]>> yearParts = new TreeMap<>();

  private void figures(int dealer) {
    Map<LocalDate, Map<String, Double>> months = new TreeMap<>();
    for (LocalDate day = LocalDate.of(2022, 12, 5); !day.isAfter(AS_OF); day = day.plusDays(7)) {
      double years = (day.toEpochDay() - LocalDate.of(2022, 12, 1).toEpochDay()) / 365.25;
      Map<String, Double> parts = week(dealer, day, years);
      row(DealerDays.TABLE, dealer, fields(parts, DealerDays.DAY_ON, day));
      Map<String, Double> month =
          months.computeIfAbsent(day.withDayOfMonth(1), first -> new TreeMap<>());
      parts.forEach((name, value) -> month.merge(name, value, Double::sum));
      if (day.isAfter(AS_OF.minusMonths(12))) {
        Map<String, double[]> year =
            yearParts.computeIfAbsent(DEALERS[dealer][0], id -> new TreeMap<>());
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
          row(DealerMonths.TABLE, dealer, all.toArray());
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
      row(
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

  private void flows(int dealer) {
    for (LocalDate month = LocalDate.of(2024, 12, 1);
        !month.isAfter(AS_OF);
        month = month.plusMonths(1)) {
      flow(dealer, month, "CORE", "CORE", 40 + 3L * dealer);
      flow(dealer, month, "GENERAL", "GENERAL", 110 + 9L * dealer);
      flow(dealer, month, "GENERAL", "CORE", random.nextInt(5));
      flow(dealer, month, "CORE", "GENERAL", random.nextInt(5));
    }
  }

  private void flow(int dealer, LocalDate month, String from, String to, long customers) {
    row(
        SegmentFlows.TABLE,
        dealer,
        SegmentFlows.MONTH_ON,
        month,
        SegmentFlows.FROM_SEGMENT,
        from,
        SegmentFlows.TO_SEGMENT,
        to,
        SegmentFlows.CUSTOMERS_COUNT,
        customers,
        SegmentFlows.CORE_COUNT,
        to.equals("CORE") ? customers : 0L,
        SegmentFlows.SCORED_COUNT,
        customers);
  }

  private void cards(int dealer) {
    String[][] clusters = {
      {"Loyal, high spend", "忠诚高消费"},
      {"Regular maintenance", "规律保养"},
      {"Repair only", "仅维修"},
      {"Fading", "渐行渐远"},
      {"New", "新客户"}
    };
    double[] spend = {9800, 4200, 5200, 1900, 900};
    String[] reasons = {
      "PRICE",
      "OVERDUE",
      "WARRANTY_ENDED",
      "EXPERIENCE",
      "DISTANCE",
      "COMPLAINT",
      "VEHICLE_AGE",
      "HABIT"
    };
    int rank = 0;
    for (int i = 0; i < 160 + 12 * dealer; i++) {
      int cluster = (int) Math.min(4, Math.floor(Math.abs(random.nextGaussian()) * 1.9));
      boolean isCore = random.nextDouble() < (cluster == 0 ? 0.62 : 0.12);
      double spent = spend[cluster] * (0.6 + 0.8 * random.nextDouble());
      row(
          CustomerCards.TABLE,
          dealer,
          CustomerCards.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          CustomerCards.NET_24M_AMOUNT,
          money(spent),
          CustomerCards.MARGIN_36M_AMOUNT,
          money(spent / 2),
          CustomerCards.IS_CORE,
          isCore,
          CustomerCards.VALUE_TIER,
          spent > 6000 ? "A" : spent > 3000 ? "B" : "C",
          CustomerCards.SPEND_SCORE,
          Math.min(1, spent / 9000),
          CustomerCards.VEHICLE_SCORE,
          0.6,
          CustomerCards.PROXIMITY_SCORE,
          isCore ? 0.8 : 0.5,
          CustomerCards.LOYALTY_SCORE,
          isCore ? 0.7 : 0.4,
          CustomerCards.PARTICIPATION_SCORE,
          isCore ? 0.6 : 0.2,
          CustomerCards.STATE,
          new String[] {"ACTIVE", "DUE", "OVERDUE", "INACTIVE", "NEW"}[cluster],
          CustomerCards.DEALER_STATE,
          new String[] {"ACTIVE", "DUE", "OVERDUE", "LOST", "NEW"}[cluster],
          CustomerCards.CLUSTER_LABEL_EN,
          clusters[cluster][0],
          CustomerCards.CLUSTER_LABEL_ZH,
          clusters[cluster][1]);
      if (random.nextDouble() < 0.23) {
        int reason = (int) Math.min(7, Math.floor(Math.abs(random.nextGaussian()) * 3));
        row(
            WinbackList.TABLE,
            dealer,
            WinbackList.CUSTOMER_ID,
            CUSTOMER + dealer + "-" + i,
            WinbackList.RANK_NO,
            ++rank,
            WinbackList.SPEND_AT_RISK_AMOUNT,
            money(spent / 2 * 0.6),
            WinbackList.REASON_CODE_1,
            reasons[reason],
            WinbackList.IS_CORE,
            isCore,
            WinbackList.MAY_CONTACT,
            random.nextDouble() > 0.14);
      }
    }
  }

  private void dues(int dealer) {
    String[] by = {"TIME", "TIME", "DISTANCE", "RHYTHM"};
    for (int i = 0; i < 90 + 8 * dealer; i++) {
      LocalDate due = AS_OF.plusDays(Math.round(-90 + 150 * Math.pow(random.nextDouble(), 0.7)));
      row(
          ServiceDueList.TABLE,
          dealer,
          ServiceDueList.VEHICLE_ID,
          VEHICLE + dealer + "-" + i,
          ServiceDueList.DUE_ON,
          due,
          ServiceDueList.DUE_WEEK_ON,
          due.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
          ServiceDueList.DUE_BY,
          by[random.nextInt(by.length)],
          ServiceDueList.IS_CORE,
          random.nextDouble() < 0.25);
    }
  }

  private void components(int dealer) {
    String[] codes = {
      "BRAKE_PADS",
      "BATTERY_12V",
      "TYRES",
      "CLUTCH",
      "AIR_CONDITIONING",
      "WATER_PUMP",
      "SHOCK_ABSORBER",
      "ALTERNATOR",
      "HV_BATTERY"
    };
    double[] rates = {0.06, 0.03, 0.045, 0.008, 0.014, 0.006, 0.011, 0.005, 0.002};
    for (int m = 0; m < MODELS.length; m++) {
      for (int c = 0; c < codes.length; c++) {
        long vehicles = 120 + 15L * dealer + 30L * m;
        double naive = vehicles * rates[c];
        double expected = naive * (0.7 + 0.5 * random.nextDouble() + (m == 1 && c == 4 ? 1.4 : 0));
        row(
            ComponentWatch.TABLE,
            dealer,
            ComponentWatch.MODEL,
            MODELS[m],
            ComponentWatch.COMPONENT_CODE,
            codes[c],
            ComponentWatch.VEHICLES_COUNT,
            vehicles,
            ComponentWatch.EXPECTED_REPAIRS_90D_COUNT,
            expected,
            ComponentWatch.EXPECTED_REPAIRS_90D_UPPER_COUNT,
            expected + 1.96 * Math.sqrt(expected),
            ComponentWatch.NAIVE_REPAIRS_90D_COUNT,
            naive,
            ComponentWatch.REPAIRS_12M_COUNT,
            Math.round(naive * 4),
            ComponentWatch.RISK_RATIO,
            expected / naive);
      }
    }
  }

  private void technicians(int dealer) {
    String[] levels = {"APPRENTICE", "JUNIOR", "MIDDLE", "SENIOR", "EXPERT"};
    String[][] clusters = {
      {"Fast and right the first time", "又快又好"},
      {"Careful, slower", "稳健偏慢"},
      {"Needs training", "需要培训"}
    };
    for (int i = 0; i < 6 + dealer % 4; i++) {
      double skill = random.nextGaussian();
      int jobs = 12 + (int) (260 * random.nextDouble());
      double fix = Math.min(0.985, 0.92 + 0.02 * skill);
      double half = 1.96 * Math.sqrt(fix * (1 - fix) / (jobs + 60));
      double time = 1 - 0.06 * skill + 0.06 * random.nextGaussian();
      int cluster = skill > 0.3 ? (time < 1 ? 0 : 1) : skill > -0.6 ? 1 : 2;
      row(
          TechnicianCards.TABLE,
          dealer,
          TechnicianCards.STAFF_ID,
          STAFF + dealer + "-" + i,
          TechnicianCards.LEVEL,
          levels[random.nextInt(levels.length)],
          TechnicianCards.JOBS_12M_COUNT,
          jobs,
          TechnicianCards.TIME_RATIO,
          time,
          TechnicianCards.FIRST_TIME_FIX_RATE,
          fix,
          TechnicianCards.FIRST_TIME_FIX_LOWER_RATE,
          fix - half,
          TechnicianCards.FIRST_TIME_FIX_UPPER_RATE,
          Math.min(1, fix + half),
          TechnicianCards.RAW_FIRST_TIME_FIX_RATE,
          Math.min(1, fix + 0.02 * random.nextGaussian()),
          TechnicianCards.PRAISE_RATE,
          0.12 + 0.03 * skill,
          TechnicianCards.QUALITY_SCORE,
          skill,
          TechnicianCards.CLUSTER_LABEL_EN,
          clusters[cluster][0],
          TechnicianCards.CLUSTER_LABEL_ZH,
          clusters[cluster][1],
          TechnicianCards.IS_BENCHMARK,
          cluster == 0 && fix - half > 0.915);
    }
  }

  private void benchmarks() {
    for (Kpi.Ratio kpi : AllKpis.RATIOS) {
      if (kpi.card().direction() == Kpi.Direction.NEITHER) {
        continue;
      }
      Map<String, Double> valueOf = new TreeMap<>();
      yearParts.forEach((id, parts) -> valueOf.put(id, value(kpi, parts)));
      for (int dealer = 0; dealer < DEALERS.length; dealer++) {
        String brand = DEALERS[dealer][2];
        List<Double> peers = new ArrayList<>();
        for (String[] other : DEALERS) {
          if (other[2].equals(brand)) {
            peers.add(valueOf.get(other[0]));
          }
        }
        peers.sort(Comparator.naturalOrder());
        double value = valueOf.get(DEALERS[dealer][0]);
        boolean isEnough = peers.size() >= 5;
        double median = (peers.get(peers.size() / 2) + peers.get((peers.size() - 1) / 2)) / 2;
        double half = Math.abs(value) * 0.012;
        int sign = kpi.card().direction() == Kpi.Direction.HIGHER ? 1 : -1;
        double worse = peers.stream().filter(peer -> sign * peer < sign * value).count();
        row(
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

  private void followUps(int dealer) {
    for (int i = 0; i < 130 + 10 * dealer; i++) {
      LocalDate due = AS_OF.plusDays(random.nextInt(50) - 35);
      double luck = random.nextDouble();
      String state =
          due.isAfter(AS_OF)
              ? (luck < 0.15 ? "DONE" : "OPEN")
              : luck < 0.83 ? "DONE" : luck < 0.91 ? "DONE_LATE" : "OVERDUE";
      row(
          FollowUpBoard.TABLE,
          dealer,
          FollowUpBoard.DUTY_ID,
          "duty-" + dealer + "-" + i,
          FollowUpBoard.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          FollowUpBoard.TOUCH_NO,
          1 + i % 3,
          FollowUpBoard.DUE_ON,
          due,
          FollowUpBoard.STATE,
          state);
    }
  }

  private void complaints(int dealer) {
    String[] kinds = {
      "REPAIR_EFFECT", "COST", "REPEAT_REPAIR", "ATTITUDE", "PART_QUALITY", "OTHER"
    };
    for (int i = 0; i < 25 + 3 * dealer; i++) {
      double luck = random.nextDouble();
      String state =
          luck < 0.7
              ? "CLOSED_IN_TIME"
              : luck < 0.92 ? "CLOSED_LATE" : luck < 0.96 ? "OPEN" : "OVERDUE";
      double age =
          "OPEN".equals(state)
              ? 40 * random.nextDouble()
              : 48 + 900 * Math.pow(random.nextDouble(), 3);
      row(
          ComplaintBoard.TABLE,
          dealer,
          ComplaintBoard.COMPLAINT_ID,
          "complaint-" + dealer + "-" + i,
          ComplaintBoard.CUSTOMER_ID,
          CUSTOMER + dealer + "-" + i,
          ComplaintBoard.KIND,
          kinds[(int) Math.min(5, Math.abs(random.nextGaussian()) * 2.4)],
          ComplaintBoard.SEVERITY,
          random.nextDouble() < 0.12 ? "MAJOR" : "ORDINARY",
          ComplaintBoard.STATE,
          state,
          ComplaintBoard.AGE_HOURS,
          age);
    }
  }

  private void models() {
    model(
        "CHURN_180D", "auc", 0.781, 0.772, 0.790, 0.724, "days since the last visit", "BEATS_RULE");
    model("CHURN_180D", "put_in_use", 0, null, null, null, null, "REPORTED");
    model("CHURN_180D", "auc@dealer=D01", 0.7, 0.6, 0.8, 0.71, "days", "NOT_BETTER");
    model("CHURN_180D", "calibration_error", 0.021, 0.016, 0.027, null, null, "REPORTED");
    model(
        "CHURN_180D",
        "lift_at_10",
        2.41,
        2.28,
        2.55,
        2.02,
        "days since the last visit",
        "BEATS_RULE");
    model(
        "COMPONENT_RISK_90D",
        "auc",
        0.694,
        0.671,
        0.716,
        0.702,
        "the component's share in 90 days",
        "NOT_BETTER");
    model(
        "COMPONENT_RISK_90D",
        "brier",
        0.0191,
        0.0182,
        0.0199,
        0.0196,
        "the component's share in 90 days",
        "BEATS_RULE");
    model(
        "SERVICE_DUE",
        "median_error_days",
        16.2,
        15.4,
        17.1,
        28.5,
        "last maintenance plus the maker's months",
        "BEATS_RULE");
    model("CUSTOMER_SEGMENTS", "wssse", 3120.4, null, null, null, null, "REPORTED");
    model("CUSTOMER_SEGMENTS", "silhouette", 0.412, null, null, null, null, "REPORTED");
  }

  private void model(
      String name,
      String metric,
      double value,
      Double lower,
      Double upper,
      Double naive,
      String rule,
      String verdict) {
    rows.get(ModelReport.TABLE)
        .row(
            ModelReport.MODEL_NAME,
            name,
            ModelReport.METRIC,
            metric,
            ModelReport.MODEL_ID,
            name + "-2025-12-17",
            ModelReport.AS_OF,
            AS_OF,
            ModelReport.TRAIN_FROM_ON,
            LocalDate.of(2023, 6, 30),
            ModelReport.TRAIN_UNTIL_ON,
            LocalDate.of(2024, 12, 31),
            ModelReport.TEST_FROM_ON,
            LocalDate.of(2025, 1, 1),
            ModelReport.TEST_UNTIL_ON,
            LocalDate.of(2025, 6, 30),
            ModelReport.TRAIN_COUNT,
            61_240L,
            ModelReport.TEST_COUNT,
            21_870L,
            ModelReport.VALUE,
            value,
            ModelReport.VALUE_LOWER,
            lower,
            ModelReport.VALUE_UPPER,
            upper,
            ModelReport.NAIVE_VALUE,
            naive,
            ModelReport.NAIVE_RULE,
            rule,
            ModelReport.VERDICT,
            verdict,
            ModelReport.SPLIT,
            "by time, labels purged");
  }

  private void quality() {
    quality("dms_orders", "repair_orders", 182_340, 220, 1_430, 910, "MISSING_KEY");
    quality("dms_orders", "repair_order_lines", 540_210, 410, 3_220, 2_140, "BAD_NUMBER");
    quality("dms_customers", "customers", 41_020, 12, 2_310, 0, "MISSING_KEY");
    quality("dms_vehicles", "vehicles", 44_870, 0, 1_020, 44, null);
    quality("crm_contacts", "contacts", 161_770, 1_830, 0, 350, "UNKNOWN_CODE");
    quality("crm_complaints", "complaints", 4_212, 3, 611, 0, "BAD_DATE");
  }

  private void quality(
      String source,
      String target,
      long read,
      long rejected,
      long superseded,
      long duplicate,
      String reason) {
    rows.get(DataQuality.TABLE)
        .row(
            DataQuality.SOURCE_ID,
            source,
            DataQuality.TARGET_TABLE,
            target,
            DataQuality.READ_COUNT,
            read,
            DataQuality.ACCEPTED_COUNT,
            read - rejected - superseded - duplicate,
            DataQuality.REJECTED_COUNT,
            rejected,
            DataQuality.SUPERSEDED_COUNT,
            superseded,
            DataQuality.DUPLICATE_COUNT,
            duplicate,
            DataQuality.REJECT_RATE,
            (double) rejected / read,
            DataQuality.TOP_REASON,
            reason);
  }

  private void freshness(int dealer) {
    String[] facts = {"repair_orders", "contacts", "complaints"};
    int[] usual = {0, 1, 6};
    for (int f = 0; f < facts.length; f++) {
      int silent = usual[f] + random.nextInt(1 + 2 * f) + (dealer == 9 && f < 2 ? 17 : 0);
      row(
          Freshness.TABLE,
          dealer,
          Freshness.FACT,
          facts[f],
          Freshness.AS_OF_ON,
          AS_OF,
          Freshness.LAST_OCCURRED_ON,
          AS_OF.minusDays(silent),
          Freshness.SILENT_DAYS,
          silent);
    }
  }

  private void campaigns() {
    campaign("winback-2025-12", "2026-03-17", null, "TOO_EARLY");
    campaign("winback-2025-08", "2025-11-28", 0.021, "NO_EFFECT_SHOWN");
    campaign(CampaignResults.ALL, "2025-11-28", 0.034, "EFFECT");
    fairness("MEMBER_TIER", "GOLD", false, true);
    fairness("MEMBER_TIER", "NONE", true, true);
    fairness("MEMBER_TIER", "SILVER", false, false);
    fairness("BOOKING", "APPOINTMENT", false, false);
  }

  private void fairness(String by, String group, boolean isFlagged, boolean isShareFlagged) {
    rows.get(OfferFairness.TABLE)
        .row(
            OfferFairness.CAMPAIGN_ID,
            "winback-2025-12",
            OfferFairness.ATTRIBUTE,
            by,
            OfferFairness.GROUP_VALUE,
            group,
            OfferFairness.IS_FLAGGED,
            isFlagged,
            OfferFairness.IS_SHARE_FLAGGED,
            isShareFlagged);
  }

  private void campaign(String id, String until, Double lift, String verdict) {
    rows.get(CampaignResults.TABLE)
        .row(
            CampaignResults.CAMPAIGN_ID,
            id,
            CampaignResults.OFFER_CODE,
            CampaignResults.ALL,
            CampaignResults.REGION,
            CampaignResults.ALL,
            CampaignResults.WINDOW_UNTIL_ON,
            LocalDate.parse(until),
            CampaignResults.OFFER_COUNT,
            620L,
            CampaignResults.HOLD_OUT_COUNT,
            155L,
            CampaignResults.SMALLEST_LIFT,
            id.equals(CampaignResults.ALL) ? null : 0.084,
            CampaignResults.VISIT_LIFT,
            lift,
            CampaignResults.VISIT_LIFT_LOWER,
            lift == null ? null : lift - 0.03,
            CampaignResults.VISIT_LIFT_UPPER,
            lift == null ? null : lift + 0.03,
            CampaignResults.VERDICT,
            verdict);
  }

  private void row(TableContract table, int dealer, Object... given) {
    List<Object> all = new ArrayList<>(java.util.Arrays.asList(given));
    all.addAll(
        List.of(
            DealerDays.DEALER_ID, DEALERS[dealer][0],
            DealerDays.REGION, DEALERS[dealer][1],
            DealerDays.BRAND, DEALERS[dealer][2]));
    rows.get(table).row(all.toArray());
  }

  private static BigDecimal money(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
