package io.servicelake.jobs;

import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.jobs.config.ComponentSettings;
import io.servicelake.jobs.config.ModelSettings;
import io.servicelake.jobs.config.ServiceIntervalSettings;
import io.servicelake.transform.feature.SnapshotComponents;
import io.servicelake.transform.feature.SnapshotCustomers;
import io.servicelake.transform.feature.SnapshotTechnicians;
import io.servicelake.transform.feature.SnapshotVehicles;
import io.servicelake.transform.feature.SnapshotsAsOf;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.silver.ResolveCustomers;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The steps that take snapshots: what was known of a subject at the end of a day. */
final class FeatureSteps {
  private FeatureSteps() {}

  static Step vehicleSnapshots() {
    return Step.to(VehicleSnapshots.TABLE)
        .from(
            VisitVersions.TABLE,
            Vehicles.TABLE,
            VehicleOwnerships.TABLE,
            Customers.TABLE,
            CustomerLinks.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models", "service_interval")
        .merge(VehicleSnapshots.SNAPSHOT_ON)
        .by(
            (in, run) -> {
              ModelSettings models = run.settings(ModelSettings.class);
              SnapshotDays days =
                  SnapshotDays.of(
                      VehicleSnapshots.TABLE,
                      models.snapshotMonths(),
                      List.of(
                          VisitVersions.TABLE,
                          Vehicles.TABLE,
                          VehicleOwnerships.TABLE,
                          Customers.TABLE,
                          CustomerLinks.TABLE),
                      List.of(),
                      in,
                      run);
              return days.changed(
                  SnapshotVehicles.compute(
                      days.rows(),
                      identities(in, days),
                      in.get(VisitVersions.TABLE),
                      in.get(Vehicles.TABLE),
                      in.get(VehicleOwnerships.TABLE),
                      run.settings(ServiceIntervalSettings.class).intervals(),
                      PaceRules.USUAL,
                      run.zone()));
            });
  }

  static Step customerSnapshots() {
    return Step.to(CustomerSnapshots.TABLE)
        .from(
            VisitVersions.TABLE,
            Complaints.TABLE,
            Contacts.TABLE,
            VehicleOwnerships.TABLE,
            Customers.TABLE,
            CustomerLinks.TABLE,
            VehicleSnapshots.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models")
        .merge(CustomerSnapshots.SNAPSHOT_ON)
        .by(
            (in, run) -> {
              SnapshotDays days =
                  SnapshotDays.of(
                      CustomerSnapshots.TABLE,
                      run.settings(ModelSettings.class).snapshotMonths(),
                      List.of(
                          VisitVersions.TABLE,
                          Complaints.TABLE,
                          Contacts.TABLE,
                          VehicleOwnerships.TABLE,
                          Customers.TABLE,
                          CustomerLinks.TABLE),
                      List.of(VehicleSnapshots.TABLE),
                      in,
                      run);
              return days.changed(
                  SnapshotCustomers.compute(
                      days.rows(),
                      identities(in, days),
                      vehicles(in, days),
                      in.get(VisitVersions.TABLE),
                      in.get(Complaints.TABLE),
                      in.get(Contacts.TABLE),
                      in.get(VehicleOwnerships.TABLE),
                      in.get(Customers.TABLE),
                      run.zone()));
            });
  }

  static Step componentSnapshots() {
    return Step.to(ComponentSnapshots.TABLE)
        .from(VisitVersions.TABLE, VehicleSnapshots.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models", "components")
        .merge(ComponentSnapshots.SNAPSHOT_ON)
        .by(
            (in, run) -> {
              ModelSettings models = run.settings(ModelSettings.class);
              SnapshotDays days =
                  SnapshotDays.of(
                      ComponentSnapshots.TABLE,
                      models.componentMonths(),
                      List.of(VisitVersions.TABLE),
                      List.of(VehicleSnapshots.TABLE),
                      in,
                      run);
              return days.changed(
                  SnapshotComponents.compute(
                      days.rows(),
                      vehicles(in, days),
                      in.get(VisitVersions.TABLE),
                      run.settings(ComponentSettings.class).watched(),
                      PaceRules.USUAL,
                      run.zone()));
            });
  }

  static Step technicianSnapshots() {
    return Step.to(TechnicianSnapshots.TABLE)
        .from(VisitVersions.TABLE, RepairOrderLines.TABLE, Contacts.TABLE, Staff.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("models")
        .merge(TechnicianSnapshots.SNAPSHOT_ON)
        .by(
            (in, run) -> {
              SnapshotDays days =
                  SnapshotDays.of(
                      TechnicianSnapshots.TABLE,
                      run.settings(ModelSettings.class).technicianMonths(),
                      List.of(
                          VisitVersions.TABLE, RepairOrderLines.TABLE, Contacts.TABLE, Staff.TABLE),
                      List.of(),
                      in,
                      run);
              return days.changed(
                  SnapshotTechnicians.compute(
                      days.rows(),
                      in.get(VisitVersions.TABLE),
                      in.get(RepairOrderLines.TABLE),
                      in.get(Contacts.TABLE),
                      in.get(Staff.TABLE),
                      run.zone()));
            });
  }

  private static Dataset<Row> identities(Inputs in, SnapshotDays days) {
    return ResolveCustomers.asOf(in.get(Customers.TABLE), in.get(CustomerLinks.TABLE), days.rows())
        .withColumnRenamed(ResolveCustomers.AS_OF_ON.name(), CustomerSnapshots.SNAPSHOT_ON.name());
  }

  static Dataset<Row> vehicles(Inputs in, SnapshotDays days) {
    return SnapshotsAsOf.onDays(
        VehicleSnapshots.TABLE, in.get(VehicleSnapshots.TABLE), days.rows());
  }
}
