package io.servicelake.transform.decision;

import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who answers for a dealer where customers are not to be called by anybody else. */
public final class Managers {
  /** Name that statements read the rows under. */
  public static final String NAME = "managers";

  private Managers() {}

  /**
   * One row per dealer with a manager: dealer_id, manager_id.
   *
   * @param staff current silver.staff
   */
  public static Dataset<Row> on(LocalDate day, Dataset<Row> staff) {
    return SqlTransform.of("decision/managers.sql")
        .reading(Staff.TABLE, staff)
        .with("day", day)
        .rows();
  }
}
