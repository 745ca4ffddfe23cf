package io.servicelake.jobs.config;

import io.servicelake.transform.feature.ServiceInterval;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** When a vehicle is due where its own interval is not known. */
@Section(
    value = "service_interval",
    meaning = "When a vehicle is due where its own interval is not known: whichever comes first.")
public record ServiceIntervalSettings(
    @Setting(
            by =
                "{ICE: {months: 6, km: 10000}, HEV: {months: 6, km: 10000}, PHEV: {months: 12, km: 10000}, BEV: {months: 12, km: 20000}, \"*\": {months: 12, km: 10000}}",
            meaning = "By powertrain; * stands for all others.")
        Map<String, Interval> defaults,
    @Setting(
            by = "[]",
            meaning =
                "By model, before those by powertrain; powertrain * stands for all of the model:"
                    + " [{model: X, powertrain: BEV, months: 12, km: 20000}].")
        List<OfModel> models) {

  /** The defaults as features take them. */
  public List<ServiceInterval> intervals() {
    Stream<ServiceInterval> byPowertrain =
        defaults.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                one ->
                    new ServiceInterval(
                        ServiceInterval.ANY,
                        one.getKey(),
                        one.getValue().months(),
                        one.getValue().km()));
    Stream<ServiceInterval> byModel =
        models.stream()
            .map(one -> new ServiceInterval(one.model(), one.powertrain(), one.months(), one.km()));
    return Stream.concat(byModel, byPowertrain).toList();
  }

  /** Months and kilometres between two services of a model. */
  public record OfModel(
      @Setting(meaning = "The model, as the sources name it.") String model,
      @Setting(by = "\"*\"", meaning = "ICE, HEV, PHEV, BEV, or * for all others of the model.")
          String powertrain,
      @Setting(unit = "months", min = 1, max = 60, meaning = "Months between two services.")
          int months,
      @Setting(unit = "km", min = 1000, max = 100000, meaning = "Distance between two services.")
          int km) {}

  /** Months and kilometres between two services. */
  public record Interval(
      @Setting(unit = "months", min = 1, max = 60, meaning = "Months between two services.")
          int months,
      @Setting(unit = "km", min = 1000, max = 100000, meaning = "Distance between two services.")
          int km) {}
}
