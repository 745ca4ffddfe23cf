package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sheets of what orders refer to: dealers, parts, staff, customers, vehicles and consents. */
final class MasterSheets {
  private final Period period;
  private final long seed;
  private final Dirt dirt;
  private final SheetFiles sheets;

  MasterSheets(Period period, long seed, Dirt dirt, SheetFiles sheets) {
    this.period = period;
    this.seed = seed;
    this.dirt = dirt;
    this.sheets = sheets;
  }

  void writeDealers(List<Dealer> dealers) throws IOException {
    Sheet sheet = new Sheet(Table.DEALERS, Table.DEALERS.file("dealers"));
    for (Dealer dealer : dealers) {
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
    sheets.write(sheet);
  }

  void writeParts() throws IOException {
    Sheet sheet = new Sheet(Table.PARTS, Table.PARTS.file("parts"));
    for (Parts.Part part : Parts.catalogue()) {
      sheet.add(
          part.number(),
          part.name(),
          part.component().name(),
          Money.yuan(part.costFen()),
          part.component().wearPart ? "是" : "否",
          Dates.stamp(Dates.at(period.startDay() - 400, 9 * 60), Dates.A));
    }
    sheets.write(sheet);
  }

  void writeStaff(Dealer dealer) throws IOException {
    List<SavedRow> saved = new ArrayList<>();
    for (StaffMember member : dealer.staff) {
      if (member.hiredDay > period.endDay()) {
        continue;
      }
      saved.add(staffRow(member, Dates.at(member.hiredDay, 9 * 60), 0, false));
      for (int year = period.firstYear(); year <= period.lastYear(); year++) {
        int day = (int) LocalDate.of(year, 12, 20).toEpochDay();
        boolean here =
            day > member.hiredDay && (member.leftDay == Dates.NO_DAY || day < member.leftDay);
        if (here && day <= period.endDay() && day >= period.startDay()) {
          double hours =
              member.trainingHours
                  * Draws.of(seed, "training" + member.dealer.code + member.number, year)
                      .between(0.7, 1.3);
          saved.add(staffRow(member, Dates.at(day, 17 * 60), hours, false));
        }
      }
      if (member.leftDay != Dates.NO_DAY && member.leftDay <= period.endDay()) {
        saved.add(staffRow(member, Dates.at(member.leftDay, 18 * 60), 0, true));
      }
    }
    sheets.writeByYear(Table.STAFF, dealer, saved);
  }

  private static SavedRow staffRow(StaffMember member, long at, double hours, boolean left) {
    return new SavedRow(
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

  void writeCustomers(Dealer dealer, List<CustomerFile> files) throws IOException {
    List<SavedRow> saved = new ArrayList<>();
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
        saved.add(new SavedRow(state.savedAt(), row));
        if (spelling.kind() != null && state.savedAt() <= period.endSecond()) {
          int year = Math.max(period.firstYear(), Dates.year(Dates.dayOf(state.savedAt())));
          String name = Table.CUSTOMERS.file(dealer.code + "_" + year);
          dirt.spelled(spelling.kind(), new Sheet(Table.CUSTOMERS, name), row);
        }
      }
    }
    sheets.writeByYear(Table.CUSTOMERS, dealer, saved);
  }

  void writeVehicles(Dealer dealer, List<CustomerFile> files) throws IOException {
    List<SavedRow> saved = new ArrayList<>();
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
    sheets.writeByYear(Table.VEHICLES, dealer, saved);
  }

  private static SavedRow vehicleRow(CustomerFile file, Ownership owned, long at, boolean ended) {
    Vehicle vehicle = owned.vehicle;
    CarModel model = vehicle.model;
    return new SavedRow(
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

  void writeConsents(Dealer dealer, List<CustomerFile> files) throws IOException {
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
        if (file.openedAt <= period.endSecond()) {
          String at = Dates.stamp(file.openedAt, Dates.A);
          sheet.add(dealer.code, file.number, channels[i], given ? "Y" : "N", at, at);
        }
        if (given && withdrawn && withdrawnAt <= period.endSecond()) {
          String at = Dates.stamp(withdrawnAt, Dates.A);
          sheet.add(dealer.code, file.number, channels[i], "N", at, at);
        }
      }
    }
    sheets.write(sheet);
  }
}
