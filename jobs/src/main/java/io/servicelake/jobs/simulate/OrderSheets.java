package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.util.List;

/** Sheets of repair orders and their lines. */
final class OrderSheets {
  private final Period period;
  private final SheetFiles sheets;

  OrderSheets(Period period, SheetFiles sheets) {
    this.period = period;
    this.sheets = sheets;
  }

  void writeOrders(Dealer dealer, List<Visit> visits) throws IOException {
    for (int year = period.firstYear(); year <= period.lastYear(); year++) {
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
      sheets.write(orders);
      sheets.write(lines);
    }
  }

  /** Delivered orders are saved at delivery; the others as they stand on the last day. */
  private long savedAt(Visit visit) {
    int seconds = Math.floorMod((int) (visit.receivedAt / 60) * 31 + visit.person.index, 60);
    if (visit.deliveredAt <= period.endSecond()) {
      return visit.deliveredAt + seconds;
    }
    return (visit.completedAt <= period.endSecond() ? visit.completedAt : visit.receivedAt)
        + seconds;
  }

  private String[] orderRow(Visit visit, long savedAt) {
    boolean delivered = visit.deliveredAt <= period.endSecond();
    boolean completed = visit.completedAt <= period.endSecond();
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
      visit.cancelled || visit.quoteFen == Long.MIN_VALUE ? "" : Money.yuan(visit.quoteFen),
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
      Money.yuan(line.netFen),
      line.costKnown ? Money.yuan(line.costFen) : "",
      part ? line.genuine ? "是" : "否" : "",
      line.customerPart ? "是" : "否",
      line.declined ? "是" : "否",
      Dates.stamp(savedAt, Dates.A)
    };
  }
}
