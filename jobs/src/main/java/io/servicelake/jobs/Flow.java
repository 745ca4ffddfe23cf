package io.servicelake.jobs;

import io.servicelake.jobs.config.Settings;
import java.util.List;

/** The map: every step from bronze to serving, in the order data flows. */
public final class Flow {
  private Flow() {}

  /** The steps of a run. */
  public static List<Step> steps(Settings settings) {
    return List.of();
  }
}
