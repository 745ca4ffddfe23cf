package io.servicelake.jobs;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.score.CustomerStates;
import io.servicelake.contract.score.VehicleStates;
import io.servicelake.jobs.config.ModelSettings;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.feature.SnapshotsAsOf;
import io.servicelake.transform.score.StateCustomers;
import io.servicelake.transform.score.StateVehicles;
import java.util.List;

/**
 * The steps that read the states of the service clock off snapshots, for the as-of day and those
 * month ends kept that are not stored yet or that changes reach.
 */
final class StateSteps {
  private StateSteps() {}

  static Step vehicleStates() {
    return Step.to(VehicleStates.TABLE)
        .from(VehicleSnapshots.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models")
        .merge(VehicleStates.SCORED_ON)
        .by(
            (in, run) -> {
              SnapshotDays days =
                  SnapshotDays.of(
                      VehicleStates.TABLE,
                      run.settings(ModelSettings.class).snapshotMonths(),
                      List.of(),
                      List.of(VehicleSnapshots.TABLE),
                      in,
                      run);
              return StateVehicles.compute(FeatureSteps.vehicles(in, days));
            });
  }

  static Step customerStates() {
    return Step.to(CustomerStates.TABLE)
        .from(CustomerSnapshots.TABLE, VehicleStates.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models")
        .merge(CustomerStates.SCORED_ON)
        .by(
            (in, run) -> {
              SnapshotDays days =
                  SnapshotDays.of(
                      CustomerStates.TABLE,
                      run.settings(ModelSettings.class).snapshotMonths(),
                      List.of(),
                      List.of(CustomerSnapshots.TABLE, VehicleStates.TABLE),
                      in,
                      run);
              return StateCustomers.compute(
                  SnapshotsAsOf.onDays(
                      CustomerSnapshots.TABLE, in.get(CustomerSnapshots.TABLE), days.rows()),
                  in.get(VehicleStates.TABLE)
                      .join(
                          days.rows()
                              .select(
                                  AsOfDays.SNAPSHOT_ON.col().as(VehicleStates.SCORED_ON.name())),
                          new String[] {VehicleStates.SCORED_ON.name()}));
            });
  }
}
