package io.servicelake.jobs.simulate;

import java.util.List;

/**
 * The probability of no visit in the group, given the whole hidden state of the day. Exact for one
 * vehicle up to what the future itself draws (use wanders, a failure repaired elsewhere); the path
 * without a visit has no other branches but leaving and selling.
 */
final class Oracle {
  record NoVisit(double within180, double within365) {}

  /** After 180 days one day in five stands for all five. */
  private static final int DAYS_PER_LATE_STEP = 5;

  private final Season season;

  Oracle(Season season) {
    this.season = season;
  }

  /** From the day after the given one, knowing whether the person has left. */
  NoVisit ask(Person person, int day) {
    List<Vehicle> held =
        person.ownerships.stream().filter(Ownership::isHeld).map(owned -> owned.vehicle).toList();
    double attached = person.hasLeft() ? 0 : 1;
    return held.isEmpty() ? new NoVisit(1, 1) : foretell(person, held, day, attached, 1 - attached);
  }

  /** The same by what can be believed of the person's leaving. */
  NoVisit askBelieving(Person person, int day) {
    Belief belief = person.belief;
    List<Vehicle> held = belief.vehicles(person);
    return held.isEmpty()
        ? new NoVisit(1, 1)
        : foretell(person, held, day, belief.attached(), belief.left());
  }

  /** What is neither attached nor left has let the vehicles go. */
  private NoVisit foretell(
      Person person, List<Vehicle> held, int day, double attached, double hasLeft) {
    int count = held.size();
    double[] km = new double[count];
    double[] wear = new double[count];
    double[] kept = new double[count];
    for (int i = 0; i < count; i++) {
      km[i] = held.get(i).km;
      wear[i] = held.get(i).wearHazard;
      kept[i] = 1;
    }
    double active = attached;
    double left = hasLeft;
    double gone = 1 - active - left;
    double within180 = 0;
    double[] byCause = new double[4];
    Vehicle main = held.get(0);
    int step = 1;
    int freshAt = 1;
    for (int t = 1; t <= 365; t += step) {
      int on = day + t;
      double demand = on <= person.busyUntilDay ? 0 : season.demand(on);
      boolean refresh = t >= freshAt;
      freshAt = refresh ? t + 14 : freshAt;
      double stayAwayActive = 1;
      double stayAwayLeft = 1;
      for (int i = 0; i < count; i++) {
        Vehicle vehicle = held.get(i);
        km[i] += step * vehicle.kmPerDay * season.driving(on);
        if (refresh) {
          wear[i] = Hazards.wear(person, vehicle, on, km[i]);
        }
        double keep = count == 1 ? 1 : kept[i];
        if (demand > 0) {
          double planned = Hazards.maintenance(person, vehicle, on, km[i]);
          if (active > 0) {
            double any = Hazards.whileAttached(person, vehicle, on, planned, wear[i]);
            stayAwayActive *= 1 - keep * Math.min(1, step * demand * any);
          }
          if (left > 0) {
            double any = Hazards.afterLeaving(person, vehicle, on, planned, wear[i]);
            stayAwayLeft *= 1 - keep * Math.min(1, step * demand * any);
          }
        }
        kept[i] *= 1 - step * Hazards.sale(vehicle, on);
      }
      if (active > 0) {
        Hazards.leaving(person, main, on, byCause);
      }
      double leaving = step * (byCause[0] + byCause[1] + byCause[2] + byCause[3]);
      double sold =
          count == 1
              ? step
                  * Hazards.sale(main, on)
                  * (1
                      - (attached > hasLeft
                          ? Difficulty.TRADE_IN_SHARE
                          : Difficulty.TRADE_IN_LEFT_SHARE))
              : 0;
      double stayed = active * stayAwayActive;
      double stayedLeft = left * stayAwayLeft;
      active = stayed * (1 - leaving) * (1 - sold);
      left = (stayedLeft + stayed * leaving) * (1 - sold);
      gone += (stayed + stayedLeft) * sold;
      if (t == 180) {
        within180 = active + left + gone;
        step = DAYS_PER_LATE_STEP;
      }
    }
    return new NoVisit(within180, active + left + gone);
  }
}
