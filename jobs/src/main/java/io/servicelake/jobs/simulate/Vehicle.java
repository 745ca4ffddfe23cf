package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A vehicle and its hidden state: use, wear, what is due. Days are epoch days. */
final class Vehicle {
  final String vin;
  final CarModel model;
  final int modelYear;
  final int soldDay;
  final int warrantyUntilDay;

  /** Usual km per day, and the present level, which wanders. */
  final double usualKmPerDay;

  double drift;
  double kmPerDay;
  double km;

  int maintainedDay;
  double maintainedKm;

  /** Frailty and km at the last replacement, by wearing component. */
  final double[] frailty = new double[Component.WEARING.size()];

  final double[] replacedKm = new double[Component.WEARING.size()];
  final boolean[] declined = new boolean[Component.WEARING.size()];

  /** Day of an open recall; -1 for none. */
  int recallDay = -1;

  /** A repair that was not done well: component, technician, last day it shows; -1 for none. */
  int faultyUntilDay = -1;

  Component faultyComponent;

  /** Hazard of coming for wear, refreshed weekly. */
  double wearHazard;

  final List<Integer> maintenanceDays = new ArrayList<>();

  Vehicle(
      String vin, CarModel model, int soldDay, int modelYear, Draws draws, double kmPerDayOrZero) {
    this.vin = vin;
    this.model = model;
    this.soldDay = soldDay;
    this.modelYear = modelYear;
    warrantyUntilDay = Dates.plusMonths(soldDay, model.warrantyMonths()) - 1;
    usualKmPerDay =
        Math.min(160, Math.max(6, draws.logNormal(kmPerDayOrZero > 0 ? kmPerDayOrZero : 41, 0.75)));
    kmPerDay = usualKmPerDay;
    maintainedDay = soldDay;
    double shared = draws.gammaOfMeanOne(Difficulty.VEHICLE_FRAILTY_SHAPE);
    for (int c = 0; c < frailty.length; c++) {
      frailty[c] =
          Component.WEARING.get(c).fits(model)
              ? model.frail() * shared * draws.gammaOfMeanOne(Difficulty.COMPONENT_FRAILTY_SHAPE)
              : 0;
    }
    Arrays.fill(declined, false);
  }

  private Vehicle(Vehicle other) {
    vin = other.vin;
    model = other.model;
    modelYear = other.modelYear;
    soldDay = other.soldDay;
    warrantyUntilDay = other.warrantyUntilDay;
    usualKmPerDay = other.usualKmPerDay;
    drift = other.drift;
    kmPerDay = other.kmPerDay;
    km = other.km;
    maintainedDay = other.maintainedDay;
    maintainedKm = other.maintainedKm;
    System.arraycopy(other.frailty, 0, frailty, 0, frailty.length);
    System.arraycopy(other.replacedKm, 0, replacedKm, 0, replacedKm.length);
    System.arraycopy(other.declined, 0, declined, 0, declined.length);
    recallDay = other.recallDay;
    faultyUntilDay = other.faultyUntilDay;
    faultyComponent = other.faultyComponent;
    wearHazard = other.wearHazard;
  }

  /** The same vehicle as it is now, without its history, for who does not see where it goes. */
  Vehicle copy() {
    return new Vehicle(this);
  }

  boolean inWarranty(int day) {
    return inWarranty(day, km);
  }

  boolean inWarranty(int day, double atKm) {
    return day <= warrantyUntilDay && atKm < model.warrantyKm();
  }

  double ageYears(int day) {
    return (day - soldDay) / 365.25;
  }

  /** Moves the level of use by a month. */
  void wander(int day, Draws draws) {
    drift = 0.9 * drift + 0.10 * draws.normal();
    kmPerDay = usualKmPerDay * Math.exp(drift - 0.04 * Math.max(0, ageYears(day)));
  }
}
