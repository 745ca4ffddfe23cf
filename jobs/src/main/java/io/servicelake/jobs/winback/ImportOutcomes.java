package io.servicelake.jobs.winback;

import io.servicelake.campaign.JudgeCallRows;
import io.servicelake.contract.decision.CallOutcomes;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Takes filled-in call lists into decision.call_outcomes; the same file twice changes nothing. */
public final class ImportOutcomes {
  private ImportOutcomes() {}

  /**
   * What became of the rows.
   *
   * @param blank rows on which nothing was filled in
   * @param refused rows by reason
   * @param refusals each of them, by file and line
   */
  public record Result(
      long taken, long blank, Map<String, Long> refused, List<Refusal> refusals, boolean isNew) {}

  /**
   * A row that was not taken.
   *
   * @param file full path
   */
  public record Refusal(Path file, long line, String reason) {}

  /**
   * Takes the files in.
   *
   * @param today last day a call can have been made
   * @throws io.servicelake.jobs.CannotException if a file cannot be read
   */
  public static Result take(Lakehouse lake, List<Path> files, LocalDate today) {
    List<Row> rows = ReadOutcomes.of(files);
    Dataset<Row> judged =
        JudgeCallRows.compute(
                lake.session().createDataFrame(rows, ReadOutcomes.SCHEMA),
                lake.read(WinbackCandidates.TABLE),
                lake.read(CallOutcomes.TABLE),
                today)
            .localCheckpoint();
    Map<String, Long> byReason = new TreeMap<>();
    judged
        .groupBy(JudgeCallRows.REASON.col())
        .agg(functions.count(functions.lit(1)))
        .collectAsList()
        .forEach(row -> byReason.put(row.isNullAt(0) ? "" : row.getString(0), row.getLong(1)));
    long judgedCount = byReason.values().stream().mapToLong(Long::longValue).sum();
    long taken = byReason.getOrDefault("", 0L);
    byReason.remove("");
    boolean isNew =
        taken > 0
            && lake.merge(
                    CallOutcomes.TABLE,
                    JudgeCallRows.taken(judged),
                    new Txn("servicelake/winback-import/" + UUID.randomUUID(), 1))
                .isWritten();
    return new Result(taken, rows.size() - judgedCount, byReason, refusals(judged, files), isNew);
  }

  private static List<Refusal> refusals(Dataset<Row> judged, List<Path> files) {
    return judged
        .where(JudgeCallRows.REASON.col().isNotNull())
        .orderBy(JudgeCallRows.FILE_NO.col(), JudgeCallRows.LINE_NO.col())
        .select(
            JudgeCallRows.FILE_NO.col(), JudgeCallRows.LINE_NO.col(), JudgeCallRows.REASON.col())
        .collectAsList()
        .stream()
        .map(
            row ->
                new Refusal(
                    files.get((int) row.getLong(0)).toAbsolutePath().normalize(),
                    row.getLong(1),
                    row.getString(2)))
        .toList();
  }
}
