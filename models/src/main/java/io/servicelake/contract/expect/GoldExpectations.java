package io.servicelake.contract.expect;

import static io.servicelake.contract.expect.Expectation.always;
import static io.servicelake.contract.expect.Expectation.kept;
import static io.servicelake.contract.expect.Expectation.notNull;
import static io.servicelake.contract.expect.Expectation.ordered;
import static io.servicelake.contract.expect.Expectation.range;
import static io.servicelake.contract.expect.Expectation.steadyNumbers;
import static io.servicelake.contract.expect.Expectation.unique;

import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitJobs;
import java.util.List;

/** Expectations of gold: a doubled key or half a fact gone stops what is made of it. */
public final class GoldExpectations {
  private static final double HALF = 0.5;

  public static final List<Expectation> ALL =
      List.of(
          unique(ServiceVisits.TABLE, ServiceVisits.REPAIR_ORDER_ID).stopAbove(0),
          notNull(ServiceVisits.TABLE, ServiceVisits.CUSTOMER_ID).warnAbove(0.1).stopAbove(0.9),
          notNull(ServiceVisits.TABLE, ServiceVisits.VEHICLE_ID).warnAbove(0.1),
          ordered(ServiceVisits.TABLE, ServiceVisits.VISIT_ON, ServiceVisits.DELIVERED_ON)
              .warnAbove(0.01),
          always(
                  ServiceVisits.TABLE,
                  "orders_have_lines",
                  ServiceVisits.LINES_COUNT
                      .col()
                      .gt(0)
                      .or(ServiceVisits.DELIVERED_ON.col().isNull()),
                  "a delivered order has no line that was done")
              .warnAbove(0.1),
          range(ServiceVisits.TABLE, ServiceVisits.NET_AMOUNT_MINOR, 0L, 100_000_000L)
              .warnAbove(0.01),
          kept(ServiceVisits.TABLE).stopAbove(HALF).warnAbove(0.05),
          steadyNumbers(
                  ServiceVisits.TABLE, ServiceVisits.NET_AMOUNT_MINOR, ServiceVisits.RECEIVED_AT)
              .warnAbove(SilverExpectations.STEADY_DISTANCE),
          unique(VisitJobs.TABLE, VisitJobs.REPAIR_ORDER_ID, VisitJobs.COMPONENT_CODE).stopAbove(0),
          kept(VisitJobs.TABLE).stopAbove(HALF).warnAbove(0.05),
          unique(CustomerContacts.TABLE, CustomerContacts.CONTACT_ID).stopAbove(0),
          unique(ComplaintCases.TABLE, ComplaintCases.COMPLAINT_ID).stopAbove(0),
          always(
              ComplaintCases.TABLE,
              "close_hours_not_negative",
              ComplaintCases.CLOSE_HOURS.col().geq(0).or(ComplaintCases.CLOSE_HOURS.col().isNull()),
              "close_hours is negative"));

  private GoldExpectations() {}
}
