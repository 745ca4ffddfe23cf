package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: parts master. */
public final class Parts {
  private static final Columns C = new Columns();
  public static final Field PART_ID =
      C.key("part_id", STRING, "Part", "配件号", "Part number, upper case.");
  public static final Field PART_NAME =
      C.optional("part_name", STRING, "Part name", "配件名称", "Name in the catalogue.");
  public static final Field COMPONENT_CODE =
      C.optional(
          "component_code",
          STRING,
          "Component",
          "部件",
          "Component it belongs to; null if not mapped.");
  public static final Field UNIT_COST_AMOUNT_MINOR =
      C.optional(
          "unit_cost_amount_minor", LONG, "Unit cost", "单位成本", "Hundredths; null if unknown.");
  public static final Field IS_WEAR_PART =
      C.optional(
          "is_wear_part", BOOL, "Wear part", "易损件", "True if replaced by wear; null if unknown.");
  public static final TableContract TABLE =
      C.versioned()
          .table(Layer.SILVER, "parts", "Parts", "配件", "one row per part and version", "parts");

  private Parts() {}
}
