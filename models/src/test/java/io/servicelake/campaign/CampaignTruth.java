package io.servicelake.campaign;

import io.servicelake.TestRows;
import io.servicelake.contract.decision.CampaignAssignments;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.ml.campaign.Arm;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How customers of a frozen campaign answer: each has an own visit rate, an offer adds the same to
 * all, whether they are reached (7 in 10) or not. Every customer has at most one visit, of
 * log-normal own pay. Three in a hundred held out are called all the same, without effect.
 */
final class CampaignTruth {
  private final double lift;
  private final Dataset<Row> visits;
  private final Dataset<Row> contacts;

  /**
   * @param lift true rise of the visit rate
   */
  CampaignTruth(Dataset<Row> assignments, double lift, long seed) {
    this.lift = lift;
    TestRows visited = TestRows.of(ServiceVisits.TABLE);
    TestRows called = TestRows.of(CustomerContacts.TABLE);
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> drawn = assignments.orderBy(CampaignAssignments.CUSTOMER_ID.col()).collectAsList();
    for (Row row : drawn) {
      String customer = row.getAs(CampaignAssignments.CUSTOMER_ID.name());
      Arm arm = Arm.valueOf(row.getAs(CampaignAssignments.ARM.name()));
      LocalDate assigned =
          row.<java.sql.Date>getAs(CampaignAssignments.ASSIGNED_ON.name()).toLocalDate();
      boolean isOffered = arm != Arm.HOLD_OUT;
      double own = 0.05 + 0.15 * random.nextDouble();
      double pay = Math.exp(11 + 0.8 * random.nextGaussian());
      LocalDate on = assigned.plusDays(1 + random.nextInt(90));
      if (random.nextDouble() < own + (isOffered ? lift : 0)) {
        visited.row(
            ServiceVisits.REPAIR_ORDER_ID,
            "o" + customer,
            ServiceVisits.CUSTOMER_ID,
            customer,
            ServiceVisits.VISIT_ON,
            on,
            ServiceVisits.CUSTOMER_PAY_AMOUNT_MINOR,
            Math.round(pay));
      }
      if (isOffered || random.nextDouble() < 0.03) {
        called.row(
            CustomerContacts.CONTACT_ID,
            "k" + customer,
            CustomerContacts.CUSTOMER_ID,
            customer,
            CustomerContacts.PURPOSE,
            "CAMPAIGN",
            CustomerContacts.CONTACT_ON,
            assigned.plusDays(3),
            CustomerContacts.IS_MADE,
            true,
            CustomerContacts.IS_REACHED,
            random.nextDouble() < 0.7);
      }
    }
    visits = visited.build();
    contacts = called.build();
  }

  double lift() {
    return lift;
  }

  /** True rise of the margin per customer, units of the currency. */
  double marginLift(double marginShare) {
    return lift * Math.exp(11 + 0.8 * 0.8 / 2) * marginShare / 100;
  }

  Dataset<Row> visits() {
    return visits;
  }

  Dataset<Row> contacts() {
    return contacts;
  }
}
