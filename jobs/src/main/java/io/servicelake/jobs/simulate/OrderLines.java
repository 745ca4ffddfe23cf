package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.List;

/** Adds lines to an order: what was done, who pays and how much. */
final class OrderLines {
  private OrderLines() {}

  static void labour(
      Visit visit,
      String job,
      String pay,
      String operation,
      Component kind,
      StaffMember technician,
      double hours,
      Draws draws) {
    Line line = new Line();
    line.job = job;
    line.pay = pay;
    line.operation = operation;
    line.component = kind;
    line.technician = technician;
    line.flatHours = Math.round(hours * 100) / 100.0;
    double difficulty = kind == null ? 0.2 : kind.hardness;
    double skill = technician == null ? 0 : technician.skill;
    line.clockedHours =
        Math.round(
                100
                    * hours
                    * draws.logNormal(0.88 + 0.35 * difficulty, 0.22)
                    * Math.exp(-Difficulty.SKILL_IN_HOURS * 0.5 * skill))
            / 100.0;
    double rate = visit.dealer.hourlyYuan * visit.ownership.vehicle.model.dear();
    line.netFen =
        yuan(
            hours
                * rate
                * (pay.equals(Line.PAY_WARRANTY) ? 0.8 : pay.equals(Line.PAY_INTERNAL) ? 0.5 : 1));
    line.costFen = yuan(hours * 70);
    visit.lines.add(line);
  }

  static void part(Visit visit, String job, String pay, Component kind, int quantity, Draws draws) {
    CarModel model = visit.ownership.vehicle.model;
    Line line = new Line();
    line.type = Line.PART;
    line.job = job;
    line.pay = pay;
    line.component = kind;
    boolean own = pay.equals(Line.PAY_CUSTOMER);
    line.genuine = !(own && draws.chance(0.08));
    line.customerPart = own && draws.chance(0.012);
    int variant = draws.below(kind == Component.BODY ? 3 : 2);
    line.part = line.customerPart ? "" : Parts.number(model, kind, variant, line.genuine);
    line.quantity = quantity;
    if (!line.customerPart) {
      line.costFen = quantity * Parts.costFen(model, kind, variant, line.genuine);
      line.netFen =
          Math.round(line.costFen * (line.genuine ? 1.45 : 1.6) * draws.between(0.95, 1.05));
      line.costKnown = !draws.chance(0.03);
    }
    visit.lines.add(line);
  }

  static void consumable(Visit visit, String job, String pay, double yuan, Draws draws) {
    Line line = new Line();
    line.type = Line.CONSUMABLE;
    line.job = job;
    line.pay = pay;
    line.netFen = yuan(yuan * draws.between(0.8, 1.3));
    line.costFen = Math.round(line.netFen * 0.5);
    visit.lines.add(line);
  }

  /** Paint work given out of the house. */
  static void sublet(Visit visit, String job, String pay, double size, Draws draws) {
    Line line = new Line();
    line.type = Line.SUBLET;
    line.job = job;
    line.pay = pay;
    line.operation = "SB-PNT";
    line.component = Component.BODY;
    line.netFen = yuan(600 * size * draws.between(0.7, 1.3));
    line.costFen = Math.round(line.netFen * 0.7);
    visit.lines.add(line);
  }

  /** A part that was advised and refused. */
  static void declined(Visit visit, Component kind, Draws draws) {
    Line line = new Line();
    line.type = Line.PART;
    line.job = Line.REPAIR;
    line.pay = payOf(visit, Line.PAY_CUSTOMER);
    line.component = kind;
    line.part = Parts.number(visit.ownership.vehicle.model, kind, draws.below(2), true);
    line.genuine = true;
    line.declined = true;
    visit.lines.add(line);
  }

  /** Takes one charged part back and charges it again. */
  static void reverse(Visit visit, Draws draws) {
    List<Line> charged = new ArrayList<>();
    for (Line line : visit.lines) {
      if (line.type.equals(Line.PART) && line.netFen > 0) {
        charged.add(line);
      }
    }
    if (!charged.isEmpty()) {
      Line original = draws.pick(charged);
      Line credit = copyOf(original);
      credit.quantity = -original.quantity;
      credit.netFen = -original.netFen;
      credit.costFen = -original.costFen;
      visit.lines.add(credit);
      visit.lines.add(copyOf(original));
    }
  }

  /** The dealer's own vehicles are paid for by the dealer. */
  static String payOf(Visit visit, String usual) {
    return visit.person.accountClass == Person.AccountClass.DEALER_INTERNAL
        ? Line.PAY_INTERNAL
        : usual;
  }

  private static Line copyOf(Line original) {
    Line line = new Line();
    line.type = original.type;
    line.job = original.job;
    line.pay = original.pay;
    line.component = original.component;
    line.part = original.part;
    line.genuine = original.genuine;
    line.quantity = original.quantity;
    line.netFen = original.netFen;
    line.costFen = original.costFen;
    return line;
  }

  private static long yuan(double yuan) {
    return Math.round(yuan * 10) * 10;
  }
}
