package io.servicelake.contract.vault;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Vault: one data key per subject, wrapped by the master key. Destroying the row forgets the
 * subject.
 */
public final class SubjectKeys {
  private static final Columns C = new Columns();
  public static final Field SUBJECT_ID =
      C.key("subject_id", STRING, "Subject", "主体", "customer_record_id, vehicle_id or staff_id.");
  public static final Field WRAPPED_KEY =
      C.run(
          "wrapped_key",
          STRING,
          "Wrapped key",
          "封装密钥",
          "AES-256 key, AES-GCM encrypted by the master key, base64.");
  public static final TableContract TABLE =
      C.table(
          Layer.VAULT,
          "subject_keys",
          "Subject keys",
          "主体密钥",
          "one row per subject",
          "data protection");

  private SubjectKeys() {}
}
