package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.time.LocalDateTime;

/**
 * Faults that lose something: wrong odometer readings, missing keys and vehicles, future stamps.
 */
final class Losses {
  private final FaultLedger ledger;
  private final OdometerFaults odometers;

  Losses(FaultLedger ledger, OdometerFaults odometers) {
    this.ledger = ledger;
    this.odometers = odometers;
  }

  /** Puts the planned readings into a sheet of orders. */
  void mistypeReadings(Sheet sheet) {
    if (sheet.table != Table.REPAIR_ORDERS) {
      return;
    }
    int km = sheet.table.column("里程");
    for (String[] row : sheet.rows) {
      OdometerFaults.Wrong wrong = odometers.of(sheet.key(row));
      if (wrong != null) {
        row[km] = Integer.toString(wrong.km());
        ledger.add(wrong.kind(), sheet, row, sheet.key(row));
      }
    }
  }

  void lose(Sheet sheet, Draws draws) {
    for (String[] row : sheet.rows) {
      double mark = draws.uniform();
      String key = sheet.key(row);
      if (ledger.isTaken(row)) {
        continue;
      }
      switch (sheet.table) {
        case REPAIR_ORDERS -> {
          if (!odometers.isKept(key)) {
            loseOrder(sheet, row, key, mark);
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

  private void loseOrder(Sheet sheet, String[] row, String key, double mark) {
    if (mark < 0.0020) {
      row[sheet.table.column("工单号")] = "";
      ledger.add(Kind.MISSING_ORDER_NUMBER, sheet, row, key);
    } else if (mark < 0.0040) {
      row[sheet.table.column("底盘号")] = "";
      row[sheet.table.column("车牌")] = "";
      ledger.add(Kind.MISSING_VIN_AND_PLATE, sheet, row, key);
    } else if (mark < 0.0060) {
      int stamp = sheet.table.column("最后修改时间");
      row[stamp] = LocalDateTime.parse(row[stamp], Dates.A).plusYears(10).format(Dates.A);
      ledger.add(Kind.FUTURE_STAMP, sheet, row, key);
    }
  }
}
