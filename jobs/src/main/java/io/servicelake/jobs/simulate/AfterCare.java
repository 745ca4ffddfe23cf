package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.Person.Grievance;
import java.util.ArrayList;
import java.util.List;

/** What follows a delivery: the customer's grievance, the follow-up call, a complaint. */
final class AfterCare {
  final List<Contact> contacts = new ArrayList<>();
  final List<ComplaintCase> complaints = new ArrayList<>();

  /** Adds what happened to the person's grievance; returns the worst of it, null if nothing. */
  Grievance judge(Visit visit) {
    Person person = visit.person;
    Draws draws = person.draws;
    int day = Dates.dayOf(visit.deliveredAt);
    double late = 0;
    if (visit.hoursLate() > 0.75) {
      late = Math.min(1.1, 0.25 + 0.10 * visit.hoursLate());
      person.aggrieve(Grievance.LATE, late, day);
    }
    double again = 0;
    if (visit.isComeback) {
      again = 0.8;
      person.aggrieve(Grievance.COMEBACK, again, day);
    }
    double bill = 0;
    double paid = visit.customerPayFen() / 100.0;
    if (paid > person.billToleranceYuan) {
      bill = Math.min(1.2, 0.3 + 0.6 * (paid / person.billToleranceYuan - 1));
      person.aggrieve(Grievance.BILL, bill, day);
    }
    double rude = 0;
    if (draws.chance(
        0.02 + (visit.advisor == null ? 0 : 0.01 * Math.max(0, -visit.advisor.skill)))) {
      visit.isRude = true;
      rude = 0.6;
      person.aggrieve(Grievance.ATTITUDE, rude, day);
    }
    double sum = late + again + bill + rude;
    visit.mood = (sum == 0 ? 0.3 : 0) - sum + person.mildness;
    if (sum == 0) {
      return null;
    }
    double worst = Math.max(Math.max(late, again), Math.max(bill, rude));
    return worst == late
        ? Grievance.LATE
        : worst == again ? Grievance.COMEBACK : worst == bill ? Grievance.BILL : Grievance.ATTITUDE;
  }

  /** The follow-up call on a delivered order. */
  void followUp(Visit visit, CustomerFile file, Grievance worst) {
    Person person = visit.person;
    Draws draws = person.draws;
    Dealer dealer = visit.dealer;
    Contact contact = new Contact(file, visit);
    contact.dueAt = visit.deliveredAt + dealer.callAfterHours * 3600L;
    contact.savedAt = contact.dueAt + 5 * 86_400L;
    contacts.add(contact);
    if (!draws.chance(dealer.callsMade)) {
      return;
    }
    contact.channel = draws.chance(0.86) ? "电话" : draws.chance(0.6) ? "短信" : "APP";
    int madeDay = Dates.dayOf(contact.dueAt) + (draws.chance(0.8) ? 0 : 1 + draws.below(4));
    contact.madeAt = Dates.at(madeDay, 9 * 60 + draws.below(9 * 60));
    contact.savedAt = contact.madeAt + 60L * (2 + draws.below(20));
    contact.caller = dealer.assign(StaffMember.Role.CALLER, madeDay, 0, draws);
    double answers = person.responsiveness * (visit.mood < -0.5 ? 0.75 : 1);
    contact.reached = draws.chance(answers);
    if (!contact.reached) {
      return;
    }
    double bias = person.mildness;
    boolean stillFaulty = visit.ownership.vehicle.faultyUntilDay >= madeDay;
    double repair = 4.6 + bias - (visit.isComeback ? 0.8 : 0) - (stillFaulty ? 1.1 : 0);
    double attitude =
        4.6 + bias - (visit.isRude ? 1.6 : 0) - Math.min(1.2, visit.hoursLate() * 0.15);
    double price = 4.3 + bias - (worst == Grievance.BILL ? 1.4 : 0) - 0.6 * person.priceSensitivity;
    contact.repairMark = draws.chance(0.9) ? mark(repair, draws) : 0;
    contact.attitudeMark = draws.chance(0.9) ? mark(attitude, draws) : 0;
    contact.priceMark = draws.chance(0.85) ? mark(price, draws) : 0;
    if (worst != null && draws.chance(0.35)) {
      contact.outcome = draws.chance(0.5) ? "抱怨" : "批评";
      contact.remark = Words.grievance(worst, person.speaksEnglish, draws);
    } else if (draws.chance(0.05)) {
      contact.outcome = "建议";
      contact.remark = Words.suggestion(person.speaksEnglish, draws);
    } else if (worst == null && draws.chance(0.10 + 0.04 * technicianSkill(visit))) {
      contact.outcome = "表扬";
      contact.remark = Words.praise(person.speaksEnglish, draws);
    } else {
      contact.outcome = "无";
    }
    if (!contact.remark.isEmpty() && draws.chance(0.02)) {
      contact.remark += "，请回电" + person.phone;
    }
  }

  private static double technicianSkill(Visit visit) {
    double sum = 0;
    for (StaffMember technician : visit.repairedBy.values()) {
      sum += technician.skill;
    }
    return visit.repairedBy.isEmpty() ? 0 : Math.max(-2, sum / visit.repairedBy.size());
  }

  private static int mark(double level, Draws draws) {
    return (int) Math.max(1, Math.min(5, Math.round(level + 0.7 * draws.normal())));
  }

  /** A reminder that a service is due. */
  void remind(CustomerFile file, int day, boolean reached, Draws draws) {
    Contact contact = new Contact(file, null);
    contact.purpose = "保养提醒";
    contact.channel = draws.chance(0.6) ? "短信" : draws.chance(0.5) ? "电话" : "信函";
    contact.dueAt = Dates.at(day, 9 * 60);
    contact.madeAt = Dates.at(day, 9 * 60 + draws.below(8 * 60));
    contact.savedAt = contact.madeAt + 120;
    contact.caller = file.dealer.assign(StaffMember.Role.CALLER, day, 0, draws);
    contact.reached = reached;
    contact.outcome = reached ? "无" : "";
    contacts.add(contact);
  }

  /** Perhaps a complaint; handled badly it aggrieves once more. */
  void complain(Visit visit, CustomerFile file, Grievance worst) {
    Person person = visit.person;
    Draws draws = person.draws;
    double weight = Math.max(0, -visit.mood);
    if (!draws.chance(worst == null ? 0.003 : 0.05 + 0.12 * Math.min(1.5, weight))) {
      return;
    }
    Grievance source = worst == null ? Grievance.COMPLAINT : worst;
    Dealer dealer = visit.dealer;
    ComplaintCase complaint = new ComplaintCase(file, visit);
    complaint.kind =
        switch (source) {
          case LATE -> draws.chance(0.7) ? "服务态度" : "维修效果";
          case COMEBACK -> draws.chance(0.7) ? "重复维修" : "维修效果";
          case COMPLAINT -> "配件质量";
          case BILL -> "费用争议";
          case ATTITUDE -> "服务态度";
        };
    complaint.channel =
        List.of("热线", "APP", "微信", "前台", "短视频").get(draws.weighted(0.42, 0.12, 0.2, 0.22, 0.04));
    complaint.major = draws.chance(0.06 + 0.10 * Math.min(1, weight));
    int day = Dates.dayOf(visit.deliveredAt) + (int) draws.exponential(2.5);
    complaint.receivedAt =
        Math.max(
            visit.deliveredAt + 600,
            Dates.at(day, 9 * 60 + draws.below(10 * 60)) + draws.below(60));
    double slow = dealer.complaintSpeed;
    complaint.acknowledgedAt = complaint.receivedAt + seconds(draws.logNormal(0.6 * slow, 0.9));
    complaint.assignedAt = complaint.acknowledgedAt + seconds(draws.logNormal(1.2 * slow, 0.8));
    complaint.plannedAt = complaint.assignedAt + seconds(draws.logNormal(9 * slow, 0.9));
    complaint.handledAt =
        complaint.plannedAt + seconds(draws.logNormal(14 * slow * (complaint.major ? 2 : 1), 1.0));
    complaint.calledBackAt = complaint.handledAt + seconds(draws.logNormal(20, 0.7));
    complaint.closedAt = complaint.calledBackAt + seconds(draws.logNormal(3, 0.8));
    int receivedDay = Dates.dayOf(complaint.receivedAt);
    complaint.owner =
        dealer.assign(
            complaint.major ? StaffMember.Role.MANAGER : StaffMember.Role.ADVISOR,
            receivedDay,
            0,
            draws);
    complaint.reopened = draws.chance(0.06);
    if (draws.chance(complaint.major ? 0.6 : 0.18)) {
      complaint.compensationFen = 5000L * (1 + draws.below(complaint.major ? 30 : 8));
    }
    complaint.component = visit.concern;
    complaint.words = Words.grievance(source, person.speaksEnglish, draws);
    complaints.add(complaint);
    double hours = (complaint.closedAt - complaint.receivedAt) / 3600.0;
    person.aggrieve(
        Grievance.COMPLAINT,
        hours > 96 || complaint.reopened ? 0.9 : complaint.compensationFen > 0 ? 0 : 0.25,
        Dates.dayOf(complaint.receivedAt));
  }

  private static long seconds(double hours) {
    return Math.max(60, Math.round(hours * 3600));
  }
}
