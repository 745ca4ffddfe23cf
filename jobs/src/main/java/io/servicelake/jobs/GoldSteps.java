package io.servicelake.jobs;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.jobs.config.CareSettings;
import io.servicelake.transform.gold.ComputeComplaintCases;
import io.servicelake.transform.gold.ComputeComplaintSteps;
import io.servicelake.transform.gold.ComputeCustomerContacts;
import io.servicelake.transform.gold.ComputeCustomerMonths;
import io.servicelake.transform.gold.ComputeServiceVisits;
import io.servicelake.transform.gold.ComputeVehicleRecalls;
import io.servicelake.transform.gold.ComputeVehicleUsage;
import io.servicelake.transform.gold.ComputeVisitJobs;
import io.servicelake.transform.gold.ComputeVisitVersions;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.gold.TouchedCases;
import io.servicelake.transform.gold.TouchedOrders;

/** The steps from silver to gold. */
final class GoldSteps {
  private GoldSteps() {}

  static Step visitVersions() {
    return Step.to(VisitVersions.TABLE)
        .from(RepairOrders.TABLE, RepairOrderLines.TABLE, VehicleOwnerships.TABLE)
        .touching(VisitVersions.REPAIR_ORDER_ID)
        .touchedBy(
            VehicleOwnerships.TABLE,
            (changed, in) ->
                ComputeVisitVersions.ordersOfPlates(in.whole(RepairOrders.TABLE), changed))
        .by(
            (in, run) ->
                ComputeVisitVersions.compute(
                    in.get(RepairOrders.TABLE),
                    in.get(RepairOrderLines.TABLE),
                    in.whole(VehicleOwnerships.TABLE),
                    run.zone()));
  }

  static Step serviceVisits() {
    return Step.to(ServiceVisits.TABLE)
        .from(VisitVersions.TABLE, Vehicles.TABLE, CustomerIdentities.TABLE)
        .touching(ServiceVisits.REPAIR_ORDER_ID)
        .touchedBy(VisitVersions.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
        .touchedBy(Vehicles.TABLE, orders(VisitVersions.VEHICLE_ID))
        .touchedBy(CustomerIdentities.TABLE, orders(VisitVersions.CUSTOMER_RECORD_ID))
        .by(
            (in, run) ->
                ComputeServiceVisits.compute(
                    in.get(VisitVersions.TABLE),
                    in.current(Vehicles.TABLE),
                    in.get(CustomerIdentities.TABLE),
                    PaceRules.USUAL,
                    run.zone()));
  }

  static Step visitJobs() {
    return Step.to(VisitJobs.TABLE)
        .from(VisitVersions.TABLE, RepairOrderLines.TABLE, Vehicles.TABLE)
        .touching(VisitJobs.REPAIR_ORDER_ID)
        .touchedBy(VisitVersions.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
        .touchedBy(RepairOrderLines.TABLE, orders(VisitVersions.REPAIR_ORDER_ID))
        .touchedBy(Vehicles.TABLE, orders(VisitVersions.VEHICLE_ID))
        .by(
            (in, run) ->
                ComputeVisitJobs.compute(
                    in.get(VisitVersions.TABLE),
                    in.current(RepairOrderLines.TABLE),
                    in.current(Vehicles.TABLE),
                    run.zone()));
  }

  static Step customerContacts() {
    return Step.to(CustomerContacts.TABLE)
        .from(Contacts.TABLE, RepairOrders.TABLE, CustomerIdentities.TABLE)
        .touching(CustomerContacts.CONTACT_ID)
        .touchedBy(RepairOrders.TABLE, onOrders(Contacts.TABLE, Contacts.CONTACT_ID))
        .touchedBy(CustomerIdentities.TABLE, ofFiles(Contacts.TABLE, Contacts.CONTACT_ID))
        .by(
            (in, run) ->
                ComputeCustomerContacts.compute(
                    in.current(Contacts.TABLE),
                    in.current(RepairOrders.TABLE),
                    in.get(CustomerIdentities.TABLE),
                    run.zone()));
  }

  static Step complaintSteps() {
    return Step.to(ComplaintSteps.TABLE)
        .from(Complaints.TABLE, Staff.TABLE)
        .touching(ComplaintSteps.COMPLAINT_ID)
        .touchedBy(
            Staff.TABLE,
            (changed, in) -> TouchedCases.ofOwners(in.whole(Complaints.TABLE), changed))
        .by(
            (in, run) ->
                ComputeComplaintSteps.compute(in.get(Complaints.TABLE), in.get(Staff.TABLE)));
  }

  static Step complaintCases() {
    return Step.to(ComplaintCases.TABLE)
        .from(Complaints.TABLE, ComplaintSteps.TABLE, RepairOrders.TABLE, CustomerIdentities.TABLE)
        .touching(ComplaintCases.COMPLAINT_ID)
        .touchedBy(RepairOrders.TABLE, onOrders(Complaints.TABLE, Complaints.COMPLAINT_ID))
        .touchedBy(CustomerIdentities.TABLE, ofFiles(Complaints.TABLE, Complaints.COMPLAINT_ID))
        .dependsOnConfig("care")
        .by(
            (in, run) ->
                ComputeComplaintCases.compute(
                    in.current(Complaints.TABLE),
                    in.get(ComplaintSteps.TABLE),
                    in.current(RepairOrders.TABLE),
                    in.get(CustomerIdentities.TABLE),
                    run.settings(CareSettings.class).clockInUse(),
                    run.zone()));
  }

  static Step customerMonths() {
    return Step.to(CustomerMonths.TABLE)
        .from(ServiceVisits.TABLE)
        .touching(CustomerMonths.CUSTOMER_ID)
        .by((in, run) -> ComputeCustomerMonths.compute(in.get(ServiceVisits.TABLE)));
  }

  static Step vehicleUsage() {
    return Step.to(VehicleUsage.TABLE)
        .from(VisitVersions.TABLE, Vehicles.TABLE)
        .by(
            (in, run) ->
                ComputeVehicleUsage.compute(
                    in.get(VisitVersions.TABLE), in.get(Vehicles.TABLE), PaceRules.USUAL));
  }

  static Step vehicleRecalls() {
    return Step.to(VehicleRecalls.TABLE)
        .from(Vehicles.TABLE, RecallModels.TABLE)
        .touching(VehicleRecalls.VEHICLE_ID)
        .by(
            (in, run) ->
                ComputeVehicleRecalls.compute(in.get(Vehicles.TABLE), in.get(RecallModels.TABLE)));
  }

  private static Step.TouchedKeys orders(Field by) {
    return (changed, in) -> TouchedOrders.compute(in.whole(VisitVersions.TABLE), changed, by);
  }

  private static Step.TouchedKeys onOrders(TableContract cases, Field id) {
    return (changed, in) -> TouchedCases.onOrders(in.whole(cases), id, changed);
  }

  private static Step.TouchedKeys ofFiles(TableContract cases, Field id) {
    return (changed, in) ->
        TouchedCases.ofFiles(in.whole(cases), id, in.whole(RepairOrders.TABLE), changed);
  }
}
