package io.servicelake.jobs.simulate;

/** A call, message or letter; times are local seconds since 1970. */
final class Contact {
  final CustomerFile file;
  final Visit visit;
  String channel = "电话";
  String purpose = "维修回访";
  long dueAt;
  long madeAt = Dates.NEVER;
  boolean reached;
  StaffMember caller;
  int repairMark;
  int attitudeMark;
  int priceMark;
  String outcome = "";
  String remark = "";
  long savedAt;

  /** Visit is null on reminders. */
  Contact(CustomerFile file, Visit visit) {
    this.file = file;
    this.visit = visit;
  }
}
