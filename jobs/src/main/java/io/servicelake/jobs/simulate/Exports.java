package io.servicelake.jobs.simulate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what happened into the sheets of the dealers' system, up to the last day. */
final class Exports {
  private final Group group;
  private final Period period;
  private final Dirt dirt;
  private final MasterSheets master;
  private final OrderSheets orders;
  private final CareSheets care;

  Exports(Group group, Period period, long seed, Dirt dirt, SheetWriter writer) {
    this.group = group;
    this.period = period;
    this.dirt = dirt;
    SheetFiles sheets = new SheetFiles(period, dirt, writer);
    this.master = new MasterSheets(period, seed, dirt, sheets);
    this.orders = new OrderSheets(period, sheets);
    this.care = new CareSheets(period, sheets);
  }

  /** Writes all sheets of numbered files, orders and complaints. */
  void write(
      List<CustomerFile> files,
      List<Visit> visits,
      List<Contact> contacts,
      List<ComplaintCase> complaints)
      throws IOException {
    dirt.planReadings(readings(visits));
    master.writeDealers(group.dealers);
    master.writeParts();
    for (Dealer dealer : group.dealers) {
      master.writeStaff(dealer);
      List<CustomerFile> own = files.stream().filter(file -> file.dealer == dealer).toList();
      master.writeCustomers(dealer, own);
      master.writeVehicles(dealer, own);
      master.writeConsents(dealer, own);
      orders.writeOrders(
          dealer,
          visits.stream()
              .filter(visit -> visit.dealer == dealer && visit.receivedAt <= period.endSecond())
              .toList());
      care.writeContacts(
          dealer, contacts.stream().filter(contact -> contact.file.dealer == dealer).toList());
      care.writeComplaints(
          dealer,
          complaints.stream()
              .filter(
                  complaint ->
                      complaint.file.dealer == dealer
                          && complaint.acknowledgedAt <= period.endSecond())
              .toList());
    }
  }

  /** Orders with a reading by vehicle. */
  private Collection<List<Visit>> readings(List<Visit> visits) {
    Map<String, List<Visit>> byVehicle = new LinkedHashMap<>();
    for (Visit visit : visits) {
      if (visit.receivedAt <= period.endSecond() && visit.kmRead && !visit.cancelled) {
        byVehicle.computeIfAbsent(visit.ownership.vehicle.vin, vin -> new ArrayList<>()).add(visit);
      }
    }
    return byVehicle.values();
  }
}
