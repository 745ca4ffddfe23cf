package io.servicelake.contract.expect;

import static io.servicelake.contract.expect.Expectation.fresh;
import static io.servicelake.contract.expect.Expectation.kept;
import static io.servicelake.contract.expect.Expectation.known;
import static io.servicelake.contract.expect.Expectation.notAhead;
import static io.servicelake.contract.expect.Expectation.notNull;
import static io.servicelake.contract.expect.Expectation.ordered;
import static io.servicelake.contract.expect.Expectation.range;
import static io.servicelake.contract.expect.Expectation.steadyNumbers;
import static io.servicelake.contract.expect.Expectation.steadyWords;
import static io.servicelake.contract.expect.Expectation.unique;
import static io.servicelake.contract.expect.Expectation.usual;

import io.servicelake.contract.Versioned;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import java.util.List;

/**
 * Expectations of silver. Stop, where numbers would be wrong without a sign: doubled keys, most
 * facts without their dealer or order, half a table gone. Warn, where a feed deserves a look.
 *
 * <p>Statistical limits. Volume: 4 robust spreads; a normal week passes that once in 300 years, so
 * what is told is a holiday that moved or a feed that broke. Words: PSI 0.2, above which credit
 * scoring takes a population for changed (Siddiqi, Credit Risk Scorecards, 2006), and never below
 * what chance makes of the number of rows. Numbers: a distance of 0.15, a seventh of all rows moved
 * past a value; the season alone moves amounts by less than a tenth.
 */
public final class SilverExpectations {
  static final double USUAL_SPREADS = 4;
  static final double STEADY_PSI = 0.2;
  static final double STEADY_DISTANCE = 0.15;
  private static final double HALF = 0.5;
  private static final double MANY = 0.2;

  private static final List<Expectation> ORDERS =
      List.of(
          unique(RepairOrders.TABLE, RepairOrders.REPAIR_ORDER_ID).stopAbove(0),
          known(RepairOrders.TABLE, RepairOrders.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID)
              .stopAbove(MANY)
              .warnAbove(0),
          known(
                  RepairOrders.TABLE,
                  RepairOrders.CUSTOMER_RECORD_ID,
                  Customers.TABLE,
                  Customers.CUSTOMER_RECORD_ID)
              .warnAbove(0.05),
          ordered(RepairOrders.TABLE, RepairOrders.RECEIVED_AT, RepairOrders.DELIVERED_AT)
              .warnAbove(0.01),
          range(RepairOrders.TABLE, RepairOrders.ODOMETER_KM, 0, 2_000_000).warnAbove(0.01),
          notAhead(RepairOrders.TABLE, RepairOrders.RECEIVED_AT).warnAbove(0.001),
          kept(RepairOrders.TABLE).stopAbove(HALF).warnAbove(0.05),
          fresh(RepairOrders.TABLE, RepairOrders.RECEIVED_AT).warnAbove(7),
          usual(RepairOrders.TABLE, RepairOrders.RECEIVED_AT).warnAbove(USUAL_SPREADS));

  private static final List<Expectation> LINES =
      List.of(
          unique(RepairOrderLines.TABLE, RepairOrderLines.LINE_ID).stopAbove(0),
          known(
                  RepairOrderLines.TABLE,
                  RepairOrderLines.REPAIR_ORDER_ID,
                  RepairOrders.TABLE,
                  RepairOrders.REPAIR_ORDER_ID)
              .stopAbove(MANY)
              .warnAbove(0.02),
          notNull(
                  RepairOrderLines.TABLE,
                  RepairOrderLines.PART_ID,
                  RepairOrderLines.LINE_TYPE.col().equalTo("PART"),
                  "the line is a part")
              .warnAbove(0.05),
          range(RepairOrderLines.TABLE, RepairOrderLines.QUANTITY, -1000.0, 1000.0)
              .warnAbove(0.001),
          range(
                  RepairOrderLines.TABLE,
                  RepairOrderLines.NET_AMOUNT_MINOR,
                  -50_000_000L,
                  50_000_000L)
              .warnAbove(0.001),
          range(RepairOrderLines.TABLE, RepairOrderLines.FLAT_RATE_HOURS, 0.0, 200.0)
              .warnAbove(0.001),
          kept(RepairOrderLines.TABLE).stopAbove(HALF).warnAbove(0.05),
          usual(RepairOrderLines.TABLE, Versioned.OCCURRED_AT).warnAbove(USUAL_SPREADS),
          steadyWords(RepairOrderLines.TABLE, RepairOrderLines.JOB_TYPE, Versioned.OCCURRED_AT)
              .warnAbove(STEADY_PSI),
          steadyWords(RepairOrderLines.TABLE, RepairOrderLines.PAY_TYPE, Versioned.OCCURRED_AT)
              .warnAbove(STEADY_PSI),
          steadyNumbers(
                  RepairOrderLines.TABLE, RepairOrderLines.NET_AMOUNT_MINOR, Versioned.OCCURRED_AT)
              .warnAbove(STEADY_DISTANCE));

  private static final List<Expectation> CARE =
      List.of(
          unique(Contacts.TABLE, Contacts.CONTACT_ID).stopAbove(0),
          known(Contacts.TABLE, Contacts.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID)
              .stopAbove(MANY)
              .warnAbove(0),
          range(Contacts.TABLE, Contacts.REPAIR_MARK, 1, 5),
          range(Contacts.TABLE, Contacts.ATTITUDE_MARK, 1, 5),
          range(Contacts.TABLE, Contacts.PRICE_MARK, 1, 5),
          kept(Contacts.TABLE).stopAbove(HALF).warnAbove(0.05),
          usual(Contacts.TABLE, Versioned.OCCURRED_AT).warnAbove(USUAL_SPREADS),
          steadyWords(Contacts.TABLE, Contacts.CHANNEL, Versioned.OCCURRED_AT)
              .warnAbove(STEADY_PSI),
          unique(Complaints.TABLE, Complaints.COMPLAINT_ID).stopAbove(0),
          known(Complaints.TABLE, Complaints.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID)
              .stopAbove(MANY)
              .warnAbove(0),
          ordered(Complaints.TABLE, Complaints.RECEIVED_AT, Complaints.CLOSED_AT),
          notAhead(Complaints.TABLE, Complaints.RECEIVED_AT).warnAbove(0.001),
          kept(Complaints.TABLE).stopAbove(HALF).warnAbove(0.05),
          usual(Complaints.TABLE, Complaints.RECEIVED_AT).warnAbove(USUAL_SPREADS),
          steadyWords(Complaints.TABLE, Complaints.KIND, Complaints.RECEIVED_AT)
              .warnAbove(STEADY_PSI));

  private static final List<Expectation> MASTER_DATA =
      List.of(
          unique(Customers.TABLE, Customers.CUSTOMER_RECORD_ID).stopAbove(0),
          known(Customers.TABLE, Customers.DEALER_ID, Dealers.TABLE, Dealers.DEALER_ID)
              .warnAbove(0),
          range(Customers.TABLE, Customers.BIRTH_YEAR, 1900, 2020).warnAbove(0.01),
          kept(Customers.TABLE).stopAbove(HALF).warnAbove(0.05),
          unique(Vehicles.TABLE, Vehicles.VEHICLE_ID).stopAbove(0),
          notNull(Vehicles.TABLE, Vehicles.MODEL).warnAbove(0.1),
          kept(Vehicles.TABLE).stopAbove(HALF).warnAbove(0.05),
          known(
                  VehicleOwnerships.TABLE,
                  VehicleOwnerships.VEHICLE_ID,
                  Vehicles.TABLE,
                  Vehicles.VEHICLE_ID)
              .warnAbove(0.05),
          known(
                  VehicleOwnerships.TABLE,
                  VehicleOwnerships.CUSTOMER_RECORD_ID,
                  Customers.TABLE,
                  Customers.CUSTOMER_RECORD_ID)
              .warnAbove(0.05));

  public static final List<Expectation> ALL =
      List.of(ORDERS, LINES, CARE, MASTER_DATA).stream().flatMap(List::stream).toList();

  private SilverExpectations() {}
}
