package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: lines of repair orders: labour, parts, consumables, sublet work. */
public final class RepairOrderLines {
  private static final Columns C = new Columns();
  public static final Field LINE_ID =
      C.key("line_id", STRING, "Line", "明细", "Repair order and line number, hash sign between.");
  public static final Field REPAIR_ORDER_ID = C.with(RepairOrders.REPAIR_ORDER_ID);
  public static final Field LINE_TYPE =
      C.required("line_type", STRING, "Line type", "行类型", "LABOUR, PART, CONSUMABLE or SUBLET.");
  public static final Field JOB_TYPE =
      C.required(
          "job_type",
          STRING,
          "Job type",
          "作业类型",
          "MAINTENANCE, REPAIR, ACCIDENT, RECALL, UPGRADE, ACCESSORY, ROADSIDE or OTHER.");
  public static final Field PAY_TYPE =
      C.required(
          "pay_type", STRING, "Pay type", "付费类型", "CUSTOMER, WARRANTY, INSURANCE or INTERNAL.");
  public static final Field OPERATION_CODE =
      C.optional(
          "operation_code", STRING, "Operation", "项目代码", "Labour operation; null on other lines.");
  public static final Field COMPONENT_CODE =
      C.optional(
          "component_code",
          STRING,
          "Component",
          "部件",
          "Component worked on; null if the source has none.");
  public static final Field PART_ID =
      C.optional("part_id", STRING, "Part", "配件号", "Part number; null on labour.");
  public static final Field QUANTITY =
      C.required("quantity", DOUBLE, "Quantity", "数量", "Pieces, or 1; negative on a reversal.");
  public static final Field TECHNICIAN_ID =
      C.optional(
          "technician_id",
          STRING,
          "Technician",
          "技师",
          "staff_id of the technician; null if not given.");
  public static final Field FLAT_RATE_HOURS =
      C.optional(
          "flat_rate_hours", DOUBLE, "Flat-rate hours", "定额工时", "Hours sold; null on other lines.");
  public static final Field CLOCKED_HOURS =
      C.optional(
          "clocked_hours", DOUBLE, "Clocked hours", "实际工时", "Hours worked; null if not clocked.");
  public static final Field NET_AMOUNT_MINOR =
      C.required(
          "net_amount_minor",
          LONG,
          "Net amount",
          "金额",
          "Charged, without tax, hundredths; negative on a reversal.");
  public static final Field COST_AMOUNT_MINOR =
      C.optional("cost_amount_minor", LONG, "Cost", "成本", "Cost, hundredths; null if unknown.");
  public static final Field CURRENCY =
      C.required("currency", STRING, "Currency", "币种", "ISO 4217 code.");
  public static final Field IS_GENUINE_PART =
      C.optional(
          "is_genuine_part", BOOL, "Genuine part", "正厂件", "Part of the maker; null on labour.");
  public static final Field IS_CUSTOMER_PART =
      C.required(
          "is_customer_part",
          BOOL,
          "Customer's own part",
          "客户自带件",
          "True if the customer brought it (no warranty).");
  public static final Field IS_DECLINED =
      C.required(
          "is_declined",
          BOOL,
          "Declined",
          "拒修",
          "True if advised and refused: not done, not charged.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "repair_order_lines",
              "Repair order lines",
              "工单明细",
              "one row per line of a repair order and version",
              "after-sales operations");

  private RepairOrderLines() {}
}
