package io.servicelake.jobs.simulate;

/** A complaint and its clock; times are local seconds since 1970. */
final class ComplaintCase {
  final CustomerFile file;
  final Visit visit;
  String channel = "";
  String kind = "";
  boolean major;
  long receivedAt;
  long acknowledgedAt;
  long assignedAt;
  long plannedAt;
  long handledAt;
  long calledBackAt;
  long closedAt;
  StaffMember owner;
  long compensationFen = -1;
  boolean reopened;
  Component component;
  String words = "";

  /** Given when the dealer's complaints are numbered. */
  String number = "";

  ComplaintCase(CustomerFile file, Visit visit) {
    this.file = file;
    this.visit = visit;
  }
}
