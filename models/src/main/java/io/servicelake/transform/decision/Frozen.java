package io.servicelake.transform.decision;

import io.servicelake.contract.Field;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was decided stands once a later day was run, whatever is corrected, and a day that was
 * passed over decides nothing afterwards: nobody acted on it.
 */
public final class Frozen {
  private Frozen() {}

  /**
   * Whether what was decided on a day stands.
   *
   * @param scores a table with rows of every day that was run
   */
  public static boolean isFrozen(LocalDate day, Dataset<Row> scores, Field scoredOn) {
    return !scores.where(scoredOn.col().gt(day)).isEmpty();
  }
}
