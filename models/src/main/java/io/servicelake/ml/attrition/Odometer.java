package io.servicelake.ml.attrition;

/**
 * Odometer of a vehicle over time: between plausible readings as if driven evenly, after the last
 * one at the use of the last months, most of whose change from the usual is taken to last.
 */
final class Odometer {
  private static final int NONE = Integer.MIN_VALUE;
  private static final double RECENT_DAYS = 60;
  private static final double LEAST_RECENT_DAYS = 30;
  private static final double MOST_LOG_CHANGE = 1.2;
  private static final double LASTING = 0.8;
  private static final double MOST_TIMES_USUAL = 5;
  private static final double SLACK_KM = 500;

  private final VehicleHistory vehicle;
  private final int[] days;
  private final double[] km;
  private final double recentKmPerDay;
  private int count;
  private int doubtedDay = NONE;
  private double doubtedKm;

  /**
   * Passes over readings lower than one before or far beyond the usual use, unless the next one
   * bears them out: then those before were wrong.
   *
   * @param use times that the use after the last reading is what late use lets expect
   */
  Odometer(VehicleHistory vehicle, double use) {
    this.vehicle = vehicle;
    this.days = new int[vehicle.visitDays().length];
    this.km = new double[days.length];
    for (int i = 0; i < days.length; i++) {
      if (vehicle.odometerKm()[i] >= 0) {
        read(vehicle.visitDays()[i], vehicle.odometerKm()[i]);
      }
    }
    this.recentKmPerDay = use * recent();
  }

  private void read(int day, int reading) {
    if (count == 0
        ? follows(vehicle.soldDay(), 0, day, reading)
        : follows(days[count - 1], km[count - 1], day, reading)) {
      keep(day, reading);
      doubtedDay = NONE;
    } else if (doubtedDay != NONE && follows(doubtedDay, doubtedKm, day, reading)) {
      while (count > 0 && !follows(days[count - 1], km[count - 1], doubtedDay, doubtedKm)) {
        count--;
      }
      keep(doubtedDay, doubtedKm);
      keep(day, reading);
      doubtedDay = NONE;
    } else {
      doubtedDay = day;
      doubtedKm = reading;
    }
  }

  private boolean follows(int fromDay, double fromKm, int day, double reading) {
    double driven = reading - fromKm;
    double passed = Math.max(0, day - fromDay);
    return driven >= 0 && driven <= MOST_TIMES_USUAL * vehicle.kmPerDay() * passed + SLACK_KM;
  }

  private void keep(int day, double reading) {
    count -= count > 0 && days[count - 1] == day ? 1 : 0;
    days[count] = day;
    km[count] = reading;
    count++;
  }

  private double recent() {
    double usual = vehicle.kmPerDay();
    int last = count - 1;
    int from = last - 1;
    while (from > 0 && days[last] - days[from] < RECENT_DAYS) {
      from--;
    }
    if (from < 0 || days[last] - days[from] < LEAST_RECENT_DAYS || km[last] <= km[from]) {
      return usual;
    }
    double change = Math.log((km[last] - km[from]) / (days[last] - days[from]) / usual);
    return Math.abs(change) < MOST_LOG_CHANGE ? usual * Math.exp(LASTING * change) : usual;
  }

  /** Km on a day. */
  double at(int day) {
    if (count == 0) {
      return Math.max(0, (day - vehicle.soldDay()) * vehicle.kmPerDay());
    }
    if (day >= days[count - 1]) {
      return km[count - 1] + recentKmPerDay * (day - days[count - 1]);
    }
    if (day <= days[0]) {
      return Math.max(0, km[0] - vehicle.kmPerDay() * (days[0] - day));
    }
    int after = 1;
    while (days[after] < day) {
      after++;
    }
    double share = (double) (day - days[after - 1]) / (days[after] - days[after - 1]);
    return km[after - 1] + share * (km[after] - km[after - 1]);
  }
}
