package io.servicelake.jobs.simulate;

/** Writes a visit's order: who works, how long, what it costs, when it is ready. */
final class Workshop {
  /** Why a vehicle comes. */
  enum Cause {
    MAINTENANCE,
    WEAR,
    ACCIDENT,
    RECALL,
    OTHER,
    COMEBACK
  }

  private final Season season;
  private final OpeningHours openingHours;

  Workshop(Season season) {
    this.season = season;
    this.openingHours = new OpeningHours(season);
  }

  /**
   * Carries out a visit: changes the vehicle's state and returns the order.
   *
   * @param failed the component behind WEAR or COMEBACK, else null
   */
  Visit serve(
      Person person, Ownership owned, Dealer dealer, int day, Cause cause, Component failed) {
    Draws draws = person.draws;
    Vehicle vehicle = owned.vehicle;
    Visit visit = new Visit(person, dealer, owned);
    receive(visit, day, cause == Cause.MAINTENANCE || cause == Cause.RECALL, draws);
    if (person.isPerson() && cause != Cause.ACCIDENT && draws.chance(0.012)) {
      visit.cancelled = true;
      visit.promisedAt = visit.receivedAt + 7200;
      visit.completedAt = visit.receivedAt + 1800;
      visit.deliveredAt = visit.receivedAt + 1800;
      return visit;
    }
    switch (cause) {
      case WEAR -> repair(visit, failed, day, false, draws);
      case COMEBACK -> {
        visit.isComeback = true;
        visit.concern = failed;
        repair(visit, failed, day, true, draws);
      }
      case ACCIDENT -> accident(visit, day, draws);
      case RECALL -> recall(visit, day, draws);
      case OTHER -> other(visit, day, draws);
      case MAINTENANCE -> {}
    }
    double dueness = Hazards.dueness(vehicle, day, vehicle.km);
    if (cause == Cause.MAINTENANCE
        || cause != Cause.ACCIDENT
            && cause != Cause.COMEBACK
            && dueness > 0.88
            && draws.chance(0.5)) {
      maintain(visit, day, draws);
      if (cause == Cause.MAINTENANCE && draws.chance(0.10)) {
        Component mentioned = likelyFault(vehicle, draws);
        if (mentioned != null) {
          repair(visit, mentioned, day, false, draws);
        }
      }
    }
    if (draws.chance(0.006)) {
      OrderLines.reverse(visit, draws);
    }
    schedule(visit, day, cause, draws);
    quote(visit, draws);
    return visit;
  }

  /** A service on an offer, at the customer's own cost; the vehicle's state stays as it was. */
  Visit serveOffer(Person person, Ownership owned, Dealer dealer, int day, Draws draws) {
    Visit visit = new Visit(person, dealer, owned);
    receive(visit, day, true, draws);
    addService(visit, day, draws);
    schedule(visit, day, Cause.MAINTENANCE, draws);
    quote(visit, draws);
    return visit;
  }

  private static void receive(Visit visit, int day, boolean planned, Draws draws) {
    int minute =
        Math.min(
            17 * 60,
            Math.max(
                OpeningHours.OPENS + 20,
                (int) ((draws.chance(0.62) ? 575 : 860) + 65 * draws.normal())));
    visit.receivedAt = Dates.at(day, minute);
    visit.km = (int) visit.ownership.vehicle.km;
    visit.kmRead = !draws.chance(0.012);
    visit.advisor = visit.dealer.assign(StaffMember.Role.ADVISOR, day, 0, draws);
    if (visit.person.isPerson() && draws.chance(planned ? 0.62 : 0.30)) {
      int off = (int) (18 * draws.normal());
      visit.appointmentAt =
          Dates.at(
              day,
              Math.max(
                  OpeningHours.OPENS,
                  Math.min(OpeningHours.CLOSES - 60, (minute + off) / 15 * 15)));
    }
  }

  private static void quote(Visit visit, Draws draws) {
    long net = visit.netFen();
    visit.quoteFen =
        draws.chance(0.85)
            ? Math.max(0, Math.round(net * (0.9 + 0.15 * draws.uniform()) / 1000.0) * 1000)
            : Long.MIN_VALUE;
  }

  private static Component likelyFault(Vehicle vehicle, Draws draws) {
    double[] weights = new double[vehicle.frailty.length];
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      weights[c] = Hazards.failurePerKm(vehicle, c, vehicle.km);
      sum += weights[c];
    }
    return sum == 0 ? null : Component.WEARING.get(draws.weighted(weights));
  }

  private static void addService(Visit visit, int day, Draws draws) {
    CarModel model = visit.ownership.vehicle.model;
    visit.isMaintenance = true;
    boolean electric = model.powertrain() == Powertrain.BEV;
    boolean big = draws.chance(0.25);
    StaffMember technician =
        visit.dealer.assign(StaffMember.Role.TECHNICIAN, day, Component.OIL.hardness, draws);
    OrderLines.labour(
        visit,
        Line.MAINTENANCE,
        OrderLines.payOf(visit, Line.PAY_CUSTOMER),
        big ? "MT-B" : "MT-A",
        electric ? null : Component.OIL,
        technician,
        big ? 1.4 : 0.7,
        draws);
    if (!electric) {
      OrderLines.part(
          visit,
          Line.MAINTENANCE,
          OrderLines.payOf(visit, Line.PAY_CUSTOMER),
          Component.OIL,
          1,
          draws);
    }
    OrderLines.consumable(
        visit, Line.MAINTENANCE, OrderLines.payOf(visit, Line.PAY_CUSTOMER), big ? 90 : 35, draws);
  }

  private void maintain(Visit visit, int day, Draws draws) {
    addService(visit, day, draws);
    Vehicle vehicle = visit.ownership.vehicle;
    vehicle.maintainedDay = day;
    vehicle.maintainedKm = vehicle.km;
    vehicle.maintenanceDays.add(day);
    for (int c = 0; c < vehicle.frailty.length; c++) {
      Component kind = Component.WEARING.get(c);
      if (kind.wearPart && vehicle.frailty[c] > 0 && !visit.repairedBy.containsKey(kind)) {
        double worn = Hazards.integratedFailure(vehicle, c, vehicle.replacedKm[c], vehicle.km);
        if (worn > 0.45 && draws.chance(0.65)) {
          advise(visit, kind, day, draws);
        }
      }
    }
  }

  private void advise(Visit visit, Component kind, int day, Draws draws) {
    double refusal = 0.12 + 0.45 * visit.person.priceSensitivity;
    if (visit.person.isPerson() && draws.chance(refusal)) {
      decline(visit, kind, draws);
    } else {
      repair(visit, kind, day, false, draws);
    }
  }

  private void decline(Visit visit, Component kind, Draws draws) {
    OrderLines.declined(visit, kind, draws);
    visit.ownership.vehicle.declined[kind.ordinal()] = true;
  }

  private void repair(Visit visit, Component kind, int day, boolean isRedo, Draws draws) {
    Vehicle vehicle = visit.ownership.vehicle;
    Person person = visit.person;
    if (visit.concern == null && draws.chance(0.93)) {
      visit.concern = kind;
    }
    if (visit.words.isEmpty() && draws.chance(0.9)) {
      visit.words = Words.concern(kind, person.speaksEnglish, draws);
    }
    boolean warranty = vehicle.inWarranty(day) && !kind.wearPart;
    if (!warranty && !isRedo && person.isPerson() && draws.chance(0.05)) {
      decline(visit, kind, draws);
      return;
    }
    String pay =
        isRedo
            ? Line.PAY_INTERNAL
            : OrderLines.payOf(visit, warranty ? Line.PAY_WARRANTY : Line.PAY_CUSTOMER);
    String job = warranty ? Line.WARRANTY_REPAIR : Line.REPAIR;
    StaffMember technician =
        visit.dealer.assign(StaffMember.Role.TECHNICIAN, day, kind.hardness, draws);
    OrderLines.labour(
        visit, job, pay, "RP-" + kind.shortCode, kind, technician, kind.flatHours, draws);
    boolean software = kind == Component.ELECTRICAL && draws.chance(0.4);
    if (!software) {
      OrderLines.part(
          visit, job, pay, kind, kind == Component.TYRE ? 1 + draws.below(4) : 1, draws);
    }
    if (kind.flatHours > 2 && draws.chance(0.4)) {
      OrderLines.consumable(visit, job, pay, 30, draws);
    }
    visit.repairedBy.put(kind, technician);
    double bad =
        Difficulty.COMEBACK
            * kind.comebackFactor
            * (isRedo ? 1.4 : 1)
            * Math.exp(-Difficulty.SKILL_SPREAD * technician.skill);
    boolean faulty = draws.chance(Math.min(0.6, bad));
    visit.cameBack.put(kind, false);
    if (faulty) {
      vehicle.faultyComponent = kind;
      vehicle.faultyUntilDay = Integer.MAX_VALUE;
    } else if (vehicle.faultyComponent == kind) {
      vehicle.faultyUntilDay = -1;
    }
    vehicle.replacedKm[kind.ordinal()] = vehicle.km;
    vehicle.declined[kind.ordinal()] = false;
  }

  private void accident(Visit visit, int day, Draws draws) {
    visit.isAccident = true;
    String pay =
        OrderLines.payOf(visit, draws.chance(0.86) ? Line.PAY_INSURANCE : Line.PAY_CUSTOMER);
    double size = draws.logNormal(1, 0.8);
    StaffMember technician =
        visit.dealer.assign(StaffMember.Role.TECHNICIAN, day, Component.BODY.hardness, draws);
    visit.words = draws.chance(0.7) ? "事故维修，保险已报案" : "";
    OrderLines.labour(
        visit,
        Line.ACCIDENT,
        pay,
        "AC-BDY",
        Component.BODY,
        technician,
        Math.min(40, Component.BODY.flatHours * size),
        draws);
    int parts = 1 + (int) Math.min(6, size * 1.5);
    for (int i = 0; i < parts; i++) {
      OrderLines.part(visit, Line.ACCIDENT, pay, Component.BODY, 1, draws);
    }
    if (draws.chance(0.6)) {
      OrderLines.sublet(visit, Line.ACCIDENT, pay, size, draws);
    }
    OrderLines.consumable(visit, Line.ACCIDENT, pay, 80, draws);
    if (draws.chance(0.15)) {
      simpleLabour(
          visit,
          Line.ROADSIDE,
          OrderLines.payOf(visit, Line.PAY_INSURANCE),
          "RS-TOW",
          1.0,
          day,
          draws);
    }
  }

  private void recall(Visit visit, int day, Draws draws) {
    Vehicle vehicle = visit.ownership.vehicle;
    StaffMember technician = visit.dealer.assign(StaffMember.Role.TECHNICIAN, day, 0.4, draws);
    visit.words = "召回通知";
    OrderLines.labour(
        visit, Line.RECALL, Line.PAY_WARRANTY, "RC-01", Component.SOFTWARE, technician, 0.8, draws);
    vehicle.recallDay = -1;
  }

  private void other(Visit visit, int day, Draws draws) {
    switch (draws.weighted(0.4, 0.25, 0.35)) {
      case 0 ->
          simpleLabour(
              visit,
              Line.ACCESSORY,
              OrderLines.payOf(visit, Line.PAY_CUSTOMER),
              "AS-01",
              draws.between(0.5, 2),
              day,
              draws);
      case 1 ->
          simpleLabour(
              visit,
              Line.UPGRADE,
              OrderLines.payOf(visit, Line.PAY_CUSTOMER),
              "UP-SFT",
              0.5,
              day,
              draws);
      default ->
          simpleLabour(
              visit,
              Line.ROADSIDE,
              OrderLines.payOf(visit, Line.PAY_CUSTOMER),
              "RS-HLP",
              0.8,
              day,
              draws);
    }
  }

  private void simpleLabour(
      Visit visit, String job, String pay, String operation, double hours, int day, Draws draws) {
    StaffMember technician = visit.dealer.assign(StaffMember.Role.TECHNICIAN, day, 0.2, draws);
    OrderLines.labour(visit, job, pay, operation, null, technician, hours, draws);
  }

  private void schedule(Visit visit, int day, Cause cause, Draws draws) {
    double flat = 0;
    double clocked = 0;
    for (Line line : visit.lines) {
      flat += line.flatHours;
      clocked += line.clockedHours;
    }
    double busy = season.demand(day) * draws.between(0.7, 1.3);
    double wait = draws.exponential(0.35 + 0.5 * Math.max(0, busy - 0.9));
    double inBay = cause == Cause.ACCIDENT ? clocked * 2.2 + 20 : clocked;
    boolean partMissing = (cause == Cause.WEAR || cause == Cause.ACCIDENT) && draws.chance(0.05);
    double plannedHours =
        (cause == Cause.ACCIDENT ? flat * 2.4 + 24 : flat * 1.1) + 0.75 + visit.dealer.slack;
    long promised = openingHours.after(visit.receivedAt, (int) (plannedHours * 60));
    visit.promisedAt = (promised + 1799) / 1800 * 1800;
    long ready = openingHours.after(visit.receivedAt, (int) ((wait + inBay) * 60) + 10);
    if (partMissing) {
      ready =
          openingHours.after(
              ready, (1 + draws.below(3)) * (OpeningHours.CLOSES - OpeningHours.OPENS));
    }
    visit.completedAt = ready / 60 * 60;
    int handOver = (int) (8 + draws.exponential(12));
    visit.deliveredAt = openingHours.after(visit.completedAt, Math.min(90, handOver)) / 60 * 60;
    for (Line line : visit.lines) {
      if (line.type.equals(Line.LABOUR) && draws.chance(0.06)) {
        line.clockedHours = Double.NaN;
      }
    }
  }
}
