package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.FaultLedger.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Puts faults into finished sheets. Draws from streams of its own, one per file and vehicle, so
 * that the clean content of a seed is the same at every level. A row has one fault at most.
 */
final class Dirt {
  private final DirtyLevel level;
  private final long seed;
  private final int lastYear;
  private final FaultLedger ledger;
  private final OdometerFaults odometers = new OdometerFaults();
  private final Spellings spellings;
  private final Revisions revisions;
  private final Losses losses;
  private final Repeats repeats;

  /**
   * @param lastYear year from which on the dealers' system writes other columns
   */
  Dirt(DirtyLevel level, long seed, int lastYear, FaultLedger ledger) {
    this.level = level;
    this.seed = seed;
    this.lastYear = lastYear;
    this.ledger = ledger;
    this.spellings = new Spellings(seed, ledger);
    this.revisions = new Revisions(ledger);
    this.losses = new Losses(ledger, odometers);
    this.repeats = new Repeats(ledger);
  }

  /** Orders with a reading by vehicle, each in order of their time. */
  void planReadings(Collection<List<Visit>> vehicles) {
    if (level == DirtyLevel.ALL) {
      vehicles.forEach(readings -> odometers.plan(seed, readings));
    }
  }

  /** How a person's name is spelled in a file. */
  Spellings.Spelling spell(CustomerFile file) {
    return level == DirtyLevel.NONE
        ? new Spellings.Spelling(file.person.name.simplified(), null)
        : spellings.spell(file);
  }

  /** Notes a row whose name was spelled otherwise. */
  void spelled(Kind kind, Sheet sheet, String[] row) {
    ledger.add(kind, sheet, row, sheet.key(row));
  }

  /** Changes the sheet and returns it, followed by further files of its rows if there are any. */
  List<Sheet> soil(Sheet sheet) {
    if (level == DirtyLevel.NONE) {
      return List.of(sheet);
    }
    Draws draws = Draws.of(seed, "dirt/" + sheet.file, 0);
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(sheet);
    if (level == DirtyLevel.ALL) {
      losses.mistypeReadings(sheet);
    }
    if (sheet.table == Table.REPAIR_ORDERS || sheet.table == Table.REPAIR_ORDER_LINES) {
      sheets.add(revisions.correctLate(sheet, draws));
    }
    if (sheet.table == Table.REPAIR_ORDERS) {
      revisions.reopen(sheet, draws);
    }
    if (sheet.table == Table.REPAIR_ORDER_LINES) {
      revisions.reverse(sheet, draws);
    }
    spellings.widen(sheet, draws);
    spellings.number(sheet, draws);
    if (level == DirtyLevel.ALL) {
      losses.lose(sheet, draws);
    }
    repeats.duplicate(sheet, draws);
    sheets.add(repeats.half(sheet, draws));
    sheets.add(repeats.month(sheet, draws));
    sheets.removeIf(further -> further != sheet && further.rows.isEmpty());
    if (sheet.file.contains("_" + lastYear)) {
      sheets.forEach(this::layOut);
    }
    return sheets;
  }

  /** A new release of the dealers' system names one column otherwise and adds another. */
  private void layOut(Sheet sheet) {
    if (sheet.table == Table.REPAIR_ORDERS) {
      sheet.rename("里程", "行驶里程");
      ledger.addHeader(Kind.COLUMN_RENAMED, sheet, "行驶里程");
    } else if (sheet.table == Table.CONTACTS) {
      sheet.append("是否录音", "否");
      ledger.addHeader(Kind.COLUMN_ADDED, sheet, "是否录音");
    }
  }
}
