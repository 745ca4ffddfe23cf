package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sheets of follow-up contacts and complaints. */
final class CareSheets {
  private final Period period;
  private final SheetFiles sheets;

  CareSheets(Period period, SheetFiles sheets) {
    this.period = period;
    this.sheets = sheets;
  }

  void writeContacts(Dealer dealer, List<Contact> contacts) throws IOException {
    List<Contact> ordered = new ArrayList<>(contacts);
    ordered.sort(
        Comparator.comparingLong((Contact contact) -> contact.dueAt)
            .thenComparing(contact -> contact.file.number)
            .thenComparing(contact -> contact.visit == null ? "" : contact.visit.number));
    List<SavedRow> saved = new ArrayList<>();
    int number = 1;
    for (Contact contact : ordered) {
      String id = String.format("F%07d", number++);
      if (contact.dueAt > period.endSecond()) {
        continue;
      }
      boolean made = contact.madeAt != Dates.NEVER && contact.madeAt <= period.endSecond();
      long at =
          made
              ? contact.savedAt
              : contact.savedAt <= period.endSecond() ? contact.savedAt : contact.dueAt;
      boolean reached = made && contact.reached;
      saved.add(
          new SavedRow(
              Math.min(at, period.endSecond() - 59) / 60 * 60,
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
                Dates.stamp(Math.min(at, period.endSecond() - 59), Dates.C)
              }));
    }
    sheets.writeByYear(Table.CONTACTS, dealer, saved);
  }

  private static String mark(int mark, boolean reached) {
    return reached && mark > 0 ? Integer.toString(mark) : "";
  }

  /** Three saved states: acknowledged, solution proposed, closed. */
  void writeComplaints(Dealer dealer, List<ComplaintCase> complaints) throws IOException {
    List<SavedRow> saved = new ArrayList<>();
    for (ComplaintCase complaint : complaints) {
      saved.add(complaintRow(complaint, complaint.acknowledgedAt));
      saved.add(complaintRow(complaint, complaint.plannedAt));
      saved.add(complaintRow(complaint, complaint.closedAt));
    }
    sheets.writeByYear(Table.COMPLAINTS, dealer, saved);
  }

  private static SavedRow complaintRow(ComplaintCase complaint, long at) {
    return new SavedRow(
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
              ? Money.yuan(complaint.compensationFen)
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
}
