package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: dealers of the group. */
public final class Dealers {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID =
      C.key("dealer_id", STRING, "Dealer", "经销商", "The group's code of the dealer, upper case.");
  public static final Field DEALER_NAME =
      C.required("dealer_name", STRING, "Dealer name", "经销商名称", "Name of the business.");
  public static final Field BRAND = C.required("brand", STRING, "Brand", "品牌", "Brand it serves.");
  public static final Field REGION =
      C.required("region", STRING, "Region", "大区", "Sales region of the manufacturer.");
  public static final Field CITY =
      C.optional("city", STRING, "City", "城市", "City; null if not given.");
  public static final Field OPENED_ON =
      C.optional("opened_on", DATE, "Opened on", "开业日期", "First day of business; null if unknown.");
  public static final Field BAYS_COUNT =
      C.optional("bays_count", INT, "Bays", "工位数", "Workshop bays; null if unknown.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "dealers",
              "Dealers",
              "经销商",
              "one row per dealer and version",
              "network development");

  private Dealers() {}
}
