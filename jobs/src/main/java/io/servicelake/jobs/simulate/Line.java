package io.servicelake.jobs.simulate;

/** A line of a repair order: its type, pay type and job; amounts in fen (hundredths of a yuan). */
final class Line {
  static final String LABOUR = "工时";
  static final String PART = "配件";
  static final String CONSUMABLE = "辅料";
  static final String SUBLET = "外包";

  static final String PAY_CUSTOMER = "客户";
  static final String PAY_WARRANTY = "索赔";
  static final String PAY_INSURANCE = "保险";
  static final String PAY_INTERNAL = "内部";

  static final String MAINTENANCE = "保养";
  static final String REPAIR = "一般维修";
  static final String WARRANTY_REPAIR = "索赔";
  static final String ACCIDENT = "事故";
  static final String RECALL = "召回";
  static final String UPGRADE = "技术升级";
  static final String ACCESSORY = "精品加装";
  static final String ROADSIDE = "道路救援";

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
