package io.servicelake.transform.silver;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The unit a source gives a number in, with the unit of the lake it becomes. */
public enum Unit {
  /** Units of the currency, such as yuan. */
  MAJOR("_amount_minor", "100", "1"),
  /** Hundredths of the currency. */
  MINOR("_amount_minor", "1", "1"),
  KM("_km", "1", "1"),
  MILES("_km", "1.609344", "1"),
  METRES("_km", "1", "1000"),
  HOURS("_hours", "1", "1"),
  MINUTES("_hours", "1", "60"),
  SECONDS("_hours", "1", "3600"),
  PERCENT("_rate", "1", "100");

  private final String suffix;
  private final BigDecimal factor;
  private final BigDecimal divisor;

  Unit(String suffix, String factor, String divisor) {
    this.suffix = suffix;
    this.factor = new BigDecimal(factor);
    this.divisor = new BigDecimal(divisor);
  }

  /** Suffix of the columns it can be converted to. */
  public String suffix() {
    return suffix;
  }

  /** What a value is multiplied by. */
  public BigDecimal factor() {
    return factor;
  }

  /** What a value is divided by. */
  public BigDecimal divisor() {
    return divisor;
  }

  /** The unit of that name in a mapping: {@code major}, {@code miles}. */
  public static Optional<Unit> byId(String id) {
    return Arrays.stream(values()).filter(unit -> unit.id().equals(id)).findFirst();
  }

  /** Name in a mapping. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
