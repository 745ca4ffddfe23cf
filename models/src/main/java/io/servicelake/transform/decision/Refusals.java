package io.servicelake.transform.decision;

import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** By which channels persons do not want to be contacted. */
public final class Refusals {
  /** Name that statements read the rows under. */
  public static final String NAME = "refusals";

  private Refusals() {}

  /**
   * One row per customer file of a person who refused any channel, with all of them.
   *
   * @param consents current silver.consents
   * @param callOutcomes decision.call_outcomes; who said not to be called again refused all
   * @param asOf calls after this day are left out
   */
  public static Dataset<Row> compute(
      Dataset<Row> consents, Dataset<Row> identities, Dataset<Row> callOutcomes, LocalDate asOf) {
    return SqlTransform.of("decision/refusals.sql")
        .reading(Consents.TABLE, consents)
        .reading(CustomerIdentities.TABLE, identities)
        .reading(CallOutcomes.TABLE, callOutcomes)
        .with("as_of", asOf)
        .rows();
  }
}
