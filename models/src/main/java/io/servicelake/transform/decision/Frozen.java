package io.servicelake.transform.decision;

import io.servicelake.contract.Field;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was decided stands once a later day was run, whatever is corrected, and a day that was
 * passed over decides nothing afterwards: nobody acted on it.
 */
public final class Frozen {
  private Frozen() {}

  /**
   * A day's decisions as they stand; empty while the day is still open.
   *
   * @param decided rows of a decision table
   * @param scores a table with rows of every day that was run
   */
  public static Optional<Dataset<Row>> on(
      LocalDate day, Dataset<Row> decided, Field assignedOn, Dataset<Row> scores, Field scoredOn) {
    return scores.where(scoredOn.col().gt(day)).isEmpty()
        ? Optional.empty()
        : Optional.of(decided.where(assignedOn.col().equalTo(day)));
  }
}
