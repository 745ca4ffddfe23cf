package io.servicelake.kpi;

import static io.servicelake.contract.Columns.HOURS;
import static io.servicelake.contract.Columns.LONG;
import static io.servicelake.contract.Columns.MONEY;
import static io.servicelake.kpi.Kpi.Direction.HIGHER;
import static io.servicelake.kpi.Kpi.Direction.NEITHER;

import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.kpi.Kpi.Card;
import io.servicelake.kpi.Kpi.Direction;
import io.servicelake.kpi.Kpi.Ratio;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** Key figures of the workshop: throughput, output, quality, time. */
public final class VisitKpis {
  public static final Ratio REVENUE_PER_ORDER =
      new Ratio(
          card(
              "revenue_per_order",
              "Revenue per repair order",
              "单台产值",
              "CNY per repair order",
              HIGHER,
              null,
              "Net amount of delivered repair orders over their number; the denominator is the throughput, the"
                  + " numerator the output.",
              "来厂台次, 产值 (dealer KPI board)"),
          delivered("sum(net_amount_minor) / 100", MONEY),
          delivered("count(*)", LONG));
  public static final Ratio HOURS_PER_ORDER =
      new Ratio(
          card(
              "hours_per_order",
              "Labour hours per repair order",
              "单台工时",
              "hours per repair order",
              NEITHER,
              null,
              "Flat-rate hours sold over delivered repair orders.",
              "STAR standard: hours per repair order"),
          delivered("sum(flat_rate_hours)", HOURS),
          delivered("count(*)", LONG));
  public static final Ratio ON_TIME_RATE =
      new Ratio(
          card(
              "on_time_rate",
              "On-time delivery",
              "准时交车率",
              "share",
              HIGHER,
              0.95,
              "Delivered by the promised time, of delivered repair orders with a promise.",
              "001: on-time ≥ 95 %"),
          delivered("count_if(promised_at IS NOT NULL AND NOT is_late)", LONG),
          delivered("count_if(promised_at IS NOT NULL)", LONG));
  public static final Ratio APPOINTMENT_SHARE =
      new Ratio(
          card(
              "appointment_share",
              "Appointment share",
              "预约率",
              "share",
              HIGHER,
              0.65,
              "Delivered repair orders that were booked ahead.",
              "001: appointment share 40 → 65 %"),
          delivered("count_if(is_appointment)", LONG),
          delivered("count(*)", LONG));
  public static final Ratio CUSTOMER_PAY_SHARE =
      new Ratio(
          card(
              "customer_pay_share",
              "Customer-pay share",
              "客户付费占比",
              "share",
              NEITHER,
              null,
              "Part of the output that customers pay themselves, against warranty, insurance and internal.",
              "STAR standard: pay type"),
          delivered("sum(customer_pay_amount_minor) / 100", MONEY),
          delivered("sum(net_amount_minor) / 100", MONEY));
  public static final Ratio GENUINE_PARTS_SHARE =
      new Ratio(
          card(
              "genuine_parts_share",
              "Genuine parts share",
              "纯正零配件渗透率",
              "share",
              HIGHER,
              null,
              "Genuine parts of all parts sold, by amount.",
              "004: parts penetration 纯正零配件渗透率"),
          delivered("sum(genuine_parts_amount_minor) / 100", MONEY),
          delivered("sum(parts_amount_minor) / 100", MONEY));
  public static final Ratio MAINTENANCE_SHARE =
      new Ratio(
          card(
              "maintenance_share",
              "Maintenance share",
              "保养台次占比",
              "share",
              NEITHER,
              null,
              "Delivered repair orders with maintenance done.",
              "Dealer KPI board"),
          delivered("count_if(is_maintenance)", LONG),
          delivered("count(*)", LONG));
  public static final Ratio FIRST_TIME_FIX_RATE =
      new Ratio(
          card(
              "first_time_fix_rate",
              "First-time fix",
              "一次修复率",
              "share",
              HIGHER,
              null,
              "Repair jobs whose component or concern did not return within 30 days, counted on the day they mature.",
              "004: 一次修复率"),
          matured("count_if(NOT is_comeback)", LONG),
          matured("count(*)", LONG));
  public static final Ratio LABOUR_EFFICIENCY =
      new Ratio(
          card(
              "labour_efficiency",
              "Labour efficiency",
              "工时效率",
              "flat-rate hours per clocked hour",
              HIGHER,
              null,
              "Flat-rate hours sold over hours clocked on delivered repair orders.",
              "STAR standard: technician efficiency"),
          delivered("sum(flat_rate_hours)", HOURS),
          delivered("sum(clocked_hours)", HOURS));

  /** All of them, as boards show them. */
  public static final List<Ratio> ALL =
      List.of(
          REVENUE_PER_ORDER,
          HOURS_PER_ORDER,
          ON_TIME_RATE,
          APPOINTMENT_SHARE,
          CUSTOMER_PAY_SHARE,
          GENUINE_PARTS_SHARE,
          MAINTENANCE_SHARE,
          FIRST_TIME_FIX_RATE,
          LABOUR_EFFICIENCY);

  private VisitKpis() {}

  static Part delivered(String expression, DataType type) {
    return new Part(ServiceVisits.TABLE, ServiceVisits.DELIVERED_ON, expression, type);
  }

  private static Part matured(String expression, DataType type) {
    return new Part(VisitJobs.TABLE, VisitJobs.MATURES_ON, expression, type);
  }

  static Card card(
      String name,
      String labelEn,
      String labelZh,
      String unit,
      Direction direction,
      Double target,
      String meaning,
      String source) {
    return new Card(
        name, labelEn, labelZh, unit, direction, Optional.ofNullable(target), meaning, source);
  }
}
