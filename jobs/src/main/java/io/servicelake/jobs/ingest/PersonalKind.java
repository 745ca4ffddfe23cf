package io.servicelake.jobs.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of values that must not stand in the lake as they are. */
public enum PersonalKind {
  /** A customer's number at a dealer; becomes customer_record_id. */
  CUSTOMER(true, false),
  /** A staff number at a dealer; becomes staff_id. */
  STAFF(true, false),
  /** Vehicle number; becomes vehicle_id. Its first 8 characters stay as {@code <column>.head}. */
  VIN(true, true),
  PLATE(false, true),
  NAME(false, true),
  PHONE(false, true),
  EMAIL(false, true),
  ADDRESS(false, true),
  /** Only the year stays. */
  BIRTHDAY(false, true),
  /** Free text: a copy with personal values masked stays. */
  WORDS(false, true);

  private final boolean isSubject;
  private final boolean isSecret;

  PersonalKind(boolean isSubject, boolean isSecret) {
    this.isSubject = isSubject;
    this.isSecret = isSecret;
  }

  /** True if its token names somebody or something that other values belong to. */
  public boolean isSubject() {
    return isSubject;
  }

  /** True if it is a number that the source gives to somebody. */
  public boolean isNumber() {
    return this == CUSTOMER || this == STAFF;
  }

  /** True if the value is kept in the vault. */
  public boolean isSecret() {
    return isSecret;
  }

  /** The kind of that name in a mapping. */
  public static Optional<PersonalKind> byId(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
  }

  /** Name in a mapping. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
