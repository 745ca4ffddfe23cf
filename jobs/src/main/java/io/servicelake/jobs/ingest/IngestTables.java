package io.servicelake.jobs.ingest;

import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.vault.Secrets;
import io.servicelake.contract.vault.SubjectKeys;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.io.Commit;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Txn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads what is new in the tables of all sources, slice by slice. The plan of a batch is saved
 * before a row is read, every commit carries the batch's number, and what was reached is saved
 * after the last: killed at any moment and run again, no row is lost or written twice.
 */
final class IngestTables implements Action {
  private static final long ATTEMPTS = 10_000;

  private final List<Mapping> mappings;
  private final MasterKey master;

  private IngestTables(List<Mapping> mappings, MasterKey master) {
    this.mappings = mappings;
    this.master = master;
  }

  /** True if a source is a table. */
  static boolean isNeeded(List<Mapping> mappings) {
    return mappings.stream().anyMatch(mapping -> mapping.jdbc().isPresent());
  }

  /** The step; stands after that of the files, whose state it shares. */
  static Step step(List<Mapping> mappings, MasterKey master) {
    return Step.action("ingest tables")
        .writes(SourceRows.TABLE, SubjectKeys.TABLE, Secrets.TABLE)
        .always()
        .by(
            new IngestTables(
                mappings.stream().filter(mapping -> mapping.jdbc().isPresent()).toList(), master));
  }

  @Override
  public void run(RunContext run) {
    TableState state = TableState.read(run.lake().files());
    if (state.plan() != null) {
      state = state.again();
      state.write(run.lake().files());
    }
    boolean isMore = true;
    while (isMore) {
      if (state.plan() == null) {
        state = planned(state, run.lake().files());
      }
      isMore = state.plan() != null && state.plan().slices().stream().anyMatch(s -> !s.isLast());
      if (state.plan() != null) {
        CrashPoints.at("after-table-plan");
        write(state.plan(), run);
        CrashPoints.at("after-table-bronze");
        state = finished(state, run.lake().files());
      }
    }
  }

  /** Decides on a batch and saves it. */
  private TableState planned(TableState state, LakeFiles files) {
    PlanTables plans = new PlanTables(master);
    List<TableState.Slice> slices = new ArrayList<>();
    for (Mapping mapping : mappings) {
      plans.next(mapping, state.marks().get(mapping.sourceId())).ifPresent(slices::add);
    }
    if (slices.isEmpty()) {
      return state;
    }
    IngestState ingest = IngestState.read(files).reserved();
    ingest.write(files);
    TableState planned = state.planned(new TableState.Plan(ingest.lastBatch(), 1, slices));
    planned.write(files);
    return planned;
  }

  private void write(TableState.Plan plan, RunContext run) {
    List<ReadTables.Task> tasks = new ArrayList<>();
    for (TableState.Slice slice : plan.slices()) {
      tasks.add(task(slice, plan, run));
    }
    JavaRDD<Row> read =
        JavaSparkContext.fromSparkContext(run.spark().sparkContext())
            .parallelize(tasks, tasks.size())
            .flatMap(new ReadTables(master));
    Dataset<Row> rows =
        run.spark()
            .createDataFrame(read, ReadFiles.SCHEMA)
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      Commit bronze = new WriteBronze(run.lake(), master).write(rows, commit -> txn(commit, plan));
      run.count("written", bronze.rows());
    } catch (RuntimeException e) {
      throw told(e);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * Rows enter bronze once for a batch. What goes to the vault may be more at a second attempt, for
   * the table may have changed, and what is there already is not added again.
   */
  private static Txn txn(String commit, TableState.Plan plan) {
    boolean isBronze = commit.equals(WriteBronze.BRONZE);
    return new Txn(
        "servicelake/tables/" + commit,
        isBronze ? plan.batchNo() : plan.batchNo() * ATTEMPTS + plan.attempt());
  }

  private ReadTables.Task task(TableState.Slice slice, TableState.Plan plan, RunContext run) {
    Optional<Mapping> found =
        mappings.stream().filter(one -> one.sourceId().equals(slice.sourceId())).findFirst();
    if (found.isEmpty()) {
      throw new CannotException(
          "Cannot go on with batch %d: source %s has no mapping with jdbc any more. The batch was planned with it and is half done. Put its mapping file back and run again."
              .formatted(plan.batchNo(), slice.sourceId()));
    }
    Mapping mapping = found.get();
    TableSource table = mapping.jdbc().orElseThrow();
    String hash = Hashes.sha256(slice.sourceId() + slice.reached().table() + plan.batchNo());
    return new ReadTables.Task(
        new SourceFile(slice.sourceId(), "", table.name(slice.sourceId()), 0, 0, hash),
        mapping.sourceReading(),
        table,
        slice.after(),
        slice.isInclusive(),
        slice.reached().watermark(),
        0,
        plan.batchNo(),
        run.runId());
  }

  private static TableState finished(TableState state, LakeFiles files) {
    IngestState ingest = IngestState.read(files);
    for (TableState.Slice slice : state.plan().slices()) {
      ingest = ingest.noted(slice.sourceId(), "jdbc", state.plan().batchNo());
    }
    ingest.write(files);
    TableState finished = state.finished();
    finished.write(files);
    return finished;
  }

  /** The fault a task told, instead of Spark's account of it. */
  private static RuntimeException told(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException told) {
        return told;
      }
    }
    return e;
  }
}
