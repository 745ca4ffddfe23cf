package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Serving, apart: how to reach the customers of the win-back list, and who calls. Decrypted at
 * publishing for the role that may call; never stored in the lake.
 */
public final class WinbackContacts {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_NAME =
      C.optional("customer_name", STRING, "Name", "姓名", "From the latest customer file.");
  public static final Field PHONE =
      C.optional("phone", STRING, "Phone", "电话", "From the latest customer file.");
  public static final Field RANK_NO =
      C.required("rank_no", INT, "Rank", "排名", "Within the dealer.");
  public static final Field REASON_CODE_1 =
      C.required("reason_code_1", STRING, "First reason", "首要原因", "Association, not cause.");
  public static final Field CAMPAIGN_ID = C.with(WinbackList.CAMPAIGN_ID);
  public static final Field TASK = C.with(WinbackList.TASK);
  public static final Field OFFER_CODE = C.with(WinbackList.OFFER_CODE);
  public static final Field OFFER_LABEL_ZH = C.with(WinbackList.OFFER_LABEL_ZH);
  public static final Field CALLER_ROLE = C.with(WinbackList.CALLER_ROLE);
  public static final Field CALLER_ID = C.with(WinbackList.CALLER_ID);
  public static final Field CALLER_NAME =
      C.optional(
          "caller_name",
          STRING,
          "Caller's name",
          "联系人姓名",
          "Null for anybody of the role, and where the vault has no name of the member of staff.");
  public static final Field EVIDENCE_ZH =
      C.required("evidence_zh", STRING, "Evidence, Chinese", "依据", "What the reasons rest on.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING_CONTACT,
          "winback_contacts",
          "Win-back contacts",
          "挽回联系方式",
          "one row per person of the win-back list who is still to be called",
          "marketing");

  private WinbackContacts() {}
}
