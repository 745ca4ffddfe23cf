package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.Person.Grievance;
import java.util.ArrayList;
import java.util.List;

/** Runs one person's or account's years, day by day, and collects what they leave behind. */
final class LifeCourse {
  /** What follows a person through time and is read at month ends. */
  interface Observer {
    void onMonthEnd(Person person, int day);
  }

  /** A vehicle that changed hands within reach of the dealer. */
  record Resale(Ownership sold, Dealer home) {}

  final List<Visit> visits = new ArrayList<>();
  final AfterCare afterCare = new AfterCare();

  /** Vehicles sold to someone who goes on coming to the group. */
  final List<Resale> resold = new ArrayList<>();

  private final Season season;
  private final Workshop workshop;
  private final Group group;
  private final int startDay;
  private final int lastDay;
  private final Observer observer;
  private final Answers answers;
  private final double[] byCause = new double[4];

  LifeCourse(
      Season season, Group group, int startDay, int lastDay, Observer observer, Answers answers) {
    this.season = season;
    this.workshop = new Workshop(season);
    this.group = group;
    this.startDay = startDay;
    this.lastDay = lastDay;
    this.observer = observer;
    this.answers = answers;
  }

  void live(Person person, int fromDay) {
    Draws draws = person.draws;
    for (int day = fromDay; day <= lastDay; day++) {
      for (Ownership owned : person.ownerships) {
        if (owned.isHeld() && day >= owned.fromDay) {
          drive(person, owned.vehicle, day, draws);
        }
      }
      if (day > person.busyUntilDay) {
        if (person.isPerson()) {
          sell(person, day, draws);
          leave(person, day, draws);
          believe(person, day);
        }
        come(person, day, draws);
      }
      Visit onOffer = answers.visit(person, day);
      if (onOffer != null) {
        visits.add(onOffer);
      }
      if (day >= startDay && group.isMonthEnd(day)) {
        observer.onMonthEnd(person, day);
      }
    }
  }

  private void drive(Person person, Vehicle vehicle, int day, Draws draws) {
    vehicle.km += vehicle.kmPerDay * season.driving(day);
    int phase = (day + vehicle.soldDay) % 28;
    if (phase == 0) {
      vehicle.wander(day, draws);
    }
    if (phase % 7 == 0) {
      for (int c = 0; c < vehicle.frailty.length; c++) {
        if (vehicle.frailty[c] > 0) {
          double weekly = Hazards.failurePerKm(vehicle, c, vehicle.km) * vehicle.kmPerDay * 7;
          double elsewhere =
              person.hasLeft()
                  ? 1 - Difficulty.AFTER_LEAVING[1]
                  : 1 - Hazards.brought(person, vehicle, c, day, vehicle.km);
          if (draws.chance(weekly * elsewhere)) {
            vehicle.replacedKm[c] = vehicle.km;
            vehicle.declined[c] = false;
          }
        }
      }
      vehicle.wearHazard = Hazards.wear(person, vehicle, day, vehicle.km);
      group.openRecalls(vehicle, day);
    }
  }

  private void sell(Person person, int day, Draws draws) {
    for (int i = 0; i < person.ownerships.size(); i++) {
      Ownership owned = person.ownerships.get(i);
      if (!owned.isHeld() || day < owned.fromDay + 60) {
        continue;
      }
      if (draws.chance(Hazards.sale(owned.vehicle, day))) {
        boolean scrapped = owned.vehicle.ageYears(day) > 9 && draws.chance(0.4);
        end(person, owned, day, scrapped ? "报废" : "过户", Difficulty.SALE_FLAGGED_SHARE, draws);
        boolean tradesIn =
            draws.chance(
                person.hasLeft() ? Difficulty.TRADE_IN_LEFT_SHARE : Difficulty.TRADE_IN_SHARE);
        if (tradesIn) {
          Ownership next = group.newVehicle(person, day, draws);
          person.ownerships.add(next);
          group
              .file(person, person.home, Dates.at(day, 16 * 60), draws)
              .vehicles
              .put(next, Dates.at(day, 16 * 60));
          person.belief.buyAgain(
              Difficulty.TRADE_IN_SHARE,
              Difficulty.TRADE_IN_LEFT_SHARE,
              Difficulty.TRADE_IN_RETURNS_SHARE);
          if (person.hasLeft() && draws.chance(Difficulty.TRADE_IN_RETURNS_SHARE)) {
            person.leftDay = Dates.NO_DAY;
            person.leftReason = "";
            person.grievance = 0;
          }
        } else if (!scrapped && draws.chance(Difficulty.RESALE_IN_GROUP_SHARE)) {
          resold.add(new Resale(owned, person.home));
        }
        if (person.heldCount() == 0 && !person.hasLeft()) {
          person.leftDay = day;
          person.leftReason = scrapped ? "VEHICLE_SCRAPPED" : "VEHICLE_SOLD";
        }
      }
    }
    if (!person.hasLeft() && draws.chance(Difficulty.MOVE)) {
      person.leftDay = day;
      person.leftReason = "MOVED";
      for (Ownership owned : person.ownerships) {
        if (owned.isHeld()) {
          end(person, owned, day, "迁出", Difficulty.MOVE_FLAGGED_SHARE, draws);
        }
      }
    }
  }

  private void end(
      Person person, Ownership owned, int day, String reason, double flagged, Draws draws) {
    owned.untilDay = day;
    if (person.heldCount() == 0) {
      person.belief.lose(owned.vehicle);
    }
    if (draws.chance(flagged)) {
      owned.endReason = reason;
      int entered = day + draws.below(40);
      owned.endEnteredAt = Dates.at(entered, 9 * 60 + draws.below(8 * 60)) + draws.below(60);
    }
  }

  private void leave(Person person, int day, Draws draws) {
    if (person.hasLeft() || person.heldCount() == 0) {
      return;
    }
    Vehicle main = null;
    for (Ownership owned : person.ownerships) {
      if (owned.isHeld()) {
        main = owned.vehicle;
        break;
      }
    }
    Hazards.leaving(person, main, day, byCause);
    double sum = byCause[0] + byCause[1] + byCause[2] + byCause[3];
    if (draws.chance(sum)) {
      int cause = draws.weighted(byCause);
      person.leftDay = day;
      person.leftReasonShare =
          byCause[cause] / sum * (cause == 2 ? person.worstGrievanceShare() : 1);
      person.leftReason =
          switch (cause) {
            case 0 -> person.isDrifter ? "NO_ATTACHMENT" : "UNKNOWN";
            case 1 -> "WARRANTY_ENDED";
            case 2 -> person.worstGrievance().reason;
            default -> "DISTANCE";
          };
    }
  }

  /** The hidden steps as the onlooker reckons with them, and the unseen vehicle's day. */
  private void believe(Person person, int day) {
    Belief belief = person.belief;
    List<Vehicle> vehicles = belief.vehicles(person);
    if (vehicles.isEmpty()) {
      return;
    }
    Vehicle main = vehicles.get(0);
    belief.pass(
        Hazards.leaving(person, main, day),
        vehicles.size() == 1 ? Hazards.goingUnseen(main, day) : 0);
    if (person.heldCount() == 0) {
      Vehicle unseen = belief.driveUnseen(season.driving(day));
      double planned = Hazards.maintenance(person, unseen, day, unseen.km);
      stayAway(person, unseen, day, planned, season.demand(day));
    }
  }

  private static void stayAway(
      Person person, Vehicle vehicle, int day, double planned, double demand) {
    person.belief.stayAway(
        demand * Hazards.whileAttached(person, vehicle, day, planned, vehicle.wearHazard),
        demand * Hazards.afterLeaving(person, vehicle, day, planned, vehicle.wearHazard));
  }

  private void come(Person person, int day, Draws draws) {
    double demand = season.demand(day);
    if (demand == 0) {
      return;
    }
    for (int i = 0; i < person.ownerships.size(); i++) {
      Ownership owned = person.ownerships.get(i);
      if (!owned.isHeld() || day <= owned.fromDay) {
        continue;
      }
      Vehicle vehicle = owned.vehicle;
      if (person.accountClass == Person.AccountClass.INSURER) {
        serve(person, owned, day, Workshop.Cause.ACCIDENT, null);
        owned.untilDay = day;
        return;
      }
      double planned = Hazards.maintenance(person, vehicle, day, vehicle.km);
      double any =
          person.hasLeft()
              ? Hazards.afterLeaving(person, vehicle, day, planned, vehicle.wearHazard)
              : Hazards.whileAttached(person, vehicle, day, planned, vehicle.wearHazard);
      if (draws.chance(demand * any)) {
        visit(person, owned, day, draws);
        if (day <= person.busyUntilDay) {
          return;
        }
      } else {
        stayAway(person, vehicle, day, planned, demand);
      }
    }
  }

  private void visit(Person person, Ownership owned, int day, Draws draws) {
    Vehicle vehicle = owned.vehicle;
    double[] left = Difficulty.AFTER_LEAVING;
    boolean gone = person.hasLeft();
    int cause =
        draws.weighted(
            Hazards.maintenance(person, vehicle, day, vehicle.km) * (gone ? left[0] : 1),
            vehicle.wearHazard * (gone ? left[1] : 1),
            Hazards.accident(person, vehicle) * (gone ? left[2] : 1),
            Hazards.recall(vehicle, day) * (gone ? left[3] : 1),
            Difficulty.OTHER * (gone ? left[4] : 1),
            gone ? 0 : Hazards.comeback(vehicle, day));
    Workshop.Cause why = Workshop.Cause.values()[cause];
    person.belief.come(cause < left.length ? left[cause] : 0);
    Component failed = null;
    if (why == Workshop.Cause.WEAR) {
      double[] weights = new double[vehicle.frailty.length];
      for (int c = 0; c < weights.length; c++) {
        weights[c] =
            Hazards.failurePerKm(vehicle, c, vehicle.km)
                * Hazards.brought(person, vehicle, c, day, vehicle.km);
      }
      failed = Component.WEARING.get(draws.weighted(weights));
    } else if (why == Workshop.Cause.COMEBACK) {
      failed = vehicle.faultyComponent;
      vehicle.faultyUntilDay = -1;
    }
    serve(person, owned, day, why, failed);
  }

  private void serve(
      Person person, Ownership owned, int day, Workshop.Cause why, Component failed) {
    Draws draws = person.draws;
    Vehicle vehicle = owned.vehicle;
    Dealer dealer =
        person.home.neighbour != null && draws.chance(person.roams)
            ? person.home.neighbour
            : person.home;
    Visit visit = workshop.serve(person, owned, dealer, day, why, failed);
    if (vehicle.faultyUntilDay == Integer.MAX_VALUE) {
      vehicle.faultyUntilDay = Dates.dayOf(visit.deliveredAt) + Difficulty.FAULTY_DAYS;
    }
    person.busyUntilDay = Dates.dayOf(visit.deliveredAt);
    boolean recorded = day >= startDay;
    CustomerFile file = null;
    if (recorded || visit.dealer == person.home) {
      file = group.file(person, visit.dealer, visit.receivedAt - 600, draws);
      file.vehicles.putIfAbsent(owned, Math.max(file.openedAt, visit.receivedAt - 600));
    }
    if (visit.cancelled) {
      if (recorded) {
        visits.add(visit);
      }
      return;
    }
    person.lastVisitDay = day;
    Grievance worst = person.isPerson() ? afterCare.judge(visit) : null;
    if (recorded) {
      person.visitDays.add(day);
      visits.add(visit);
      file.visits++;
      group.reviewTier(file, visit.deliveredAt, draws);
      if (person.isPerson()) {
        afterCare.complain(visit, file, worst);
        afterCare.followUp(visit, file, worst);
        if (visit.isMaintenance && draws.chance(0.45)) {
          int due =
              day
                  + (int)
                      Math.min(
                          Hazards.intervalDays(vehicle),
                          vehicle.model.intervalKm() / vehicle.kmPerDay)
                  - 14;
          if (due > day + 30 && due <= lastDay - 30) {
            afterCare.remind(file, due, draws.chance(person.responsiveness), draws);
          }
        }
      }
    }
  }
}
