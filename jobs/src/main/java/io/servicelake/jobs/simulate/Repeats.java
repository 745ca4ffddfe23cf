package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that are sent more than once: copies, half files, months sent again. */
final class Repeats {
  private static final int CELLS_BEFORE_CUT = 5;

  private final FaultLedger ledger;

  Repeats(FaultLedger ledger) {
    this.ledger = ledger;
  }

  /** The same row once more, further down; the ledger points at the copy. */
  void duplicate(Sheet sheet, Draws draws) {
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
      if (draws.chance(share) && !ledger.isTaken(row)) {
        String[] copy = row.clone();
        int from = sheet.rows.indexOf(row) + 1;
        sheet.rows.add(from + draws.below(sheet.rows.size() - from + 1), copy);
        ledger.add(Kind.DUPLICATE_ROW, sheet, copy, sheet.key(copy));
      }
    }
  }

  /**
   * A further file that is the first part of the sheet, cut in the middle of a row; empty if none
   * is made. For tables whose rows all find their way into the lake.
   */
  Sheet half(Sheet sheet, Draws draws) {
    Sheet half = sheet.beside("part");
    boolean isMade = draws.chance(0.5);
    double share = draws.between(0.2, 0.8);
    int whole = (int) (sheet.rows.size() * share);
    if (sheet.table != Table.CONTACTS || !isMade || whole == 0) {
      return half;
    }
    copy(sheet.rows.subList(0, whole), half, Kind.HALF_FILE);
    String[] cut = Arrays.copyOf(sheet.rows.get(whole), CELLS_BEFORE_CUT);
    String last = cut[CELLS_BEFORE_CUT - 1];
    cut[CELLS_BEFORE_CUT - 1] = last.substring(0, last.length() / 2);
    half.rows.add(cut);
    ledger.add(Kind.CUT_ROW, half, cut, half.key(cut));
    return half;
  }

  /** A further file with the rows of one month; empty if none is made. */
  Sheet month(Sheet sheet, Draws draws) {
    Sheet again = sheet.beside("again");
    boolean isMade = draws.chance(0.6);
    double place = draws.uniform();
    if (sheet.table != Table.COMPLAINTS || !isMade || sheet.rows.isEmpty()) {
      return again;
    }
    int stamp = sheet.table.column("最后修改时间");
    String month = sheet.rows.get((int) (place * sheet.rows.size()))[stamp].substring(0, 6);
    List<String[]> rows = sheet.rows.stream().filter(row -> row[stamp].startsWith(month)).toList();
    if (rows.size() < sheet.rows.size()) { // A file with the same bytes would not be read.
      copy(rows, again, Kind.RESENT_MONTH);
    }
    return again;
  }

  private void copy(List<String[]> rows, Sheet to, Kind kind) {
    for (String[] row : rows) {
      String[] copy = row.clone();
      to.rows.add(copy);
      ledger.add(kind, to, copy, to.key(copy));
    }
  }
}
