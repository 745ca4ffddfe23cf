package io.servicelake.contract.feature;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Feature: what was known of a person at the end of a day. A row stands until the person's next
 * one.
 */
public final class CustomerSnapshots {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key(
          "customer_id",
          STRING,
          "Customer",
          "客户",
          "The person, by the identities known on the day.");
  public static final Field SNAPSHOT_ON =
      C.key("snapshot_on", DATE, "As of", "截至日", "The day; everything known by its end counts.");
  public static final Field HOME_DEALER_ID =
      C.required(
          "home_dealer_id",
          STRING,
          "Home dealer",
          "主要经销商",
          "Dealer of most visit days in 24 months, ties to the latest.");
  public static final Field MEMBER_TIER =
      C.optional("member_tier", STRING, "Member tier", "会员等级", "Highest of the person's files.");
  public static final Field DISTANCE_KM =
      C.optional("distance_km", DOUBLE, "Distance", "距离", "Way to the home dealer, km.");
  public static final Field REGISTERED_ON =
      C.optional("registered_on", DATE, "Registered on", "建档日期", "First file.");
  public static final Field FIRST_VISIT_ON =
      C.required("first_visit_on", DATE, "First visit", "首次进厂", "First visit day in the group.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "Last visit day in the group.");
  public static final Field PREVIOUS_VISIT_ON =
      C.optional(
          "previous_visit_on",
          DATE,
          "Visit before",
          "上次进厂",
          "The visit day before the last; null if there is one only.");
  public static final Field VISITS_COUNT =
      C.required("visits_count", INT, "Visits", "进厂次数", "Visit days ever.");
  public static final Field VISITS_12M_COUNT =
      C.required("visits_12m_count", INT, "Visits, 12 months", "近12月进厂", "Visit days.");
  public static final Field VISITS_24M_COUNT =
      C.required("visits_24m_count", INT, "Visits, 24 months", "近24月进厂", "Visit days.");
  public static final Field MAINTENANCE_24M_COUNT =
      C.required(
          "maintenance_24m_count",
          INT,
          "Maintenance, 24 months",
          "近24月保养",
          "Visit days with maintenance.");
  public static final Field REPAIRS_24M_COUNT =
      C.required(
          "repairs_24m_count", INT, "Repairs, 24 months", "近24月维修", "Visit days with a repair.");
  public static final Field APPOINTMENTS_24M_COUNT =
      C.required(
          "appointments_24m_count",
          INT,
          "Appointments, 24 months",
          "近24月预约",
          "Visit days by appointment.");
  public static final Field DEALERS_24M_COUNT =
      C.required("dealers_24m_count", INT, "Dealers, 24 months", "近24月经销商数", "Dealers visited.");
  public static final Field SEEN_DEALER_IDS =
      C.required("seen_dealer_ids", STRINGS, "Dealers ever visited", "到访经销商", "In their order.");
  public static final Field SEEN_FIRST_ON =
      C.required(
          "seen_first_on", DATES, "First visits by dealer", "各店首次进厂", "As the dealers visited.");
  public static final Field SEEN_LAST_ON =
      C.required(
          "seen_last_on", DATES, "Last visits by dealer", "各店末次进厂", "As the dealers visited.");
  public static final Field MEAN_GAP_DAYS =
      C.optional(
          "mean_gap_days",
          DOUBLE,
          "Mean gap",
          "平均间隔",
          "Days between visit days; null with fewer than 2.");
  public static final Field GAP_SD_DAYS =
      C.optional(
          "gap_sd_days",
          DOUBLE,
          "Gap deviation",
          "间隔标准差",
          "Standard deviation of the gaps; null with fewer than 3 visits.");
  public static final Field LOG_GAPS =
      C.required(
          "log_gaps",
          DOUBLE,
          "Log gaps",
          "间隔对数和",
          "Sum of the natural logarithms of the gaps in days; 0 without one.");
  public static final Field REPEAT_CUSTOMER_PAY_AMOUNT_MINOR =
      C.required(
          "repeat_customer_pay_amount_minor",
          LONG,
          "Own pay after the first visit",
          "复购自付金额",
          "Of all visit days but the first, hundredths.");
  public static final Field NET_12M_AMOUNT_MINOR =
      C.required("net_12m_amount_minor", LONG, "Spent, 12 months", "近12月消费", "Hundredths.");
  public static final Field NET_24M_AMOUNT_MINOR =
      C.required("net_24m_amount_minor", LONG, "Spent, 24 months", "近24月消费", "Hundredths.");
  public static final Field CUSTOMER_PAY_24M_AMOUNT_MINOR =
      C.required(
          "customer_pay_24m_amount_minor", LONG, "Own pay, 24 months", "近24月自付", "Hundredths.");
  public static final Field HIGHEST_PAY_12M_AMOUNT_MINOR =
      C.required(
          "highest_pay_12m_amount_minor",
          LONG,
          "Highest own pay, 12 months",
          "近12月最高自付",
          "Of one visit day, hundredths.");
  public static final Field VEHICLES_COUNT =
      C.required("vehicles_count", INT, "Vehicles", "车辆数", "Vehicles held, not ended.");
  public static final Field HELD_VEHICLE_IDS =
      C.required(
          "held_vehicle_ids",
          STRINGS,
          "Vehicles held",
          "持有车辆",
          "Brought last by the person and not left, in the order of their ids.");
  public static final Field HELD_SINCE_ON =
      C.required(
          "held_since_on",
          DATES,
          "Vehicles held since",
          "各车首次到店",
          "First visit by the person, as the vehicles held.");
  public static final Field HELD_SOLD_ON =
      C.required(
          "held_sold_on",
          DATES,
          "Vehicles sold on",
          "各车销售日",
          "As the vehicles held; the first visit where unknown.");
  public static final Field HELD_WARRANTY_UNTIL_ON =
      C.required(
          "held_warranty_until_on",
          DATES,
          "Warranties until",
          "各车保修截止",
          "As the vehicles held; the first visit where unknown.");
  public static final Field HELD_INTERVAL_MONTHS =
      C.required(
          "held_interval_months",
          INTS,
          "Intervals, months",
          "各车保养间隔月",
          "The maker's, as the vehicles held.");
  public static final Field HELD_INTERVAL_KM =
      C.required(
          "held_interval_km",
          INTS,
          "Intervals, km",
          "各车保养间隔公里",
          "The maker's, as the vehicles held.");
  public static final Field HELD_KM_PER_DAY =
      C.required(
          "held_km_per_day", DOUBLES, "Distances per day", "各车日均里程", "km, as the vehicles held.");
  public static final Field HISTORY_ON =
      C.required(
          "history_on",
          DATES,
          "Visits of vehicles held",
          "在用车辆进厂日",
          "Days of the orders the person brought vehicles held for, in order.");
  public static final Field HISTORY_VEHICLE_NO =
      C.required(
          "history_vehicle_no",
          INTS,
          "Vehicles of these visits",
          "进厂车辆序号",
          "Place among the vehicles held, from 1, as the visits.");
  public static final Field HISTORY_PURPOSE =
      C.required(
          "history_purpose",
          STRINGS,
          "Purposes of these visits",
          "进厂目的",
          "MAINTENANCE, REPAIR, ACCIDENT, OTHER: the first that applies, as the visits.");
  public static final Field HISTORY_ODOMETER_KM =
      C.required(
          "history_odometer_km",
          INTS,
          "Odometers at these visits",
          "进厂里程",
          "As read, km, also implausible; -1 where not read; as the visits.");
  public static final Field HISTORY_CUSTOMER_PAY_AMOUNT_MINOR =
      C.required(
          "history_customer_pay_amount_minor",
          LONGS,
          "Own pay of these visits",
          "进厂自付",
          "Hundredths, of each order, 0 before it was delivered; as the visits.");
  public static final Field AGGRIEVED_ON =
      C.required(
          "aggrieved_on",
          DATES,
          "Aggrieved on",
          "不满日",
          "Days of comebacks, complaints and deliveries more than three hours late, in order.");
  public static final Field VEHICLE_ID =
      C.optional("vehicle_id", STRING, "Main vehicle", "主要车辆", "Vehicle of the last visit.");
  public static final Field MODEL =
      C.optional("model", STRING, "Model", "车型", "Of the main vehicle.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "Of the main vehicle.");
  public static final Field VEHICLE_SOLD_ON =
      C.optional("vehicle_sold_on", DATE, "Vehicle sold on", "车辆销售日", "Of the main vehicle.");
  public static final Field WARRANTY_UNTIL_ON =
      C.optional("warranty_until_on", DATE, "Warranty until", "保修截止", "Of the main vehicle.");
  public static final Field LAST_ODOMETER_KM =
      C.optional("last_odometer_km", INT, "Last odometer", "末次里程", "Of the main vehicle, km.");
  public static final Field KM_PER_DAY =
      C.optional("km_per_day", DOUBLE, "Distance per day", "日均里程", "Of the main vehicle.");
  public static final Field SERVICE_FROM_ON =
      C.optional(
          "service_from_on",
          DATE,
          "Service clock from",
          "保养计时起",
          "Last maintenance of the main vehicle; its last visit where none was seen.");
  public static final Field DUE_ON =
      C.optional(
          "due_on", DATE, "Service due", "保养到期", "Of the main vehicle by its service clock.");
  public static final Field MAKER_DUE_ON =
      C.optional(
          "maker_due_on",
          DATE,
          "Due by the maker",
          "厂家保养到期",
          "Of the main vehicle by the maker's interval alone.");
  public static final Field COMEBACKS_12M_COUNT =
      C.required(
          "comebacks_12m_count",
          INT,
          "Comebacks, 12 months",
          "近12月返修",
          "Repairs that came back within 30 days, by the day they did.");
  public static final Field LATE_DELIVERIES_12M_COUNT =
      C.required(
          "late_deliveries_12m_count",
          INT,
          "Late deliveries, 12 months",
          "近12月超时交车",
          "Visits delivered after the promise.");
  public static final Field LAST_COMEBACK_ON =
      C.optional(
          "last_comeback_on",
          DATE,
          "Last comeback",
          "最近返修",
          "Last day on which a repair came back within 30 days; null for none.");
  public static final Field LAST_LATE_DELIVERY_ON =
      C.optional(
          "last_late_delivery_on",
          DATE,
          "Last late delivery",
          "最近超时交车",
          "Last visit day delivered after the promise; null for none.");
  public static final Field COMPLAINTS_12M_COUNT =
      C.required(
          "complaints_12m_count", INT, "Complaints, 12 months", "近12月投诉", "Complaints received.");
  public static final Field OPEN_COMPLAINTS_COUNT =
      C.required("open_complaints_count", INT, "Open complaints", "未结投诉", "Not closed, as known.");
  public static final Field LAST_COMPLAINT_ON =
      C.optional("last_complaint_on", DATE, "Last complaint", "最近投诉", "Day; null for none.");
  public static final Field OPEN_COMPLAINT_SINCE_ON =
      C.optional(
          "open_complaint_since_on",
          DATE,
          "Complaint open since",
          "未结投诉受理日",
          "Day the oldest complaint not closed was received; null for none.");
  public static final Field SLOWEST_COMPLAINT_12M_DAYS =
      C.optional(
          "slowest_complaint_12m_days",
          INT,
          "Slowest complaint, 12 months",
          "近12月投诉最长处理天数",
          "Longest time from receipt to closing of those received and closed; null for none.");
  public static final Field DECLINED_24M_COUNT =
      C.required(
          "declined_24m_count", INT, "Declined work, 24 months", "近24月拒修", "Components declined.");
  public static final Field REACHED_12M_COUNT =
      C.required(
          "reached_12m_count", INT, "Contacts reached, 12 months", "近12月接通", "Contacts reached.");
  public static final Field MEAN_REPAIR_MARK =
      C.optional(
          "mean_repair_mark",
          DOUBLE,
          "Repair mark",
          "维修效果均分",
          "Mean of 12 months; null without answer.");
  public static final Field MEAN_ATTITUDE_MARK =
      C.optional("mean_attitude_mark", DOUBLE, "Attitude mark", "服务态度均分", "Mean of 12 months.");
  public static final Field MEAN_PRICE_MARK =
      C.optional("mean_price_mark", DOUBLE, "Price mark", "费用合理性均分", "Mean of 12 months.");
  public static final Field PRAISES_12M_COUNT =
      C.required("praises_12m_count", INT, "Praises, 12 months", "近12月表扬", "Contacts with praise.");
  public static final Field EXITED_ON =
      C.optional(
          "exited_on",
          DATE,
          "Exited on",
          "离场日",
          "Last vehicle sold, scrapped or moved by the source; null while one is held.");
  public static final TableContract TABLE =
      C.table(
          Layer.FEATURE,
          "customer_snapshots",
          "Customer snapshots",
          "客户快照",
          "one row per person and day on which it changed; all persons at month ends",
          "data science");

  private CustomerSnapshots() {}
}
