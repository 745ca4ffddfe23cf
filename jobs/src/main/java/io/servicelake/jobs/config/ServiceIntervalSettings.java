package io.servicelake.jobs.config;

import java.util.Map;

/** When a vehicle is due where its own interval is not known. */
@Section(
    value = "service_interval",
    meaning = "When a vehicle is due where its own interval is not known: whichever comes first.")
public record ServiceIntervalSettings(
    @Setting(
            by =
                "{ICE: {months: 6, km: 10000}, HEV: {months: 6, km: 10000}, PHEV: {months: 12, km: 10000}, BEV: {months: 12, km: 20000}}",
            meaning = "By powertrain.")
        Map<String, Interval> defaults) {

  /** Months and kilometres between two services. */
  public record Interval(
      @Setting(unit = "months", min = 1, max = 60, meaning = "Months between two services.")
          int months,
      @Setting(unit = "km", min = 1000, max = 100000, meaning = "Distance between two services.")
          int km) {}
}
