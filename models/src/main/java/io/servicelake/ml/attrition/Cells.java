package io.servicelake.ml.attrition;

/** The cells that rates are counted in. */
final class Cells {
  static final int CURVE = 47;
  static final int AGES = 4;
  static final int WAYS = 4;
  static final int PACES = 6;
  static final int ODOMETERS = 8;
  static final int SINCE = 5;
  static final int WARRANTIES = 3;
  static final int GRIEVANCES = 7;
  static final double DAYS_PER_YEAR = 365.25;

  private static final double CURVE_FROM = 0.3;
  private static final double FINE_UNTIL = 1.8;
  private static final double FINE = 0.05;
  private static final double COARSE = 0.2;
  private static final int FINE_CELLS = 30;
  private static final double[] PACE_KM_PER_DAY = {15, 25, 35, 50, 80};
  private static final double[] ODOMETER_KM = {
    15_000, 30_000, 45_000, 60_000, 80_000, 110_000, 160_000
  };
  private static final double[] SINCE_DAYS = {14, 30, 90, 365};
  private static final double[] WAY_KM = {8, 15, 25};
  private static final double[] GRIEVANCE = {0.08, 0.16, 0.3, 0.5, 0.75, 1};
  private static final double[] START_ROUNDS = {1.5, 5};
  static final int STARTS = Purpose.values().length * (START_ROUNDS.length + 1);
  private static final int HALF_A_YEAR = 183;

  private Cells() {}

  /** Rounds of the clock since the last maintenance: fine around the first due day. */
  static int curve(double rounds) {
    if (rounds < CURVE_FROM) {
      return 0;
    }
    if (rounds < FINE_UNTIL) {
      return 1 + Math.min(FINE_CELLS - 1, (int) ((rounds - CURVE_FROM) / FINE));
    }
    return 1 + FINE_CELLS + (int) Math.min(CURVE - 2 - FINE_CELLS, (rounds - FINE_UNTIL) / COARSE);
  }

  /** Middle of a cell of the clock, rounds. */
  static double rounds(int cell) {
    if (cell == 0) {
      return CURVE_FROM / 2;
    }
    return cell <= FINE_CELLS
        ? CURVE_FROM + (cell - 0.5) * FINE
        : FINE_UNTIL + (cell - FINE_CELLS - 0.5) * COARSE;
  }

  /** In warranty; below 5, below 8 and from 8 years on. */
  static int age(int day, int soldDay, int warrantyUntilDay) {
    if (day <= warrantyUntilDay) {
      return 0;
    }
    double years = (day - soldDay) / DAYS_PER_YEAR;
    return years < 5 ? 1 : years < 8 ? 2 : 3;
  }

  static int warranty(int day, int warrantyUntilDay) {
    return day <= warrantyUntilDay ? 0 : day <= warrantyUntilDay + HALF_A_YEAR ? 1 : 2;
  }

  static int pace(double kmPerDay) {
    return below(kmPerDay, PACE_KM_PER_DAY);
  }

  static int odometer(double km) {
    return below(km, ODOMETER_KM);
  }

  static int since(double days) {
    return below(days, SINCE_DAYS);
  }

  /** An unknown way counts as the nearest. */
  static int way(Double km) {
    return km == null ? 0 : below(km, WAY_KM);
  }

  /** What a first visit was for, and rounds of the clock since the sale. */
  static int start(Purpose purpose, double rounds) {
    return purpose.ordinal() * (START_ROUNDS.length + 1) + below(rounds, START_ROUNDS);
  }

  static int grievance(double sum) {
    return below(sum, GRIEVANCE);
  }

  private static int below(double value, double[] ends) {
    int cell = 0;
    while (cell < ends.length && value >= ends[cell]) {
      cell++;
    }
    return cell;
  }
}
