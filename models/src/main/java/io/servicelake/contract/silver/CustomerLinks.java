package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Silver: pairs of customer files that agree on a rule of evidence: the audit of merges and
 * un-merges.
 */
public final class CustomerLinks {
  private static final Columns C = new Columns();
  public static final Field RECORD_A =
      C.key("record_a", STRING, "File A", "档案A", "The smaller customer_record_id of the pair.");
  public static final Field RECORD_B =
      C.key("record_b", STRING, "File B", "档案B", "The larger customer_record_id of the pair.");
  public static final Field RULE =
      C.key("rule", STRING, "Rule", "规则", "Evidence that agrees, e.g. phone+name.");
  public static final Field KNOWN_AT = C.key(Versioned.KNOWN_AT);
  public static final Field SUPERSEDED_AT = C.with(Versioned.SUPERSEDED_AT);
  public static final TableContract TABLE =
      C.table(
          Layer.SILVER,
          "customer_links",
          "Customer links",
          "客户合并依据",
          "one row per pair of files, rule and time the evidence began",
          "customer relations");

  private CustomerLinks() {}
}
