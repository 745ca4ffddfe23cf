package io.servicelake.ml.attrition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  record Step(int month, int warranty, Grievance grievance, List<Cell> cells) {}

  /**
   * Cells of fading grievance.
   *
   * @param unbilled without large bills
   */
  record Grievance(int whole, int unbilled) {}

  private final List<Step> steps = new ArrayList<>();
  private final int past;
  private final int way;
  private final int start;

  private Timeline(int past, int way, int start) {
    this.past = past;
    this.way = way;
    this.start = start;
  }

  /**
   * Lays out a history.
   *
   * @param person holds a vehicle
   * @param ahead steps after the snapshot day
   * @param use times that the use after the last reading is what late use lets expect
   */
  static Timeline of(PersonHistory person, int ahead, double use) {
    VehicleHistory earliest =
        Collections.min(person.vehicles(), Comparator.comparingInt(VehicleHistory::sinceDay));
    int past = Math.max(0, (person.snapshotDay() - earliest.sinceDay()) / STEP_DAYS);
    int first = person.snapshotDay() + 1 - past * STEP_DAYS;
    Timeline timeline = new Timeline(past, Cells.way(person.wayKm()), start(earliest));
    List<Track> tracks = new ArrayList<>();
    for (VehicleHistory vehicle : person.vehicles()) {
      tracks.add(new Track(vehicle, use));
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

  /** Cell of the first visit; one of unknown purpose counts as maintenance. */
  private static int start(VehicleHistory vehicle) {
    Purpose purpose = vehicle.purposes().length == 0 ? Purpose.MAINTENANCE : vehicle.purposes()[0];
    return Cells.start(purpose, (vehicle.sinceDay() - vehicle.soldDay()) / vehicle.intervalDays());
  }

  private static Grievance grievance(PersonHistory person, int day) {
    double unbilled = fading(person.aggrievedDays(), day);
    return new Grievance(
        Cells.grievance(unbilled + fading(person.billedDays(), day)), Cells.grievance(unbilled));
  }

  private static double fading(int[] days, int day) {
    double sum = 0;
    for (int on : days) {
      if (on < day) {
        sum += Math.pow(0.5, (day - on) / GRIEVANCE_HALF_LIFE_DAYS);
      }
    }
    return sum;
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

  /** Cell of the first visit. */
  int start() {
    return start;
  }

  /** Follows a vehicle from step to step. */
  private static final class Track {
    private final VehicleHistory vehicle;
    private final Odometer odometer;
    private final int pace;
    private int next;
    private int clockDay;
    private double clockKm;
    private int repairDay;

    Track(VehicleHistory vehicle, double use) {
      this.vehicle = vehicle;
      this.odometer = new Odometer(vehicle, use);
      this.pace = Cells.pace(vehicle.kmPerDay());
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
      double roundsAStep =
          byKm > byTime
              ? Math.max(
                  LEAST_PACE,
                  (odometer.at(day + STEP_DAYS) - odometer.at(day)) / vehicle.intervalKm())
              : STEP_DAYS / vehicle.intervalDays();
      int since = Cells.since((double) day - repairDay);
      int visits = take(day + STEP_DAYS - 1);
      return new Cell(
          Cells.curve(Math.max(byTime, byKm)),
          roundsAStep,
          Cells.age(middle, vehicle.soldDay(), vehicle.warrantyUntilDay()),
          pace * Cells.ODOMETERS + Cells.odometer(km),
          since,
          pace,
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
