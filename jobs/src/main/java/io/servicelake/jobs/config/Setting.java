package io.servicelake.jobs.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key of the configuration. The name of the record component in snake case is the key; its type
 * is the type of the value (text, boolean, int, long, double, ZoneId, LocalDate, Optional, List,
 * Map by name, a record of settings).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** Default in HOCON; empty for an Optional and for a record, which has defaults of its own. */
  String by() default "";

  /** Unit of the value: days, rows, share; empty if it has none. */
  String unit() default "";

  /** What it does: the comment above it. */
  String meaning();

  /** Smallest number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;

  /** Words allowed; empty for any. */
  String[] oneOf() default {};
}
