package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what happened into the sheets of the dealers' system, up to the last day. */
final class Exports {
  private final Group group;
  private final int startDay;
  private final int endDay;
  private final long endSecond;
  private final long seed;
  private final Dirt dirt;
  private final SheetWriter writer;

  Exports(Group group, int startDay, int endDay, long seed, Dirt dirt, SheetWriter writer) {
    this.group = group;
    this.startDay = startDay;
    this.endDay = endDay;
    this.endSecond = Dates.at(endDay + 1, 0) - 1;
    this.seed = seed;
    this.dirt = dirt;
    this.writer = writer;
  }

  /** Gives files, orders and complaints their numbers. */
  void number(List<CustomerFile> files, List<Visit> visits, List<ComplaintCase> complaints) {
    Map<Dealer, Integer> last = new HashMap<>();
    files.sort(
        Comparator.comparingLong((CustomerFile file) -> file.openedAt)
            .thenComparingInt(file -> file.person.index));
    for (CustomerFile file : files) {
      file.number = String.format("C%06d", last.merge(file.dealer, 1, Integer::sum));
    }
    visits.sort(
        Comparator.comparingLong((Visit visit) -> visit.receivedAt)
            .thenComparingInt(visit -> visit.person.index)
            .thenComparing(visit -> visit.ownership.vehicle.vin));
    Map<String, Integer> daily = new HashMap<>();
    for (Visit visit : visits) {
      String day = Dates.day(Dates.dayOf(visit.receivedAt), Dates.D2).substring(2);
      int sequence = daily.merge(visit.dealer.code + day, 1, Integer::sum);
      visit.number = "RO" + day + String.format("%03d", sequence);
    }
    last.clear();
    complaints.sort(
        Comparator.comparingLong((ComplaintCase complaint) -> complaint.receivedAt)
            .thenComparing(complaint -> complaint.visit.number));
    for (ComplaintCase complaint : complaints) {
      complaint.number =
          String.format("TS%06d", last.merge(complaint.file.dealer, 1, Integer::sum));
    }
  }

  void write(
      List<CustomerFile> files,
      List<Visit> visits,
      List<Contact> contacts,
      List<ComplaintCase> complaints)
      throws IOException {
    dirt.planReadings(readings(visits));
    writeDealers();
    writeParts();
    for (Dealer dealer : group.dealers) {
      writeStaff(dealer);
      List<CustomerFile> own = files.stream().filter(file -> file.dealer == dealer).toList();
      writeCustomers(dealer, own);
      writeVehicles(dealer, own);
      writeConsents(dealer, own);
      List<Visit> orders =
          visits.stream()
              .filter(visit -> visit.dealer == dealer && visit.receivedAt <= endSecond)
              .toList();
      writeOrders(dealer, orders);
      writeContacts(
          dealer, contacts.stream().filter(contact -> contact.file.dealer == dealer).toList());
      writeComplaints(
          dealer,
          complaints.stream()
              .filter(
                  complaint ->
                      complaint.file.dealer == dealer && complaint.acknowledgedAt <= endSecond)
              .toList());
    }
  }

  /** Orders with a reading by vehicle. */
  private Collection<List<Visit>> readings(List<Visit> visits) {
    Map<String, List<Visit>> byVehicle = new LinkedHashMap<>();
    for (Visit visit : visits) {
      if (visit.receivedAt <= endSecond && visit.kmRead && !visit.cancelled) {
        byVehicle.computeIfAbsent(visit.ownership.vehicle.vin, vin -> new ArrayList<>()).add(visit);
      }
    }
    return byVehicle.values();
  }

  private record Saved(long at, String[] row) {}

  /** Writes rows by the year of their stamp; what is older than the first day goes to its year. */
  private void writeByYear(Table table, Dealer dealer, List<Saved> saved) throws IOException {
    List<Saved> ordered = new ArrayList<>(saved);
    ordered.sort(Comparator.comparingLong(Saved::at));
    int first = Dates.year(startDay);
    for (int year = first; year <= Dates.year(endDay); year++) {
      Sheet sheet = new Sheet(table, table.file(dealer.code + "_" + year));
      for (Saved row : ordered) {
        if (row.at() <= endSecond && Math.max(first, Dates.year(Dates.dayOf(row.at()))) == year) {
          sheet.add(row.row());
        }
      }
      emit(sheet);
    }
  }

  private void emit(Sheet sheet) throws IOException {
    for (Sheet soiled : dirt.soil(sheet)) {
      writer.write(soiled);
    }
  }

  private void writeDealers() throws IOException {
    Sheet sheet = new Sheet(Table.DEALERS, Table.DEALERS.file("dealers"));
    for (Dealer dealer : group.dealers) {
      sheet.add(
          dealer.code,
          dealer.name,
          dealer.brand,
          dealer.region,
          dealer.city,
          Dates.day(dealer.openedDay, Dates.D1),
          Integer.toString(dealer.bays),
          Dates.stamp(Dates.at(dealer.openedDay, 9 * 60), Dates.A));
    }
    emit(sheet);
  }

  private void writeParts() throws IOException {
    Sheet sheet = new Sheet(Table.PARTS, Table.PARTS.file("parts"));
    for (Parts.Part part : Parts.catalogue()) {
      sheet.add(
          part.number(),
          part.name(),
          part.component().name(),
          yuan(part.costFen()),
          part.component().wearPart ? "是" : "否",
          Dates.stamp(Dates.at(startDay - 400, 9 * 60), Dates.A));
    }
    emit(sheet);
  }

  private void writeStaff(Dealer dealer) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (StaffMember member : dealer.staff) {
      if (member.hiredDay > endDay) {
        continue;
      }
      saved.add(staffRow(member, Dates.at(member.hiredDay, 9 * 60), 0, false));
      for (int year = Dates.year(startDay); year <= Dates.year(endDay); year++) {
        int day = (int) java.time.LocalDate.of(year, 12, 20).toEpochDay();
        boolean here =
            day > member.hiredDay && (member.leftDay == Dates.NO_DAY || day < member.leftDay);
        if (here && day <= endDay && day >= startDay) {
          double hours =
              member.trainingHours
                  * Draws.of(seed, "training" + member.dealer.code + member.number, year)
                      .between(0.7, 1.3);
          saved.add(staffRow(member, Dates.at(day, 17 * 60), hours, false));
        }
      }
      if (member.leftDay != Dates.NO_DAY && member.leftDay <= endDay) {
        saved.add(staffRow(member, Dates.at(member.leftDay, 18 * 60), 0, true));
      }
    }
    writeByYear(Table.STAFF, dealer, saved);
  }

  private static Saved staffRow(StaffMember member, long at, double hours, boolean left) {
    return new Saved(
        at,
        new String[] {
          member.dealer.code,
          member.number,
          member.name,
          member.role.chinese,
          member.role == StaffMember.Role.TECHNICIAN ? StaffMember.LEVELS[member.level] : "",
          Dates.day(member.hiredDay, Dates.D4),
          left ? Dates.day(member.leftDay, Dates.D4) : "",
          Dates.day(member.certifiedUntilDay, Dates.D4),
          String.format("%.1f", hours),
          Dates.stamp(at, Dates.C)
        });
  }

  private void writeCustomers(Dealer dealer, List<CustomerFile> files) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (CustomerFile file : files) {
      Person person = file.person;
      Spellings.Spelling spelling = dirt.spell(file);
      for (CustomerFile.State state : file.states) {
        String[] row = {
          dealer.code,
          file.number,
          spelling.name(),
          state.phone(),
          state.address(),
          person.email,
          Dates.day(person.birthDay, Dates.D1),
          person.gender,
          person.accountClass.chinese,
          state.tier(),
          String.format("%.1f", file.distanceKm),
          Dates.day(Dates.dayOf(file.openedAt), Dates.D3),
          Dates.stamp(state.savedAt(), Dates.A)
        };
        saved.add(new Saved(state.savedAt(), row));
        if (spelling.kind() != null && state.savedAt() <= endSecond) {
          int year = Math.max(Dates.year(startDay), Dates.year(Dates.dayOf(state.savedAt())));
          String name = Table.CUSTOMERS.file(dealer.code + "_" + year);
          dirt.spelled(spelling.kind(), new Sheet(Table.CUSTOMERS, name), row);
        }
      }
    }
    writeByYear(Table.CUSTOMERS, dealer, saved);
  }

  private void writeVehicles(Dealer dealer, List<CustomerFile> files) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (CustomerFile file : files) {
      for (Map.Entry<Ownership, Long> entry : file.vehicles.entrySet()) {
        Ownership owned = entry.getKey();
        saved.add(vehicleRow(file, owned, entry.getValue(), false));
        if (owned.endEnteredAt != Dates.NEVER) {
          saved.add(
              vehicleRow(file, owned, Math.max(owned.endEnteredAt, entry.getValue() + 60), true));
        }
      }
    }
    writeByYear(Table.VEHICLES, dealer, saved);
  }

  private static Saved vehicleRow(CustomerFile file, Ownership owned, long at, boolean ended) {
    Vehicle vehicle = owned.vehicle;
    CarModel model = vehicle.model;
    return new Saved(
        at,
        new String[] {
          file.dealer.code,
          vehicle.vin,
          owned.plate,
          model.brand(),
          model.name(),
          Integer.toString(vehicle.modelYear),
          model.powertrain().chinese,
          Dates.day(vehicle.soldDay, Dates.D2),
          Dates.day(vehicle.warrantyUntilDay, Dates.D2),
          Integer.toString(model.warrantyKm()),
          Integer.toString(model.intervalMonths()),
          Integer.toString(model.intervalKm()),
          file.number,
          Dates.day(owned.fromDay, Dates.D2),
          ended ? Dates.day(owned.untilDay, Dates.D2) : "",
          ended ? owned.endReason : "",
          Dates.stamp(at, Dates.A)
        });
  }

  private void writeConsents(Dealer dealer, List<CustomerFile> files) throws IOException {
    Sheet sheet = new Sheet(Table.CONSENTS, Table.CONSENTS.file(dealer.code));
    for (CustomerFile file : files) {
      if (!file.person.isPerson()) {
        continue;
      }
      Draws draws = Draws.of(seed, "consent" + dealer.code, file.person.index);
      String[] channels = {"电话", "短信", "APP", "信函"};
      double[] shares = {0.86, 0.8, 0.45, 0.3};
      for (int i = 0; i < channels.length; i++) {
        boolean given = draws.chance(shares[i]);
        boolean withdrawn = draws.chance(0.03);
        long withdrawnAt = file.openedAt + 86_400L * (60 + draws.below(900));
        if (file.openedAt <= endSecond) {
          String at = Dates.stamp(file.openedAt, Dates.A);
          sheet.add(dealer.code, file.number, channels[i], given ? "Y" : "N", at, at);
        }
        if (given && withdrawn && withdrawnAt <= endSecond) {
          String at = Dates.stamp(withdrawnAt, Dates.A);
          sheet.add(dealer.code, file.number, channels[i], "N", at, at);
        }
      }
    }
    emit(sheet);
  }

  private void writeOrders(Dealer dealer, List<Visit> visits) throws IOException {
    for (int year = Dates.year(startDay); year <= Dates.year(endDay); year++) {
      Sheet orders =
          new Sheet(Table.REPAIR_ORDERS, Table.REPAIR_ORDERS.file(dealer.code + "_" + year));
      Sheet lines =
          new Sheet(
              Table.REPAIR_ORDER_LINES, Table.REPAIR_ORDER_LINES.file(dealer.code + "_" + year));
      for (Visit visit : visits) {
        if (Dates.year(Dates.dayOf(visit.receivedAt)) == year) {
          long savedAt = savedAt(visit);
          orders.add(orderRow(visit, savedAt));
          int number = 1;
          for (Line line : visit.lines) {
            lines.add(lineRow(visit, line, number++, savedAt));
          }
        }
      }
      emit(orders);
      emit(lines);
    }
  }

  /** Delivered orders are saved at delivery; the others as they stand on the last day. */
  private long savedAt(Visit visit) {
    int seconds = Math.floorMod((int) (visit.receivedAt / 60) * 31 + visit.person.index, 60);
    if (visit.deliveredAt <= endSecond) {
      return visit.deliveredAt + seconds;
    }
    return (visit.completedAt <= endSecond ? visit.completedAt : visit.receivedAt) + seconds;
  }

  private String[] orderRow(Visit visit, long savedAt) {
    boolean delivered = visit.deliveredAt <= endSecond;
    boolean completed = visit.completedAt <= endSecond;
    return new String[] {
      visit.dealer.code,
      visit.number,
      visit.person.files.get(visit.dealer).number,
      visit.ownership.vehicle.vin,
      visit.ownership.plate,
      visit.advisor == null ? "" : visit.advisor.number,
      Dates.stamp(visit.appointmentAt, Dates.B),
      Dates.stamp(visit.receivedAt, Dates.B),
      Dates.stamp(visit.promisedAt, Dates.B),
      visit.cancelled || !completed ? "" : Dates.stamp(visit.completedAt, Dates.B),
      visit.cancelled || !delivered ? "" : Dates.stamp(visit.deliveredAt, Dates.B),
      visit.kmRead ? Integer.toString(visit.km) : "",
      visit.concern == null ? "" : visit.concern.name(),
      visit.words,
      visit.cancelled ? "作废" : delivered ? "已交车" : completed ? "已完工" : "在修",
      visit.cancelled || visit.quoteFen == Long.MIN_VALUE ? "" : yuan(visit.quoteFen),
      Dates.stamp(savedAt, Dates.A)
    };
  }

  private static String[] lineRow(Visit visit, Line line, int number, long savedAt) {
    boolean labour = line.type.equals(Line.LABOUR);
    boolean part = line.type.equals(Line.PART);
    return new String[] {
      visit.dealer.code,
      visit.number,
      Integer.toString(number),
      line.type,
      line.job,
      line.pay,
      line.operation,
      line.component == null ? "" : line.component.name(),
      line.part,
      line.quantity == Math.rint(line.quantity)
          ? Long.toString((long) line.quantity)
          : String.format("%.2f", line.quantity),
      line.technician == null ? "" : line.technician.number,
      labour ? String.format("%.2f", line.flatHours) : "",
      labour && !Double.isNaN(line.clockedHours) ? String.format("%.2f", line.clockedHours) : "",
      yuan(line.netFen),
      line.costKnown ? yuan(line.costFen) : "",
      part ? line.genuine ? "是" : "否" : "",
      line.customerPart ? "是" : "否",
      line.declined ? "是" : "否",
      Dates.stamp(savedAt, Dates.A)
    };
  }

  private void writeContacts(Dealer dealer, List<Contact> contacts) throws IOException {
    List<Contact> ordered = new ArrayList<>(contacts);
    ordered.sort(
        Comparator.comparingLong((Contact contact) -> contact.dueAt)
            .thenComparing(contact -> contact.file.number)
            .thenComparing(contact -> contact.visit == null ? "" : contact.visit.number));
    List<Saved> saved = new ArrayList<>();
    int number = 1;
    for (Contact contact : ordered) {
      String id = String.format("F%07d", number++);
      if (contact.dueAt > endSecond) {
        continue;
      }
      boolean made = contact.madeAt != Dates.NEVER && contact.madeAt <= endSecond;
      long at =
          made ? contact.savedAt : contact.savedAt <= endSecond ? contact.savedAt : contact.dueAt;
      boolean reached = made && contact.reached;
      saved.add(
          new Saved(
              Math.min(at, endSecond - 59) / 60 * 60,
              new String[] {
                dealer.code,
                id,
                contact.file.number,
                contact.visit == null ? "" : contact.visit.number,
                contact.channel,
                contact.purpose,
                Dates.stamp(contact.dueAt, Dates.C),
                made ? Dates.stamp(contact.madeAt, Dates.C) : "",
                reached ? "是" : "否",
                made && contact.caller != null ? contact.caller.number : "",
                mark(contact.repairMark, reached),
                mark(contact.attitudeMark, reached),
                mark(contact.priceMark, reached),
                reached ? contact.outcome : "",
                reached ? contact.remark : "",
                Dates.stamp(Math.min(at, endSecond - 59), Dates.C)
              }));
    }
    writeByYear(Table.CONTACTS, dealer, saved);
  }

  private static String mark(int mark, boolean reached) {
    return reached && mark > 0 ? Integer.toString(mark) : "";
  }

  /** Three saved states: acknowledged, solution proposed, closed. */
  private void writeComplaints(Dealer dealer, List<ComplaintCase> complaints) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (ComplaintCase complaint : complaints) {
      saved.add(complaintRow(complaint, complaint.acknowledgedAt));
      saved.add(complaintRow(complaint, complaint.plannedAt));
      saved.add(complaintRow(complaint, complaint.closedAt));
    }
    writeByYear(Table.COMPLAINTS, dealer, saved);
  }

  private static Saved complaintRow(ComplaintCase complaint, long at) {
    return new Saved(
        at,
        new String[] {
          complaint.file.dealer.code,
          complaint.number,
          complaint.file.number,
          complaint.visit.number,
          complaint.visit.ownership.vehicle.vin,
          complaint.channel,
          complaint.kind,
          complaint.major ? "重大" : "普通",
          until(complaint.receivedAt, at),
          until(complaint.acknowledgedAt, at),
          until(complaint.assignedAt, at),
          until(complaint.plannedAt, at),
          until(complaint.handledAt, at),
          until(complaint.calledBackAt, at),
          until(complaint.closedAt, at),
          complaint.assignedAt <= at && complaint.owner != null ? complaint.owner.number : "",
          complaint.handledAt <= at && complaint.compensationFen > 0
              ? yuan(complaint.compensationFen)
              : "",
          complaint.closedAt <= at && complaint.reopened ? "是" : "否",
          complaint.component == null ? "" : complaint.component.name(),
          complaint.words,
          Dates.stamp(at, Dates.E)
        });
  }

  private static String until(long stamp, long at) {
    return stamp <= at ? Dates.stamp(stamp, Dates.E) : "";
  }

  static String yuan(long fen) {
    return (fen < 0 ? "-" : "")
        + Math.abs(fen) / 100
        + "."
        + (char) ('0' + Math.abs(fen) / 10 % 10)
        + (char) ('0' + Math.abs(fen) % 10);
  }
}
