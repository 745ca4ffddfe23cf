package io.servicelake.kpi;

import static io.servicelake.contract.Columns.DOUBLE;
import static io.servicelake.contract.Columns.LONG;
import static io.servicelake.contract.Columns.STRING;
import static io.servicelake.kpi.Kpi.Direction.HIGHER;
import static io.servicelake.kpi.Kpi.Direction.LOWER;
import static io.servicelake.kpi.VisitKpis.card;
import static io.servicelake.kpi.VisitKpis.delivered;

import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.kpi.Kpi.Distinct;
import io.servicelake.kpi.Kpi.Quantile;
import io.servicelake.kpi.Kpi.Ratio;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** Key figures of follow-up, complaints and the customer base. */
public final class CustomerKpis {
  public static final Ratio FOLLOW_UP_RATE =
      new Ratio(
          card(
              "follow_up_rate",
              "Follow-up rate",
              "回访率",
              "share",
              HIGHER,
              null,
              "Follow-up contacts made, of those due.",
              "002: monthly follow-up rate"),
          contact("count_if(purpose = 'FOLLOW_UP' AND is_made)", LONG),
          contact("count_if(purpose = 'FOLLOW_UP')", LONG));
  public static final Ratio REACH_RATE =
      new Ratio(
          card(
              "reach_rate",
              "Reach rate",
              "接通率",
              "share",
              HIGHER,
              null,
              "Contacts that reached the customer, of those made.",
              "002: follow-up call register"),
          contact("count_if(is_made AND is_reached)", LONG),
          contact("count_if(is_made)", LONG));
  public static final Ratio SATISFACTION_RATE =
      new Ratio(
          card(
              "satisfaction_rate",
              "Satisfaction",
              "满意率",
              "share",
              HIGHER,
              0.95,
              "Answers whose repair-effect mark is 4 or 5, of those who gave one.",
              "003: ≥ 95 % is excellent"),
          contact("count_if(repair_mark >= 4)", LONG),
          contact("count(repair_mark)", LONG));
  public static final Ratio PRAISE_RATE =
      new Ratio(
          card(
              "praise_rate",
              "Praise",
              "好评率",
              "share",
              HIGHER,
              null,
              "Contacts reached that ended in praise.",
              "004: 好评率"),
          contact("count_if(outcome = 'PRAISE')", LONG),
          contact("count_if(is_reached)", LONG));
  public static final Ratio COMPLAINT_RATE =
      new Ratio(
          card(
              "complaint_rate",
              "Complaint rate",
              "投诉率",
              "complaints per repair order",
              LOWER,
              null,
              "Complaints received over repair orders delivered on the same days.",
              "002: monthly complaint rate"),
          complaint("count(*)", LONG),
          delivered("count(*)", LONG));
  public static final Ratio COMPLAINT_ACKNOWLEDGED_IN_TIME_RATE =
      new Ratio(
          card(
              "complaint_acknowledged_in_time_rate",
              "Complaints acknowledged in time",
              "投诉及时响应率",
              "share",
              HIGHER,
              null,
              "Complaints answered within the clock profile, of those received; open ones count as late once overdue.",
              "003: response within 1 h"),
          complaint("count_if(acknowledged_at <= acknowledge_due_at)", LONG),
          complaint("count(*)", LONG));
  public static final Ratio COMPLAINT_CLOSED_IN_TIME_RATE =
      new Ratio(
          card(
              "complaint_closed_in_time_rate",
              "Complaints closed in time",
              "投诉及时关闭率",
              "share",
              HIGHER,
              null,
              "Complaints closed within the clock profile, of those received.",
              "001: 48 h closed loop"),
          complaint("count_if(closed_at <= close_due_at)", LONG),
          complaint("count(*)", LONG));
  public static final Ratio COMPLAINT_REOPENED_RATE =
      new Ratio(
          card(
              "complaint_reopened_rate",
              "Complaints reopened",
              "二次投诉率",
              "share",
              LOWER,
              null,
              "Complaints that came back after closing, of those received.",
              "003: 二次投诉"),
          complaint("count_if(is_reopened)", LONG),
          complaint("count(*)", LONG));
  public static final Distinct ACTIVE_CUSTOMERS =
      new Distinct(
          card(
              "active_customers_count",
              "Customers served",
              "到店客户数",
              "customers",
              HIGHER,
              null,
              "Distinct customers with a visit in the month at the dealer.",
              "004: 基盘客户"),
          new Part(ServiceVisits.TABLE, ServiceVisits.VISIT_ON, "customer_id", STRING));
  public static final Quantile COMPLAINT_CLOSE_MEDIAN_HOURS =
      new Quantile(
          card(
              "complaint_close_median_hours",
              "Median hours to close a complaint",
              "投诉关闭中位时长",
              "hours",
              LOWER,
              31.0,
              "Half of the complaints received in the month and closed by now were closed faster.",
              "001: complaint handling 48 → 31 h"),
          complaint("close_hours", DOUBLE),
          0.5);
  public static final Quantile COMPLAINT_CLOSE_P90_HOURS =
      new Quantile(
          card(
              "complaint_close_p90_hours",
              "90 % of complaints closed within",
              "投诉关闭90分位时长",
              "hours",
              LOWER,
              null,
              "Nine of ten complaints received in the month and closed by now were closed faster.",
              "001: complaint handling"),
          complaint("close_hours", DOUBLE),
          0.9);

  /** Ratios, as boards show them. */
  public static final List<Ratio> RATIOS =
      List.of(
          FOLLOW_UP_RATE,
          REACH_RATE,
          SATISFACTION_RATE,
          PRAISE_RATE,
          COMPLAINT_RATE,
          COMPLAINT_ACKNOWLEDGED_IN_TIME_RATE,
          COMPLAINT_CLOSED_IN_TIME_RATE,
          COMPLAINT_REOPENED_RATE);

  /** Figures of a dealer's month that cannot be added up. */
  public static final List<Kpi> MONTHLY =
      List.of(ACTIVE_CUSTOMERS, COMPLAINT_CLOSE_MEDIAN_HOURS, COMPLAINT_CLOSE_P90_HOURS);

  private CustomerKpis() {}

  private static Part contact(String expression, DataType type) {
    return new Part(CustomerContacts.TABLE, CustomerContacts.CONTACT_ON, expression, type);
  }

  private static Part complaint(String expression, DataType type) {
    return new Part(ComplaintCases.TABLE, ComplaintCases.RECEIVED_ON, expression, type);
  }
}
