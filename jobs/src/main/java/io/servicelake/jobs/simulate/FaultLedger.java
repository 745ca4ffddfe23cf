package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Every fault put into the exports, where it stands, and what must become of it. */
final class FaultLedger {
  /** What was done to a row. */
  enum Kind {
    DUPLICATE_ROW(true, "DUPLICATE"),
    HALF_FILE(true, "DUPLICATE"),
    CUT_ROW(true, "REJECTED:BAD_ROW"),
    RESENT_MONTH(true, "DUPLICATE"),
    LATE_CORRECTION(true, "SUPERSEDED"),
    REOPENED(true, "SUPERSEDED"),
    REVERSED_LINE(true, "ACCEPTED"),
    FULL_WIDTH_DIGITS(true, "ACCEPTED"),
    EXCEL_DATE(true, "ACCEPTED"),
    COLUMN_RENAMED(true, "ACCEPTED"),
    COLUMN_ADDED(true, "ACCEPTED"),
    TWO_SPELLINGS(true, "MERGED"),
    NAME_ORDER(true, "MERGED"),
    ODOMETER_TYPO(false, "ODOMETER_NOT_USED"),
    UNIT_SLIP(false, "ODOMETER_NOT_USED"),
    ODOMETER_ROLLBACK(false, "ODOMETER_USED"),
    FUTURE_STAMP(false, "REJECTED:FUTURE_STAMP"),
    MISSING_ORDER_NUMBER(false, "REJECTED:MISSING_KEY"),
    MISSING_VIN(false, "REJECTED:MISSING_KEY"),
    MISSING_VIN_AND_PLATE(false, "REJECTED:MISSING_VALUE");

    final boolean repairable;
    final String fate;

    Kind(boolean repairable, String fate) {
      this.repairable = repairable;
      this.fate = fate;
    }
  }

  private record Fault(Kind kind, Sheet sheet, String[] row, String key) {}

  private final List<Fault> faults = new ArrayList<>();
  private final Map<String[], Long> lines = new IdentityHashMap<>();

  /** The key is that of the row before the fault. */
  void add(Kind kind, Sheet sheet, String[] row, String key) {
    faults.add(new Fault(kind, sheet, row, key));
    lines.put(row, 0L);
  }

  /** A fault of the header, which is line 1; its key is the name of the column. */
  void addHeader(Kind kind, Sheet sheet, String column) {
    String[] header = sheet.header();
    add(kind, sheet, header, column);
    lines.put(header, 1L);
  }

  /** Bars a row without a fault from further ones: the fate of another row rests on it. */
  void keep(String[] row) {
    lines.put(row, 0L);
  }

  /** True if the row may have no further fault. */
  boolean isTaken(String[] row) {
    return lines.containsKey(row);
  }

  void written(String[] row, long line) {
    if (lines.containsKey(row)) {
      lines.put(row, line);
    }
  }

  int size() {
    return faults.size();
  }

  void write(Writer out) throws IOException {
    out.write("fault_id,kind,table,file,line,key,is_repairable,fate\n");
    int id = 1;
    for (Fault fault : faults) {
      out.write(
          String.join(
              ",",
              String.format("F%06d", id++),
              fault.kind().name(),
              fault.sheet().table.folder,
              fault.sheet().file,
              Long.toString(lines.get(fault.row())),
              fault.key(),
              Boolean.toString(fault.kind().repairable),
              fault.kind().fate));
      out.write('\n');
    }
  }
}
