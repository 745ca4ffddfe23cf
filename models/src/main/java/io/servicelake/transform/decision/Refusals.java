package io.servicelake.transform.decision;

import io.servicelake.contract.silver.Consents;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** By which channels persons do not want to be contacted. */
public final class Refusals {
  /** Name that statements read the rows under. */
  public static final String NAME = "refusals";

  private Refusals() {}

  /**
   * One row per person who refused any channel, with all of them.
   *
   * @param consents current silver.consents
   */
  public static Dataset<Row> compute(Dataset<Row> consents, Dataset<Row> identities) {
    return SqlTransform.of("decision/refusals.sql")
        .reading(Consents.TABLE, consents)
        .reading(CustomerIdentities.TABLE, identities)
        .rows();
  }
}
