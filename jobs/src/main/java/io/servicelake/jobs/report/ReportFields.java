package io.servicelake.jobs.report;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import org.apache.spark.sql.types.DataType;

/** Columns that stand in the page alone, beside those of the serving tables. */
final class ReportFields {
  static final Field IS_LAST_YEAR = bool("is_last_year", "Last 12 months", "近12个月");
  static final Field CUSTOMERS_COUNT = number("customers_count", "Customers", "客户数");
  static final Field CORE_COUNT = number("core_count", "Core customers", "核心客户");
  static final Field HELD_COUNT = number("held_count", "Held back", "暂缓联系");
  static final Field VEHICLES_COUNT = number("vehicles_count", "Vehicles", "车辆数");
  static final Field IS_OVERDUE = bool("is_overdue", "Overdue", "已超期");
  static final Field SPREAD_SQUARED = decimal("spread_squared", "Spread, squared", "离差平方");
  static final Field TECHNICIANS_COUNT = number("technicians_count", "Technicians", "技师数");
  static final Field COMPLAINTS_COUNT = number("complaints_count", "Complaints", "投诉数");
  static final Field AGE_BAND = text("age_band", "Age", "历时");
  static final Field WEEK_ON = text("week_on", "Week", "周");
  static final Field DUTIES_COUNT = number("duties_count", "Duties", "回访任务");
  static final Field GROUPS_COUNT = number("groups_count", "Groups", "组数");
  static final Field DISCOUNT_FLAGS = text("discount_flags", "Discount to be looked at", "优惠需复核");
  static final Field SHARE_FLAGS = text("share_flags", "Share to be looked at", "比例需复核");
  static final Field ORDER_NO = number("order_no", "Order", "序号");

  private ReportFields() {}

  private static Field number(String name, String labelEn, String labelZh) {
    return derived(name, Columns.LONG, labelEn, labelZh);
  }

  private static Field decimal(String name, String labelEn, String labelZh) {
    return derived(name, Columns.DOUBLE, labelEn, labelZh);
  }

  private static Field bool(String name, String labelEn, String labelZh) {
    return derived(name, Columns.BOOL, labelEn, labelZh);
  }

  private static Field text(String name, String labelEn, String labelZh) {
    return derived(name, Columns.STRING, labelEn, labelZh);
  }

  private static Field derived(String name, DataType type, String labelEn, String labelZh) {
    return new Field(name, type, true, labelEn, labelZh, "Of the report.");
  }
}
