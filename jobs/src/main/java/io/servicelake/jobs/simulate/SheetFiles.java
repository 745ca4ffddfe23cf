package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes sheets, with the faults they are to have. */
final class SheetFiles {
  private final Period period;
  private final Dirt dirt;
  private final SheetWriter writer;

  SheetFiles(Period period, Dirt dirt, SheetWriter writer) {
    this.period = period;
    this.dirt = dirt;
    this.writer = writer;
  }

  /** Writes the sheet and what its faults make of it. */
  void write(Sheet sheet) throws IOException {
    for (Sheet soiled : dirt.soil(sheet)) {
      writer.write(soiled);
    }
  }

  /** Writes rows by the year of their stamp; what is older than the first day goes to its year. */
  void writeByYear(Table table, Dealer dealer, List<SavedRow> saved) throws IOException {
    List<SavedRow> ordered = new ArrayList<>(saved);
    ordered.sort(Comparator.comparingLong(SavedRow::at));
    int first = period.firstYear();
    for (int year = first; year <= period.lastYear(); year++) {
      Sheet sheet = new Sheet(table, table.file(dealer.code + "_" + year));
      for (SavedRow row : ordered) {
        if (row.at() <= period.endSecond()
            && Math.max(first, Dates.year(Dates.dayOf(row.at()))) == year) {
          sheet.add(row.row());
        }
      }
      write(sheet);
    }
  }
}
