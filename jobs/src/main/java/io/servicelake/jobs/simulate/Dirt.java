package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts faults into finished sheets. Draws from streams of its own, one per file, so that the clean
 * content of a seed is the same at every level. A row has one fault at most.
 */
final class Dirt {
  private final DirtyLevel level;
  private final long seed;
  private final FaultLedger ledger;
  private Set<String> mayMistype = Set.of();

  Dirt(DirtyLevel level, long seed, FaultLedger ledger) {
    this.level = level;
    this.seed = seed;
    this.ledger = ledger;
  }

  /** Keys of the orders whose odometer reading may be mistyped. */
  void mayMistype(Set<String> orders) {
    mayMistype = orders;
  }

  /**
   * The spelling of a person's name in a file: another one in some of the second files of persons
   * whose two files share phone and vehicle from the day the second was opened.
   */
  String spell(CustomerFile file) {
    Words.Name name = file.person.name;
    if (level == DirtyLevel.NONE || !hasTwinSharingVehicle(file)) {
      return name.simplified();
    }
    Draws draws = Draws.of(seed, "spelling", file.person.index);
    if (!draws.chance(0.3)) {
      return name.simplified();
    }
    String plain = name.simplified();
    return switch (draws.weighted(1, 1, 1, 1)) {
      case 0 -> plain.charAt(0) + " " + plain.substring(1);
      case 1 -> plain.charAt(0) + "\u3000" + plain.substring(1);
      case 2 -> name.pinyin();
      default ->
          name.traditional().equals(plain)
              ? name.pinyin().toUpperCase(java.util.Locale.ROOT)
              : name.traditional();
    };
  }

  private static boolean hasTwinSharingVehicle(CustomerFile file) {
    Person person = file.person;
    if (!person.isPerson() || person.changesPhone || person.files.size() != 2) {
      return false;
    }
    for (CustomerFile other : person.files.values()) {
      if (other != file && other.openedAt < file.openedAt) {
        for (Ownership owned : file.vehicles.keySet()) {
          Long there = other.vehicles.get(owned);
          long here = file.vehicles.get(owned);
          int opened = Dates.dayOf(file.openedAt);
          if (there != null && Dates.dayOf(there) <= opened && Dates.dayOf(here) <= opened) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Notes a row whose name was spelled otherwise. */
  void spelled(Sheet sheet, String[] row) {
    ledger.add(Kind.TWO_SPELLINGS, sheet, row, sheet.key(row));
  }

  /** Changes the sheet and returns it, followed by a file of corrections if there are any. */
  List<Sheet> soil(Sheet sheet) {
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(sheet);
    if (level == DirtyLevel.NONE) {
      return sheets;
    }
    Draws draws = Draws.of(seed, "dirt/" + sheet.file, 0);
    if (sheet.table == Table.REPAIR_ORDERS || sheet.table == Table.REPAIR_ORDER_LINES) {
      Sheet corrections =
          new Sheet(
              sheet.table,
              sheet.file.replace(sheet.table.suffix, "_corrections" + sheet.table.suffix));
      for (int i = 0; i < sheet.rows.size(); i++) {
        if (draws.chance(0.005)) {
          correctLate(sheet, i, corrections, draws);
        }
      }
      if (!corrections.rows.isEmpty()) {
        sheets.add(corrections);
      }
    }
    if (level == DirtyLevel.ALL) {
      lose(sheet, draws);
    }
    duplicate(sheet, draws);
    return sheets;
  }

  /**
   * The wrong row stands first, saved earlier on the same day; the right one comes in a later file.
   */
  private void correctLate(Sheet sheet, int index, Sheet corrections, Draws draws) {
    String[] right = sheet.rows.get(index);
    String[] wrong = right.clone();
    int stamp = wrong.length - 1;
    LocalDateTime saved = LocalDateTime.parse(right[stamp], Dates.A);
    LocalDateTime before = saved.minusMinutes(10 + draws.below(120));
    if (!before.toLocalDate().equals(saved.toLocalDate())) {
      return;
    }
    wrong[stamp] = before.format(Dates.A);
    if (sheet.table == Table.REPAIR_ORDERS) {
      int promised = sheet.table.column("期望交车时间");
      LocalDateTime at = LocalDateTime.parse(right[promised], Dates.B);
      wrong[promised] = at.plusHours(draws.chance(0.5) ? 24 : -1).format(Dates.B);
    } else {
      int net = sheet.table.column("金额");
      wrong[net] = right[net].equals("0.00") ? "10.00" : right[net].replace(".", "0.");
    }
    sheet.rows.set(index, wrong);
    corrections.rows.add(right);
    ledger.add(Kind.LATE_CORRECTION, sheet, wrong, sheet.key(wrong));
  }

  private void lose(Sheet sheet, Draws draws) {
    for (String[] row : sheet.rows) {
      double mark = draws.uniform();
      boolean up = draws.chance(0.5);
      if (ledger.isFaulty(row)) {
        continue;
      }
      String key = sheet.key(row);
      switch (sheet.table) {
        case REPAIR_ORDERS -> {
          int km = sheet.table.column("里程");
          if (mark < 0.0020) {
            row[sheet.table.column("工单号")] = "";
            ledger.add(Kind.MISSING_ORDER_NUMBER, sheet, row, key);
          } else if (mark < 0.0040) {
            row[sheet.table.column("底盘号")] = "";
            row[sheet.table.column("车牌")] = "";
            ledger.add(Kind.MISSING_VIN_AND_PLATE, sheet, row, key);
          } else if (mark < 0.0240 && row[km].length() >= 5 && mayMistype.contains(key)) {
            row[km] = up ? row[km] + "0" : row[km].substring(0, row[km].length() - 2);
            ledger.add(Kind.ODOMETER_TYPO, sheet, row, key);
          }
        }
        case REPAIR_ORDER_LINES -> {
          if (mark < 0.0006) {
            row[sheet.table.column("工单号")] = "";
            ledger.add(Kind.MISSING_ORDER_NUMBER, sheet, row, key);
          }
        }
        case VEHICLES -> {
          if (mark < 0.004) {
            row[sheet.table.column("底盘号")] = "";
            ledger.add(Kind.MISSING_VIN, sheet, row, key);
          }
        }
        default -> {}
      }
    }
  }

  private void duplicate(Sheet sheet, Draws draws) {
    double share =
        switch (sheet.table) {
          case REPAIR_ORDERS, CUSTOMERS, VEHICLES -> 0.004;
          case REPAIR_ORDER_LINES, CONTACTS -> 0.003;
          case COMPLAINTS -> 0.010;
          default -> 0;
        };
    if (share == 0) {
      return;
    }
    List<String[]> rows = new ArrayList<>(sheet.rows);
    for (String[] row : rows) {
      if (draws.chance(share) && !ledger.isFaulty(row)) {
        String[] copy = row.clone();
        int from = sheet.rows.indexOf(row) + 1;
        sheet.rows.add(from + draws.below(sheet.rows.size() - from + 1), copy);
        ledger.add(Kind.DUPLICATE_ROW, sheet, copy, sheet.key(copy));
      }
    }
  }
}
