package io.servicelake.jobs;

import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.jobs.config.CareSettings;
import io.servicelake.transform.decision.AssignContactDuties;
import java.time.LocalDate;

/** The steps that decide. */
final class DecisionSteps {
  private DecisionSteps() {}

  static Step contactDuties() {
    return Step.to(ContactDuties.TABLE)
        .from(ServiceVisits.TABLE, CustomerSegments.TABLE)
        .dependsOnAsOf()
        .dependsOnConfig("care")
        .merge(ContactDuties.ASSIGNED_ON)
        .by(
            (in, run) -> {
              CareSettings care = run.settings(CareSettings.class);
              LocalDate asOf = run.asOf();
              return AssignContactDuties.compute(
                  in.get(ServiceVisits.TABLE),
                  in.get(CustomerSegments.TABLE)
                      .where(
                          CustomerSegments.IS_CORE
                              .col()
                              .and(CustomerSegments.SCORED_ON.col().equalTo(asOf)))
                      .select(CustomerSegments.CUSTOMER_ID.col()),
                  in.output(),
                  care.cadenceInUse(),
                  care.highValueAmountMinor(),
                  asOf.minusDays(care.assignDays()),
                  asOf);
            });
  }
}
