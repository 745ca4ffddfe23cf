package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: customer files of the dealers. One person may have several; see CustomerIdentities. */
public final class Customers {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_RECORD_ID =
      C.key(
          "customer_record_id",
          STRING,
          "Customer file",
          "客户档案",
          "Keyed hash of the dealer and its customer number.");
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final Field ACCOUNT_CLASS =
      C.required(
          "account_class",
          STRING,
          "Account class",
          "客户类别",
          "PERSON, FLEET, INSURER or DEALER_INTERNAL.");
  public static final Field NAME_TOKEN =
      C.optional(
          "name_token",
          STRING,
          "Name token",
          "姓名令牌",
          "Keyed hash of the normalised name (width, spaces, case folded).");
  public static final Field PHONE_TOKEN =
      C.optional(
          "phone_token",
          STRING,
          "Phone token",
          "电话令牌",
          "Keyed hash of the normalised phone number.");
  public static final Field EMAIL_TOKEN =
      C.optional(
          "email_token", STRING, "E-mail token", "邮箱令牌", "Keyed hash of the e-mail address.");
  public static final Field ADDRESS_TOKEN =
      C.optional("address_token", STRING, "Address token", "地址令牌", "Keyed hash of the address.");
  public static final Field BIRTH_YEAR =
      C.optional("birth_year", INT, "Birth year", "出生年", "Year only; the day stays in the vault.");
  public static final Field GENDER =
      C.optional("gender", STRING, "Gender", "性别", "FEMALE, MALE; null if not given.");
  public static final Field MEMBER_TIER =
      C.optional(
          "member_tier",
          STRING,
          "Member tier",
          "会员等级",
          "DIAMOND, GOLD, SILVER, BRONZE; null for none.");
  public static final Field DISTANCE_KM =
      C.optional(
          "distance_km", DOUBLE, "Distance", "距离", "Way to the dealer, km; null if unknown.");
  public static final Field REGISTERED_ON =
      C.optional("registered_on", DATE, "Registered on", "建档日期", "Day the file was opened.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "customers",
              "Customer files",
              "客户档案",
              "one row per customer file of a dealer and version",
              "customer relations");

  private Customers() {}
}
