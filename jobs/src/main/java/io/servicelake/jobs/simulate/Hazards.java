package io.servicelake.jobs.simulate;

/** Daily hazards of coming, leaving and selling, shared by the course of life and the oracle. */
final class Hazards {
  private static final double BUMP_LEAD = 0.28;

  private Hazards() {}

  /** Share of the service interval used up, by months or by km, whichever is more. */
  static double dueness(Vehicle vehicle, int day, double km) {
    return Math.max(
        (day - vehicle.maintainedDay) / intervalDays(vehicle),
        (km - vehicle.maintainedKm) / vehicle.model.intervalKm());
  }

  static double intervalDays(Vehicle vehicle) {
    return vehicle.model.intervalMonths() * 30.4375;
  }

  /** Before season: bumps after each whole dueness, faster for those who drive through them. */
  static double maintenance(Person person, Vehicle vehicle, int day, double km) {
    double byTime = (day - vehicle.maintainedDay) / intervalDays(vehicle);
    double byKm = (km - vehicle.maintainedKm) / vehicle.model.intervalKm();
    double dueness = byTime;
    double pace = 1 / intervalDays(vehicle);
    if (byKm > byTime) {
      dueness = byKm;
      pace = vehicle.kmPerDay / vehicle.model.intervalKm();
    }
    if (dueness < 1 - BUMP_LEAD) {
      return 0;
    }
    double scale = person.lateness;
    double density = 0;
    for (int bump = 0; bump < Difficulty.BUMP_WEIGHTS.length; bump++) {
      double x = dueness - bump - 1 + BUMP_LEAD;
      if (x > 0 && x < 9 * scale) {
        density += Difficulty.BUMP_WEIGHTS[bump] * x / (scale * scale) * Math.exp(-x / scale);
      }
    }
    double will = willingness(person, vehicle, day, km);
    return Math.min(0.5, density * pace * person.diligence * will + 0.00015);
  }

  /** The warranty binds; age of the vehicle and a long way loosen. */
  private static double willingness(Person person, Vehicle vehicle, int day, double km) {
    if (vehicle.inWarranty(day, km)) {
      return 1.5;
    }
    double age = vehicle.ageYears(day);
    double byAge = age < 5 ? 1.0 : age < 8 ? 0.65 : 0.4;
    double byWay = person.distanceKm > Difficulty.FAR_FROM_KM ? 0.75 : 1;
    return byAge * byWay * (1.2 - 0.4 * person.priceSensitivity);
  }

  /** Failure of one component per km. */
  static double failurePerKm(Vehicle vehicle, int component, double km) {
    double z = vehicle.frailty[component];
    if (z == 0) {
      return 0;
    }
    Component kind = Component.WEARING.get(component);
    double worn = Math.max(200, km - vehicle.replacedKm[component]) / kind.scaleKm;
    double neglect = vehicle.declined[component] ? 2.5 : 1;
    return z * neglect * kind.shape / kind.scaleKm * Math.pow(worn, kind.shape - 1);
  }

  /** Integrated hazard of a component between two readings. */
  static double integratedFailure(Vehicle vehicle, int component, double fromKm, double toKm) {
    Component kind = Component.WEARING.get(component);
    double from = Math.max(0, fromKm - vehicle.replacedKm[component]) / kind.scaleKm;
    double to = Math.max(0, toKm - vehicle.replacedKm[component]) / kind.scaleKm;
    double neglect = vehicle.declined[component] ? 2.5 : 1;
    return vehicle.frailty[component]
        * neglect
        * (Math.pow(to, kind.shape) - Math.pow(from, kind.shape));
  }

  /** Share of failures brought to the group rather than elsewhere. */
  static double brought(Person person, Vehicle vehicle, int component, int day, double km) {
    Component kind = Component.WEARING.get(component);
    if (vehicle.inWarranty(day, km)) {
      return kind.wearPart ? 0.7 : 0.95;
    }
    return (kind.wearPart ? 0.45 : 0.75) * (1.2 - 0.6 * person.priceSensitivity);
  }

  /** Coming for wear, before season. */
  static double wear(Person person, Vehicle vehicle, int day, double km) {
    double sum = 0;
    for (int c = 0; c < vehicle.frailty.length; c++) {
      if (vehicle.frailty[c] > 0) {
        sum += failurePerKm(vehicle, c, km) * brought(person, vehicle, c, day, km);
      }
    }
    return sum * vehicle.kmPerDay;
  }

  static double accident(Person person, Vehicle vehicle) {
    return Difficulty.ACCIDENT * person.accidentProneness * vehicle.kmPerDay / 35;
  }

  static double recall(Vehicle vehicle, int day) {
    if (vehicle.recallDay < 0 || day < vehicle.recallDay) {
      return 0;
    }
    return 0.0065 * Math.exp(-(day - vehicle.recallDay) / 130.0);
  }

  static double comeback(Vehicle vehicle, int day) {
    return day <= vehicle.faultyUntilDay ? Difficulty.COMEBACK_RETURN : 0;
  }

  /** Before season; planned is the hazard of maintenance. */
  static double whileAttached(
      Person person, Vehicle vehicle, int day, double planned, double wear) {
    return planned
        + wear
        + accident(person, vehicle)
        + recall(vehicle, day)
        + Difficulty.OTHER
        + comeback(vehicle, day);
  }

  /** Before season; planned is the hazard of maintenance. */
  static double afterLeaving(Person person, Vehicle vehicle, int day, double planned, double wear) {
    double[] left = Difficulty.AFTER_LEAVING;
    return planned * left[0]
        + wear * left[1]
        + accident(person, vehicle) * left[2]
        + recall(vehicle, day) * left[3]
        + Difficulty.OTHER * left[4];
  }

  /** Silent leaving by cause: attachment, the warranty's end, grievance, distance. */
  static void leaving(Person person, Vehicle main, int day, double[] byCause) {
    double base = Difficulty.LEAVE_BASE * (person.isDrifter ? Difficulty.DRIFTER_LEAVE_FACTOR : 1);
    double afterWarranty = 1;
    double window = 0;
    if (main != null && day > main.warrantyUntilDay) {
      afterWarranty = Difficulty.LEAVE_AFTER_WARRANTY_FACTOR;
      boolean isSensitive = person.priceSensitivity >= Difficulty.PRICE_SENSITIVE_FROM;
      if (isSensitive && day - main.warrantyUntilDay <= Difficulty.WARRANTY_WINDOW_DAYS) {
        window = Difficulty.LEAVE_WARRANTY_WINDOW;
      }
    }
    double far = Math.max(0, person.distanceKm - Difficulty.FAR_FROM_KM) / 10;
    byCause[0] = base;
    byCause[1] = base * (afterWarranty - 1) + window;
    byCause[2] = person.grievanceOn(day) > person.tolerance ? Difficulty.LEAVE_AGGRIEVED : 0;
    byCause[3] = base * afterWarranty * Math.min(3, far);
  }

  /** Sum over the causes of leaving. */
  static double leaving(Person person, Vehicle main, int day) {
    double[] byCause = new double[4];
    leaving(person, main, day, byCause);
    return byCause[0] + byCause[1] + byCause[2] + byCause[3];
  }

  /** Letting the only vehicle go, or moving away, without a word to the files or a trade-in. */
  static double goingUnseen(Vehicle vehicle, int day) {
    return sale(vehicle, day)
            * (1 - Difficulty.TRADE_IN_SHARE)
            * (1 - Difficulty.SALE_FLAGGED_SHARE)
        + Difficulty.MOVE * (1 - Difficulty.MOVE_FLAGGED_SHARE);
  }

  static double sale(Vehicle vehicle, int day) {
    double age = vehicle.ageYears(day);
    return Difficulty.SALE_BY_AGE[age < 3 ? 0 : age < 6 ? 1 : 2];
  }
}
