package io.servicelake.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Holds rows of call lists that came back against who was drawn or left to the manager. */
public final class JudgeCallRows {
  public static final Field FILE_NO =
      new Field("file_no", Columns.LONG, false, "File", "文件", "Place of the file, from 0.");

  public static final Field LINE_NO =
      new Field("line_no", Columns.LONG, false, "Line", "行号", "Line in the file.");

  public static final Field IS_UNREADABLE =
      new Field("is_unreadable", Columns.BOOL, false, "Unreadable", "无法读取", "The row is broken.");

  public static final Field REASON =
      new Field(
          "reason",
          Columns.STRING,
          true,
          "Reason",
          "原因",
          "UNREADABLE, UNKNOWN_CUSTOMER, OTHER_DEALER, BAD_DATE, BEFORE_CAMPAIGN, FUTURE_DATE, AFTER_WINDOW, BAD_OUTCOME, BAD_REACHED or REPEATED; null if taken.");

  private JudgeCallRows() {}

  /**
   * One row per row on which something was filled in, with the reason it is refused for.
   *
   * @param callRows texts of the files: {@link #FILE_NO}, {@link #LINE_NO}, {@link #IS_UNREADABLE}
   *     and the columns of decision.call_outcomes
   * @param candidates decision.winback_candidates
   * @param held decision.call_outcomes taken before
   * @param today last day a call can have been made
   */
  public static Dataset<Row> compute(
      Dataset<Row> callRows, Dataset<Row> candidates, Dataset<Row> held, LocalDate today) {
    return SqlTransform.of("decision/call_outcomes.sql")
        .reading("call_rows", callRows)
        .reading(WinbackCandidates.TABLE, candidates)
        .reading(CallOutcomes.TABLE, held)
        .with("today", today)
        .rows();
  }

  /** Rows of decision.call_outcomes among the judged. */
  public static Dataset<Row> taken(Dataset<Row> judged) {
    return judged
        .where(REASON.col().isNull())
        .select(CallOutcomes.TABLE.fields().stream().map(Field::col).toArray(Column[]::new));
  }
}
