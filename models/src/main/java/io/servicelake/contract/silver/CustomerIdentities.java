package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: which person each customer file belongs to, as known now. */
public final class CustomerIdentities {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_RECORD_ID = C.key(Customers.CUSTOMER_RECORD_ID);
  public static final Field CUSTOMER_ID =
      C.required(
          "customer_id",
          STRING,
          "Customer",
          "客户",
          "customer_record_id of the person's earliest known file.");
  public static final Field ACCOUNT_CLASS = C.with(Customers.ACCOUNT_CLASS);
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final TableContract TABLE =
      C.table(
          Layer.SILVER,
          "customer_identities",
          "Customer identities",
          "客户身份",
          "one row per customer file",
          "customer relations");

  private CustomerIdentities() {}
}
