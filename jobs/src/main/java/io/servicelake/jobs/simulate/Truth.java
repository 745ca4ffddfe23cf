package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hidden truth: collected at month ends, written apart from the exports. */
final class Truth implements LifeCourse.Observer {
  private static final int MONTHS = 24;
  private static final int RECENT_DAYS = 730;

  private record Churn(
      Person person, int day, float within180, float within365, boolean left, float believed180) {}

  private record Due(Vehicle vehicle, int day, int dueDay) {}

  private record Risk(Vehicle vehicle, int component, int day, float fails, float repaired) {}

  private final Oracle oracle;
  private final int firstMonthDay;
  private final int firstQuarterDay;
  private final int endDay;
  private final List<Churn> churns = new ArrayList<>();
  private final List<Due> dues = new ArrayList<>();
  private final List<Risk> risks = new ArrayList<>();

  Truth(Oracle oracle, int endDay) {
    this.oracle = oracle;
    this.endDay = endDay;
    this.firstMonthDay = Dates.plusMonths(endDay, -MONTHS) + 1;
    this.firstQuarterDay = Dates.plusMonths(endDay, -12) + 1;
  }

  @Override
  public void onMonthEnd(Person person, int day) {
    if (day > endDay || day < firstMonthDay || !person.isPerson() || person.visitDays.isEmpty()) {
      return;
    }
    int last = person.visitDays.get(person.visitDays.size() - 1);
    if (last < day - RECENT_DAYS || person.isKnownExited(day)) {
      return;
    }
    Oracle.NoVisit answer = oracle.ask(person, day);
    churns.add(
        new Churn(
            person,
            day,
            (float) answer.within180(),
            (float) answer.within365(),
            person.hasLeft(),
            (float) oracle.askBelieving(person, day).within180()));
    boolean quarter =
        day >= firstQuarterDay && java.time.LocalDate.ofEpochDay(day).getMonthValue() % 3 == 0;
    for (Ownership owned : person.ownerships) {
      if (owned.isHeld() && owned.fromDay < day) {
        Vehicle vehicle = owned.vehicle;
        double byKm =
            (vehicle.maintainedKm + vehicle.model.intervalKm() - vehicle.km) / vehicle.kmPerDay;
        int due =
            Math.min(
                Dates.plusMonths(vehicle.maintainedDay, vehicle.model.intervalMonths()),
                day + (int) Math.round(byKm));
        dues.add(new Due(vehicle, day, due));
        if (quarter) {
          risk(person, vehicle, day);
        }
      }
    }
  }

  private void risk(Person person, Vehicle vehicle, int day) {
    for (int c = 0; c < vehicle.frailty.length; c++) {
      if (vehicle.frailty[c] > 0) {
        double fails =
            1
                - Math.exp(
                    -Hazards.integratedFailure(
                        vehicle, c, vehicle.km, vehicle.km + 90 * vehicle.kmPerDay));
        double brought =
            Hazards.brought(person, vehicle, c, day, vehicle.km)
                * (person.hasLeft() ? Difficulty.AFTER_LEAVING[1] : 1);
        risks.add(new Risk(vehicle, c, day, (float) fails, (float) (fails * brought)));
      }
    }
  }

  void write(Path truthDir, Group group, List<Person> people) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("oracle_churn.csv"))) {
      out.write(
          "as_of,dealer_code,customer_file_no,person_no,no_visit_180_probability,"
              + "no_visit_365_probability,has_left,last_visit_on,came_within_180,"
              + "believed_no_visit_180_probability\n");
      for (Churn churn : churns) {
        int last = Dates.NO_DAY;
        boolean came = false;
        for (int day : churn.person().visitDays) {
          last = day <= churn.day() ? day : last;
          came |= day > churn.day() && day <= churn.day() + 180;
        }
        for (CustomerFile file : churn.person().files.values()) {
          if (Dates.dayOf(file.openedAt) <= churn.day()) {
            row(
                out,
                day(churn.day()),
                file.dealer.code,
                file.number,
                churn.person().code(),
                probability(churn.within180()),
                probability(churn.within365()),
                churn.left(),
                day(last),
                came,
                probability(churn.believed180()));
          }
        }
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("due_truth.csv"))) {
      out.write("vin,as_of,due_on,next_maintenance_on\n");
      for (Due due : dues) {
        int next = Dates.NO_DAY;
        for (int day : due.vehicle().maintenanceDays) {
          next = next == Dates.NO_DAY && day > due.day() ? day : next;
        }
        row(out, due.vehicle().vin, day(due.day()), day(due.dueDay()), day(next));
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("component_truth.csv"))) {
      out.write("vin,component_code,as_of,fails_90_probability,repaired_90_probability,frailty\n");
      for (Risk risk : risks) {
        row(
            out,
            risk.vehicle().vin,
            Component.WEARING.get(risk.component()),
            day(risk.day()),
            probability(risk.fails()),
            probability(risk.repaired()),
            String.format("%.4f", risk.vehicle().frailty[risk.component()]));
      }
    }
    writePeople(truthDir, people);
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("technician_truth.csv"))) {
      out.write("dealer_code,staff_no,level,true_skill,comeback_factor,hours_factor\n");
      for (Dealer dealer : group.dealers) {
        for (StaffMember member : dealer.staff) {
          if (member.role == StaffMember.Role.TECHNICIAN && member.hiredDay <= endDay) {
            row(
                out,
                dealer.code,
                member.number,
                StaffMember.LEVELS[member.level],
                String.format("%.4f", member.skill),
                String.format("%.4f", Math.exp(-Difficulty.SKILL_SPREAD * member.skill)),
                String.format("%.4f", Math.exp(-Difficulty.SKILL_IN_HOURS * 0.5 * member.skill)));
          }
        }
      }
    }
  }

  private void writePeople(Path truthDir, List<Person> people) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("customer_truth.csv"));
        BufferedWriter files = Files.newBufferedWriter(truthDir.resolve("person_files.csv"))) {
      out.write(
          "person_no,account_class,home_dealer_code,left_on,reason,price_sensitivity,is_drifter,"
              + "diligence,lateness,tolerance,distance_km,reason_share\n");
      files.write("person_no,dealer_code,customer_file_no,opened_on\n");
      for (Person person : people) {
        boolean left = person.leftOn(endDay) != Dates.NO_DAY;
        row(
            out,
            person.code(),
            person.accountClass,
            person.home.code,
            day(person.leftOn(endDay)),
            left ? person.leftReason : "",
            String.format("%.4f", person.priceSensitivity),
            person.isDrifter,
            String.format("%.4f", person.diligence),
            String.format("%.4f", person.lateness),
            String.format("%.4f", person.tolerance),
            String.format("%.1f", person.distanceKm),
            left ? String.format("%.4f", person.leftReasonShare) : "");
        for (CustomerFile file : person.files.values()) {
          if (Dates.dayOf(file.openedAt) <= endDay) {
            row(
                files,
                person.code(),
                file.dealer.code,
                file.number,
                day(Dates.dayOf(file.openedAt)));
          }
        }
      }
    }
  }

  static String day(int day) {
    return Dates.day(day, Dates.D1);
  }

  private static String probability(double value) {
    return String.format("%.6f", value);
  }

  static void row(BufferedWriter out, Object... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(String.valueOf(cells[i]));
    }
    out.write('\n');
  }
}
