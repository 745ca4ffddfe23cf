package io.servicelake.jobs.simulate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers as the dealers' system gives them: by dealer, in order of time. */
final class Numbering {
  private Numbering() {}

  /** Gives files, orders and complaints their numbers. */
  static void number(List<CustomerFile> files, List<Visit> visits, List<ComplaintCase> complaints) {
    Map<Dealer, Integer> last = new HashMap<>();
    files.sort(
        Comparator.comparingLong((CustomerFile file) -> file.openedAt)
            .thenComparingInt(file -> file.person.index));
    for (CustomerFile file : files) {
      file.number = String.format("C%06d", last.merge(file.dealer, 1, Integer::sum));
    }
    visits.sort(
        Comparator.comparingLong((Visit visit) -> visit.receivedAt)
            .thenComparingInt(visit -> visit.person.index)
            .thenComparing(visit -> visit.ownership.vehicle.vin));
    Map<String, Integer> daily = new HashMap<>();
    for (Visit visit : visits) {
      String day = Dates.day(Dates.dayOf(visit.receivedAt), Dates.D2).substring(2);
      int sequence = daily.merge(visit.dealer.code + day, 1, Integer::sum);
      visit.number = "RO" + day + String.format("%03d", sequence);
    }
    last.clear();
    complaints.sort(
        Comparator.comparingLong((ComplaintCase complaint) -> complaint.receivedAt)
            .thenComparing(complaint -> complaint.visit.number));
    for (ComplaintCase complaint : complaints) {
      complaint.number =
          String.format("TS%06d", last.merge(complaint.file.dealer, 1, Integer::sum));
    }
  }
}
