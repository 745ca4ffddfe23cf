package io.servicelake.jobs.report;

import static io.servicelake.jobs.report.SampleTables.AS_OF;
import static io.servicelake.jobs.report.SampleTables.STAFF;
import static io.servicelake.jobs.report.SampleTables.VEHICLE;

import io.servicelake.contract.serving.ComponentWatch;
import io.servicelake.contract.serving.ServiceDueList;
import io.servicelake.contract.serving.TechnicianCards;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;

/** Services due, components that fail, and technicians. */
final class SampleWorkshop {
  private static final String[] MODELS = {"A3 Sedan", "A5 SUV", "A7 EV", "B2 Hatch", "B6 SUV"};

  private final SampleGroup group;
  private final Random random;

  SampleWorkshop(SampleGroup group) {
    this.group = group;
    random = group.random();
  }

  void ofDealer(int dealer) {
    dues(dealer);
    components(dealer);
    technicians(dealer);
  }

  private void dues(int dealer) {
    String[] by = {"TIME", "TIME", "DISTANCE", "RHYTHM"};
    for (int i = 0; i < 90 + 8 * dealer; i++) {
      LocalDate due = AS_OF.plusDays(Math.round(-90 + 150 * Math.pow(random.nextDouble(), 0.7)));
      group.row(
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
        group.row(
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
      group.row(
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
}
