package io.servicelake.contract.vault;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Vault: personal values, each encrypted under its subject's key. */
public final class Secrets {
  private static final Columns C = new Columns();
  public static final Field SUBJECT_ID = C.key(SubjectKeys.SUBJECT_ID);
  public static final Field KIND =
      C.key(
          "kind",
          STRING,
          "Kind",
          "种类",
          "NAME, PHONE, ADDRESS, EMAIL, BIRTHDAY, PLATE, VIN or WORDS.");
  public static final Field TOKEN =
      C.key(
          "token", STRING, "Token", "令牌", "Keyed hash that stands for the value everywhere else.");
  public static final Field CIPHERTEXT =
      C.run(
          "ciphertext",
          STRING,
          "Ciphertext",
          "密文",
          "AES-GCM, nonce first, base64; kind and token as associated data.");
  public static final TableContract TABLE =
      C.table(
          Layer.VAULT,
          "secrets",
          "Secrets",
          "加密个人数据",
          "one row per subject, kind and value",
          "data protection");

  private Secrets() {}
}
