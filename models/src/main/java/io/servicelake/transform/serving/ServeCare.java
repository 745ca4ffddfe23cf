package io.servicelake.transform.serving;

import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.score.CustomerSegments;
import io.servicelake.contract.serving.ComplaintBoard;
import io.servicelake.contract.serving.FollowUpBoard;
import io.servicelake.contract.silver.Dealers;
import io.servicelake.transform.SqlTransform;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What customer care reads: contacts owed and complaints against their clock. */
public final class ServeCare {
  private ServeCare() {}

  /** serving.follow_up_board: duties due in the last 35 or next 14 days and what was done. */
  public static Dataset<Row> followUpBoard(
      Dataset<Row> duties,
      Dataset<Row> contacts,
      Dataset<Row> segments,
      Dataset<Row> dealers,
      LocalDate asOf) {
    return SqlTransform.of("serving/follow_up_board.sql")
        .reading(ContactDuties.TABLE, duties)
        .reading(CustomerContacts.TABLE, contacts)
        .reading(CustomerSegments.TABLE, segments)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .to(FollowUpBoard.TABLE);
  }

  /**
   * serving.complaint_board: complaints open at the end of the as-of day or received in the 12
   * months before.
   *
   * @param endOfAsOf first instant after the as-of day
   */
  public static Dataset<Row> complaintBoard(
      Dataset<Row> cases, Dataset<Row> dealers, LocalDate asOf, Instant endOfAsOf) {
    return SqlTransform.of("serving/complaint_board.sql")
        .reading(ComplaintCases.TABLE, cases)
        .reading(Dealers.TABLE, dealers)
        .with("as_of", asOf)
        .with("end_at", endOfAsOf)
        .to(ComplaintBoard.TABLE);
  }
}
