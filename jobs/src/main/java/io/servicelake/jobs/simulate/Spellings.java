package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The same values written otherwise: names, full-width digits, serial numbers of Excel. */
final class Spellings {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int EXCEL_DAY_OF_1970 = 25_569;

  /** A name and what was done to it; null if nothing was. */
  record Spelling(String name, Kind kind) {}

  private final long seed;
  private final FaultLedger ledger;

  Spellings(long seed, FaultLedger ledger) {
    this.seed = seed;
    this.ledger = ledger;
  }

  /**
   * The spelling of a person's name in a file: another one in some of the second files of persons
   * whose two files share phone and vehicle from the day the second was opened.
   */
  Spelling spell(CustomerFile file) {
    Words.Name name = file.person.name;
    Draws draws = Draws.of(seed, "spelling", file.person.index);
    String plain = name.simplified();
    if (!draws.chance(0.4) || !hasTwinSharingVehicle(file)) {
      return new Spelling(plain, null);
    }
    return switch (draws.weighted(1, 1, 1, 1, 2)) {
      case 0 -> new Spelling(plain.charAt(0) + " " + plain.substring(1), Kind.TWO_SPELLINGS);
      case 1 -> new Spelling(plain.charAt(0) + "\u3000" + plain.substring(1), Kind.TWO_SPELLINGS);
      case 2 -> new Spelling(name.pinyin(), Kind.TWO_SPELLINGS);
      case 3 ->
          new Spelling(
              name.traditional().equals(plain)
                  ? name.pinyin().toUpperCase(Locale.ROOT)
                  : name.traditional(),
              Kind.TWO_SPELLINGS);
      default -> {
        String[] parts = name.pinyin().split(" ");
        yield new Spelling(parts[1] + " " + parts[0], Kind.NAME_ORDER);
      }
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

  /** Digits of a number, a time or a phone become full-width ones. */
  void widen(Sheet sheet, Draws draws) {
    List<String> headers =
        switch (sheet.table) {
          case REPAIR_ORDERS -> List.of("里程", "进厂时间");
          case REPAIR_ORDER_LINES -> List.of("金额");
          case CUSTOMERS -> List.of("手机号码");
          default -> List.of();
        };
    for (String[] row : sheet.rows) {
      if (!headers.isEmpty() && draws.chance(0.004) && !ledger.isTaken(row)) {
        int column = sheet.table.column(draws.pick(headers));
        String wide = widened(row[column]);
        if (!wide.equals(row[column])) {
          row[column] = wide;
          ledger.add(Kind.FULL_WIDTH_DIGITS, sheet, row, sheet.key(row));
        }
      }
    }
  }

  private static String widened(String text) {
    StringBuilder wide = new StringBuilder();
    for (char c : text.toCharArray()) {
      wide.append(c >= '0' && c <= '9' ? (char) (c - '0' + '０') : c);
    }
    return wide.toString();
  }

  /** A time becomes the number by which Excel knows it. */
  void number(Sheet sheet, Draws draws) {
    String header =
        switch (sheet.table) {
          case REPAIR_ORDERS -> "期望交车时间";
          case CONTACTS -> "应访时间";
          default -> "";
        };
    for (String[] row : sheet.rows) {
      if (!header.isEmpty() && draws.chance(0.004) && !ledger.isTaken(row)) {
        int column = sheet.table.column(header);
        row[column] =
            serial(row[column], sheet.table == Table.CONTACTS ? Dates.C : Dates.B).toPlainString();
        ledger.add(Kind.EXCEL_DATE, sheet, row, sheet.key(row));
      }
    }
  }

  private static BigDecimal serial(String text, DateTimeFormatter format) {
    long seconds = LocalDateTime.parse(text, format).toEpochSecond(ZoneOffset.UTC);
    return BigDecimal.valueOf(seconds)
        .divide(BigDecimal.valueOf(SECONDS_PER_DAY), 9, RoundingMode.HALF_UP)
        .add(BigDecimal.valueOf(EXCEL_DAY_OF_1970))
        .stripTrailingZeros();
  }
}
