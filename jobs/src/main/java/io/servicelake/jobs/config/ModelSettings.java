package io.servicelake.jobs.config;

import io.servicelake.transform.feature.ServiceInterval;
import java.util.List;

/** What the features and models are computed with. */
@Section(value = "models", meaning = "Features and models.")
public record ModelSettings(
    @Setting(by = "20260101", meaning = "Seed of every draw.") long seed,
    @Setting(
            by = "30",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full snapshots of customers and vehicles are kept.")
        int snapshotMonths,
    @Setting(
            by = "15",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full component snapshots are kept.")
        int componentMonths,
    @Setting(
            by = "2",
            unit = "months",
            min = 1,
            max = 120,
            meaning = "Month ends for which full technician snapshots are kept.")
        int technicianMonths,
    @Setting(
            by =
                "[BRAKE_PAD, BATTERY_12V, TYRE, SUSPENSION, AC, ENGINE, TRANSMISSION, ELECTRICAL, COOLING, STEERING,"
                    + " WIPER, HV_BATTERY]",
            meaning = "Components whose repairs are predicted.")
        List<String> watchedComponents,
    @Setting(
            by = "12",
            unit = "months",
            min = 1,
            meaning = "Service interval where the vehicle names none.")
        int intervalMonths,
    @Setting(
            by = "10000",
            unit = "km",
            min = 1000,
            meaning = "Service interval where the vehicle names none.")
        int intervalKm,
    @Setting(
            by = "0.5",
            unit = "probability",
            min = 0,
            max = 1,
            meaning = "Loss probability from which a person is on the win-back list.")
        double winbackProbability) {

  /** Service intervals where the vehicle names none. */
  public List<ServiceInterval> intervals() {
    return List.of(new ServiceInterval(ServiceInterval.ANY, intervalMonths, intervalKm));
  }
}
