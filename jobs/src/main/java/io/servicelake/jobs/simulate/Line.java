package io.servicelake.jobs.simulate;

/** A line of a repair order; amounts in fen (hundredths of a yuan). */
final class Line {
  static final String LABOUR = "工时";
  static final String PART = "配件";
  static final String CONSUMABLE = "辅料";
  static final String SUBLET = "外包";

  String type = LABOUR;
  String job = "";
  String pay = "";
  String operation = "";
  Component component;
  String part = "";
  double quantity = 1;
  StaffMember technician;
  double flatHours;
  double clockedHours;
  long netFen;
  long costFen;
  boolean costKnown = true;
  boolean genuine;
  boolean customerPart;
  boolean declined;
}
