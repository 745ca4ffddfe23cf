package io.servicelake.ml.attrition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's time in steps of {@value #STEP_DAYS} days: which cells of the rates each vehicle is
 * in, and what visits came. The last step of the past ends with the snapshot day; after it no visit
 * comes.
 */
final class Timeline {
  static final int STEP_DAYS = 7;

  private static final int HALF_STEP = STEP_DAYS / 2;
  private static final double GRIEVANCE_HALF_LIFE_DAYS = 90;

  /**
   * A vehicle that came so soon after its sale is taken to have its first service still to come.
   */
  private static final double NEW_ROUNDS = 1.5;

  private static final double LEAST_PACE = 1e-4;

  /** One vehicle during one step. */
  record Cell(int curve, double pace, int age, int repair, int since, int use, int visits) {
    boolean has(Purpose purpose) {
      return (visits >> purpose.ordinal() & 1) == 1;
    }
  }

  /** One step. */
  record Step(int month, int warranty, int grievance, List<Cell> cells) {}

  private final List<Step> steps = new ArrayList<>();
  private final int past;
  private final int way;

  private Timeline(int past, int way) {
    this.past = past;
    this.way = way;
  }

  /**
   * Lays out a history.
   *
   * @param ahead steps after the snapshot day
   */
  static Timeline of(PersonHistory person, int ahead) {
    int since =
        person.vehicles().stream()
            .mapToInt(VehicleHistory::sinceDay)
            .min()
            .orElse(Integer.MAX_VALUE);
    int past = Math.max(0, (person.snapshotDay() - since) / STEP_DAYS);
    int first = person.snapshotDay() + 1 - past * STEP_DAYS;
    Timeline timeline = new Timeline(past, Cells.way(person.wayKm()));
    List<Track> tracks = new ArrayList<>();
    for (VehicleHistory vehicle : person.vehicles()) {
      tracks.add(new Track(vehicle));
    }
    for (int step = 0; step < past + ahead; step++) {
      int day = first + step * STEP_DAYS;
      List<Cell> cells = new ArrayList<>(tracks.size());
      int warranty = 0;
      for (Track track : tracks) {
        Cell cell = track.during(day);
        if (cell != null) {
          warranty =
              cells.isEmpty() ? Cells.warranty(day, track.vehicle.warrantyUntilDay()) : warranty;
          cells.add(cell);
        }
      }
      timeline.steps.add(
          new Step(
              LocalDate.ofEpochDay(day + HALF_STEP).getMonthValue() - 1,
              warranty,
              grievance(person, day),
              cells));
    }
    return timeline;
  }

  private static int grievance(PersonHistory person, int day) {
    double sum = 0;
    for (int aggrieved : person.aggrievedDays()) {
      if (aggrieved < day) {
        sum += Math.pow(0.5, (day - aggrieved) / GRIEVANCE_HALF_LIFE_DAYS);
      }
    }
    return Cells.grievance(sum);
  }

  List<Step> steps() {
    return steps;
  }

  /** Steps until the snapshot day. */
  int past() {
    return past;
  }

  int way() {
    return way;
  }

  /** Follows a vehicle from step to step. */
  private static final class Track {
    private final VehicleHistory vehicle;
    private final Odometer odometer;
    private final int use;
    private int next;
    private int clockDay;
    private double clockKm;
    private int repairDay;

    Track(VehicleHistory vehicle) {
      this.vehicle = vehicle;
      this.odometer = new Odometer(vehicle);
      this.use = Cells.pace(vehicle.kmPerDay());
      int sinceSale = vehicle.sinceDay() - vehicle.soldDay();
      this.clockDay =
          sinceSale >= 0 && sinceSale < NEW_ROUNDS * vehicle.intervalDays()
              ? vehicle.soldDay()
              : vehicle.sinceDay();
      this.clockKm = odometer.at(clockDay);
      this.repairDay = Integer.MIN_VALUE / 2;
    }

    /** The cell of the step that begins on a day; null before the history starts. */
    Cell during(int day) {
      take(day - 1);
      if (day <= vehicle.sinceDay()) {
        return null;
      }
      int middle = day + HALF_STEP;
      double km = odometer.at(middle);
      double byTime = (middle - clockDay) / vehicle.intervalDays();
      double byKm = (km - clockKm) / vehicle.intervalKm();
      double pace =
          byKm > byTime
              ? Math.max(
                  LEAST_PACE,
                  (odometer.at(day + STEP_DAYS) - odometer.at(day)) / vehicle.intervalKm())
              : STEP_DAYS / vehicle.intervalDays();
      int since = Cells.since((double) day - repairDay);
      int visits = take(day + STEP_DAYS - 1);
      return new Cell(
          Cells.curve(Math.max(byTime, byKm)),
          pace,
          Cells.age(middle, vehicle.soldDay(), vehicle.warrantyUntilDay()),
          use * Cells.ODOMETERS + Cells.odometer(km),
          since,
          use,
          visits);
    }

    /** Takes the visits until a day, and tells what they were for as a set of bits. */
    private int take(int until) {
      int visits = 0;
      while (next < vehicle.visitDays().length && vehicle.visitDays()[next] <= until) {
        int on = vehicle.visitDays()[next];
        Purpose purpose = vehicle.purposes()[next];
        visits |= 1 << purpose.ordinal();
        if (purpose == Purpose.MAINTENANCE) {
          clockDay = on;
          clockKm = odometer.at(on);
        } else if (purpose == Purpose.REPAIR) {
          repairDay = on;
        }
        next++;
      }
      return visits;
    }
  }
}
