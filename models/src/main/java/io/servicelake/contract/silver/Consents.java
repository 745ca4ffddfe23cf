package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: consents and refusals of contact. */
public final class Consents {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_RECORD_ID = C.key(Customers.CUSTOMER_RECORD_ID);
  public static final Field CHANNEL =
      C.key("channel", STRING, "Channel", "渠道", "PHONE, SMS, APP, LETTER or ALL.");
  public static final Field IS_GRANTED =
      C.required("is_granted", BOOL, "Granted", "是否同意", "False withdraws.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "consents",
              "Consents",
              "授权",
              "one row per customer file and channel and version",
              "data protection");

  private Consents() {}
}
