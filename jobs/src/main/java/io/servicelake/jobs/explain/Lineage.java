package io.servicelake.jobs.explain;

import static io.servicelake.jobs.explain.Link.CHILD;
import static io.servicelake.jobs.explain.Link.PARENT;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trunc;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.feature.ComponentSnapshots;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleRecalls;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.CustomerLinks;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RecallModels;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways back: which rows of earlier tables a row was made of, by the keys they share. Follows
 * what the statements below {@code sql/} join; what a row's absence says (a repair that did not
 * come back) has no row to lead to.
 */
final class Lineage {
  private static final List<Link> GOLD =
      List.of(
          Link.of(ServiceVisits.TABLE, VisitVersions.TABLE)
              .on(VisitVersions.REPAIR_ORDER_ID)
              .current(),
          Link.of(ServiceVisits.TABLE, CustomerIdentities.TABLE)
              .on(CustomerIdentities.CUSTOMER_ID)
              .feeding(ServiceVisits.CUSTOMER_ID, ServiceVisits.ACCOUNT_CLASS),
          Link.of(ServiceVisits.TABLE, Vehicles.TABLE)
              .on(Vehicles.VEHICLE_ID)
              .current()
              .feeding(ServiceVisits.MODEL, ServiceVisits.POWERTRAIN),
          Link.of(VisitVersions.TABLE, RepairOrders.TABLE)
              .on(RepairOrders.REPAIR_ORDER_ID)
              .asKnown(),
          Link.of(VisitVersions.TABLE, RepairOrderLines.TABLE)
              .on(RepairOrderLines.REPAIR_ORDER_ID)
              .asKnown()
              .feeding(
                  VisitVersions.IS_MAINTENANCE,
                  VisitVersions.IS_REPAIR,
                  VisitVersions.IS_ACCIDENT,
                  VisitVersions.COMPONENTS,
                  VisitVersions.DECLINED_COMPONENTS,
                  VisitVersions.LINES_COUNT,
                  VisitVersions.NET_AMOUNT_MINOR,
                  VisitVersions.LABOUR_AMOUNT_MINOR,
                  VisitVersions.PARTS_AMOUNT_MINOR,
                  VisitVersions.GENUINE_PARTS_AMOUNT_MINOR,
                  VisitVersions.CUSTOMER_PAY_AMOUNT_MINOR,
                  VisitVersions.WARRANTY_AMOUNT_MINOR,
                  VisitVersions.COST_AMOUNT_MINOR,
                  VisitVersions.FLAT_RATE_HOURS,
                  VisitVersions.CLOCKED_HOURS),
          Link.of(RepairOrders.TABLE, VehicleOwnerships.TABLE)
              .on(VehicleOwnerships.PLATE_TOKEN)
              .where(RepairOrders.VEHICLE_ID.of(CHILD).isNull())
              .current()
              .feeding(RepairOrders.VEHICLE_ID),
          Link.of(VisitJobs.TABLE, VisitVersions.TABLE).on(VisitVersions.REPAIR_ORDER_ID).current(),
          Link.of(VisitJobs.TABLE, RepairOrderLines.TABLE)
              .on(RepairOrderLines.REPAIR_ORDER_ID)
              .where(RepairOrderLines.JOB_TYPE.of(PARENT).equalTo("REPAIR"))
              .where(not(RepairOrderLines.IS_DECLINED.of(PARENT)))
              .current(),
          Link.of(VisitJobs.TABLE, VisitVersions.TABLE)
              .on(VisitJobs.COMEBACK_REPAIR_ORDER_ID, VisitVersions.REPAIR_ORDER_ID)
              .current()
              .feeding(VisitJobs.IS_COMEBACK, VisitJobs.COMEBACK_REPAIR_ORDER_ID),
          Link.of(VisitJobs.TABLE, Vehicles.TABLE)
              .on(Vehicles.VEHICLE_ID)
              .current()
              .feeding(VisitJobs.MODEL),
          Link.of(CustomerContacts.TABLE, Contacts.TABLE).on(Contacts.CONTACT_ID).current(),
          Link.of(CustomerContacts.TABLE, RepairOrders.TABLE)
              .on(RepairOrders.REPAIR_ORDER_ID)
              .current()
              .feeding(CustomerContacts.CUSTOMER_ID),
          Link.of(CustomerContacts.TABLE, CustomerIdentities.TABLE)
              .on(CustomerIdentities.CUSTOMER_ID)
              .feeding(CustomerContacts.CUSTOMER_ID),
          Link.of(ComplaintCases.TABLE, Complaints.TABLE).on(Complaints.COMPLAINT_ID).current(),
          Link.of(ComplaintCases.TABLE, RepairOrders.TABLE)
              .on(RepairOrders.REPAIR_ORDER_ID)
              .current()
              .feeding(ComplaintCases.CUSTOMER_ID, ComplaintCases.VEHICLE_ID),
          Link.of(ComplaintCases.TABLE, CustomerIdentities.TABLE)
              .on(CustomerIdentities.CUSTOMER_ID)
              .feeding(ComplaintCases.CUSTOMER_ID),
          Link.of(CustomerMonths.TABLE, ServiceVisits.TABLE)
              .on(CustomerMonths.CUSTOMER_ID, ServiceVisits.CUSTOMER_ID)
              .on(ServiceVisits.DEALER_ID)
              .where(
                  CustomerMonths.MONTH_ON
                      .of(CHILD)
                      .equalTo(trunc(ServiceVisits.VISIT_ON.of(PARENT), "MM"))),
          Link.of(VehicleUsage.TABLE, VisitVersions.TABLE)
              .on(VehicleUsage.VEHICLE_ID, VisitVersions.VEHICLE_ID)
              .current(),
          Link.of(VehicleUsage.TABLE, Vehicles.TABLE).on(Vehicles.VEHICLE_ID).current(),
          Link.of(ComplaintSteps.TABLE, Complaints.TABLE).on(Complaints.COMPLAINT_ID),
          Link.of(VehicleRecalls.TABLE, Vehicles.TABLE).on(Vehicles.VEHICLE_ID).current(),
          Link.of(VehicleRecalls.TABLE, RecallModels.TABLE).on(RecallModels.CAMPAIGN_ID).current());

  private static final List<Link> SILVER =
      List.of(
          Link.of(CustomerIdentities.TABLE, Customers.TABLE)
              .on(Customers.CUSTOMER_RECORD_ID)
              .current(),
          Link.of(CustomerIdentities.TABLE, CustomerLinks.TABLE)
              .where(
                  CustomerLinks.RECORD_A
                      .of(PARENT)
                      .equalTo(CustomerIdentities.CUSTOMER_RECORD_ID.of(CHILD))
                      .or(
                          CustomerLinks.RECORD_B
                              .of(PARENT)
                              .equalTo(CustomerIdentities.CUSTOMER_RECORD_ID.of(CHILD))))
              .current()
              .feeding(CustomerIdentities.CUSTOMER_ID),
          evidence(Customers.TABLE, Customers.CUSTOMER_RECORD_ID),
          evidence(VehicleOwnerships.TABLE, VehicleOwnerships.CUSTOMER_RECORD_ID));

  private static final List<Link> FEATURES =
      List.of(
          visitsUntil(CustomerSnapshots.TABLE, ServiceVisits.CUSTOMER_ID),
          Link.of(CustomerSnapshots.TABLE, CustomerIdentities.TABLE)
              .on(CustomerIdentities.CUSTOMER_ID),
          Link.of(CustomerSnapshots.TABLE, ComplaintCases.TABLE)
              .on(CustomerSnapshots.CUSTOMER_ID, ComplaintCases.CUSTOMER_ID)
              .where(
                  ComplaintCases.RECEIVED_ON
                      .of(PARENT)
                      .leq(CustomerSnapshots.SNAPSHOT_ON.of(CHILD)))
              .feeding(
                  CustomerSnapshots.COMPLAINTS_12M_COUNT,
                  CustomerSnapshots.OPEN_COMPLAINTS_COUNT,
                  CustomerSnapshots.LAST_COMPLAINT_ON,
                  CustomerSnapshots.OPEN_COMPLAINT_SINCE_ON,
                  CustomerSnapshots.SLOWEST_COMPLAINT_12M_DAYS),
          visitsUntil(VehicleSnapshots.TABLE, ServiceVisits.VEHICLE_ID),
          Link.of(VehicleSnapshots.TABLE, Vehicles.TABLE).on(Vehicles.VEHICLE_ID).current(),
          visitsUntil(ComponentSnapshots.TABLE, ServiceVisits.VEHICLE_ID),
          Link.of(TechnicianSnapshots.TABLE, VisitJobs.TABLE)
              .on(TechnicianSnapshots.STAFF_ID, VisitJobs.TECHNICIAN_ID)
              .where(
                  VisitJobs.DELIVERED_ON.of(PARENT).leq(TechnicianSnapshots.SNAPSHOT_ON.of(CHILD))),
          Link.of(TechnicianSnapshots.TABLE, Staff.TABLE).on(Staff.STAFF_ID).current(),
          Link.of(ContactDuties.TABLE, ServiceVisits.TABLE).on(ServiceVisits.REPAIR_ORDER_ID),
          Link.of(WinbackCandidates.TABLE, ChurnScores.TABLE)
              .on(ChurnScores.CUSTOMER_ID)
              .on(WinbackCandidates.ASSIGNED_ON, ChurnScores.SCORED_ON),
          Link.of(CampaignAssignments.TABLE, WinbackCandidates.TABLE)
              .on(WinbackCandidates.CAMPAIGN_ID, WinbackCandidates.CUSTOMER_ID),
          Link.of(Campaigns.TABLE, WinbackCandidates.TABLE)
              .on(WinbackCandidates.CAMPAIGN_ID, WinbackCandidates.ASSIGNED_ON),
          Link.of(CallOutcomes.TABLE, WinbackCandidates.TABLE)
              .on(WinbackCandidates.CAMPAIGN_ID, WinbackCandidates.CUSTOMER_ID));

  private static final List<Link> ALL =
      Stream.of(SILVER, GOLD, FEATURES, ServingLineage.LINKS).flatMap(List::stream).toList();

  private Lineage() {}

  /** The ways from a table, in order. */
  static List<Link> of(TableContract table) {
    return ALL.stream().filter(link -> link.child().equals(table)).toList();
  }

  private static Link evidence(TableContract table, Field record) {
    return Link.of(CustomerLinks.TABLE, table)
        .where(
            record
                .of(PARENT)
                .equalTo(CustomerLinks.RECORD_A.of(CHILD))
                .or(record.of(PARENT).equalTo(CustomerLinks.RECORD_B.of(CHILD))))
        .where(Versioned.SUPERSEDED_AT.of(PARENT).isNull());
  }

  private static Link visitsUntil(TableContract snapshots, Field entity) {
    return Link.of(snapshots, ServiceVisits.TABLE)
        .on(entity)
        .where(ServiceVisits.VISIT_ON.of(PARENT).leq(CustomerSnapshots.SNAPSHOT_ON.of(CHILD)));
  }
}
