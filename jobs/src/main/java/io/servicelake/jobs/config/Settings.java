package io.servicelake.jobs.config;

import java.time.ZoneId;

/** The configuration. */
public final class Settings {

  /** The record of a section. */
  public <R extends Record> R get(Class<R> section) {
    throw new UnsupportedOperationException(section.getName());
  }

  /** The lake's zone. */
  public ZoneId zone() {
    return ZoneId.of("Asia/Shanghai");
  }
}
