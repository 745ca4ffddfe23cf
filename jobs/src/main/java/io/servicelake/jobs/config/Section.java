package io.servicelake.jobs.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a record as a section of the configuration; each component is a {@link Setting}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Section {
  /** Path of the section, dots between: {@code churn}. */
  String value();

  /** What the section is about: the comment above it. */
  String meaning();
}
