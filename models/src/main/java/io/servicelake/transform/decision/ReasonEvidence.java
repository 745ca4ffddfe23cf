package io.servicelake.transform.decision;

import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What there is to say for each reason of a loss: dates, counts, marks and amounts of a person. */
public final class ReasonEvidence {
  /** Name that statements read the rows under. */
  public static final String NAME = "reason_evidence";

  private ReasonEvidence() {}

  /**
   * One row per snapshot row: customer_id, en and zh, each a text by reason code.
   *
   * @param snapshots latest row per person of feature.customer_snapshots
   */
  public static Dataset<Row> of(Dataset<Row> snapshots) {
    return SqlTransform.of("decision/reason_evidence.sql")
        .reading(CustomerSnapshots.TABLE, snapshots)
        .with("evidence_days", ChurnScores.EVIDENCE_DAYS)
        .with("low_mark", ChurnScores.LOW_MARK)
        .with("slow_days", ChurnScores.CLOSING_DAYS)
        .rows();
  }
}
