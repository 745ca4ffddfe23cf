package io.servicelake.jobs.ingest;

import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.io.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads all new files of all sources as one batch: keys of new subjects and their values go to the
 * vault, redacted rows to bronze. A file whose bytes were read before is passed over, whatever its
 * name, unless it was refused and its mapping reads otherwise now, or it could not be opened. Done
 * over after a crash, the same plan gives the same rows.
 */
public final class IngestFiles implements Action {
  private static final long BYTES_PER_TASK = 16L << 20;
  private static final int ZIP_FACTOR = 5;

  private final List<Mapping> mappings;
  private final String folder;
  private final MasterKey master;

  /**
   * @param folder where the files of the sources lie: a path or a Hadoop URI
   */
  public IngestFiles(List<Mapping> mappings, String folder, MasterKey master) {
    this.mappings = List.copyOf(mappings);
    this.folder = folder;
    this.master = master;
  }

  @Override
  public void run(RunContext run) {
    IngestState state = IngestState.read(run.lake().files());
    boolean hasFiles = mappings.stream().anyMatch(mapping -> !mapping.files().isEmpty());
    if (state.plan() == null && hasFiles) {
      state = planned(state, run);
    }
    IngestState.Plan plan = state.plan();
    if (plan == null) {
      return;
    }
    Dataset<Row> rows = read(plan, run).persist(StorageLevel.MEMORY_AND_DISK_SER());
    Map<String, String> refused;
    try {
      Commit bronze = new WriteBronze(run.lake(), master).write(rows, run::txn);
      refused = refused(rows);
      run.count("files", plan.files().size());
      run.count("written", bronze.rows());
    } finally {
      rows.unpersist();
    }
    CrashPoints.at("after-bronze");
    List<IngestState.Seen> seen = new ArrayList<>(state.files());
    for (IngestState.Planned planned : plan.files()) {
      SourceFile file = planned.file();
      seen.add(seen(file, plan.batchNo(), refused.get(file.sourceId() + file.hash())));
    }
    new IngestState(null, Math.max(plan.batchNo(), state.lastBatch()), seen, state.replaced())
        .write(run.lake().files());
  }

  /**
   * What refused files, wholly or from some line on, by source and hash: the reading, or {@link
   * FileCheck#UNOPENED}.
   */
  private Map<String, String> refused(Dataset<Row> rows) {
    Map<String, String> refused = new HashMap<>();
    rows.where(SourceRows.LINE_NUMBER.col().equalTo(0))
        .select(
            SourceRows.SOURCE_ID.col(),
            SourceRows.FILE_HASH.col(),
            SourceRows.PAYLOAD.col().equalTo(ReadFiles.refusal(FileCheck.UNOPENED)))
        .collectAsList()
        .forEach(
            row ->
                refused.put(
                    row.getString(0) + row.getString(1),
                    row.getBoolean(2) ? FileCheck.UNOPENED : fingerprint(row.getString(0))));
    return refused;
  }

  private String fingerprint(String sourceId) {
    return mappings.stream()
        .filter(mapping -> mapping.sourceId().equals(sourceId))
        .map(mapping -> mapping.sourceReading().fingerprint())
        .findFirst()
        .orElse("");
  }

  /** Decides on a batch: files not seen before, hashed and checked. */
  private IngestState planned(IngestState state, RunContext run) {
    Set<String> unchanged = new HashSet<>();
    Map<String, Long> batchOfContent = new HashMap<>();
    Map<String, IngestState.Seen> again = new HashMap<>();
    Map<String, IngestState.Seen> unopened = new HashMap<>();
    for (IngestState.Seen file : state.files()) {
      boolean isAgain =
          file.refusedBy() != null && !file.refusedBy().equals(fingerprint(file.sourceId()));
      if (isAgain) {
        again.put(file.sourceId() + file.hash(), file);
        if (file.refusedBy().equals(FileCheck.UNOPENED)) {
          unopened.put(file.sourceId() + file.name(), file);
        }
        continue;
      }
      unchanged.add(
          String.join("|", file.sourceId(), file.name()) + file.size() + file.changedAt());
      batchOfContent.put(file.sourceId() + file.hash(), file.batchNo());
    }
    List<SourceFile> fresh =
        new SourceFiles(folder, run.spark().sessionState().newHadoopConf())
            .list(mappings).stream()
                .filter(
                    file ->
                        !unchanged.contains(
                            String.join("|", file.sourceId(), file.name())
                                + file.size()
                                + file.changedAt()))
                .toList();
    if (fresh.isEmpty()) {
      return state;
    }
    Map<String, Mapping> bySource = new LinkedHashMap<>();
    mappings.forEach(mapping -> bySource.put(mapping.sourceId(), mapping));
    long batchNo = state.lastBatch() + 1;
    List<IngestState.Seen> seen = new ArrayList<>(state.files());
    List<IngestState.Replaced> replaced = new ArrayList<>(state.replaced());
    List<IngestState.Planned> planned = new ArrayList<>();
    for (FileCheck check : checked(fresh, bySource, run)) {
      SourceFile file = check.file();
      String content = file.sourceId() + file.hash();
      IngestState.Seen closed = unopened.get(file.sourceId() + file.name());
      if (closed != null && check.fault().equals(FileCheck.UNOPENED)) {
        continue;
      }
      Long before = batchOfContent.putIfAbsent(content, batchNo);
      if (before != null) {
        seen.add(seen(file, before, null));
      } else {
        IngestState.Seen refused = again.getOrDefault(content, closed);
        if (refused != null) {
          again.remove(content);
          seen.removeIf(
              one ->
                  one.sourceId().equals(refused.sourceId()) && one.hash().equals(refused.hash()));
          replaced.add(
              new IngestState.Replaced(
                  file.sourceId(), refused.hash(), refused.batchNo(), batchNo));
        }
        Mapping mapping = bySource.get(file.sourceId());
        Instant stamp =
            mapping
                .stamp()
                .stamp(
                    file.name(), Instant.ofEpochMilli(file.changedAt()), mapping.reading().zone());
        planned.add(new IngestState.Planned(file, stamp.toEpochMilli(), check.fault()));
      }
    }
    IngestState.Plan plan =
        planned.isEmpty() ? null : new IngestState.Plan(run.planNumber(), batchNo, planned);
    IngestState decided = new IngestState(plan, state.lastBatch(), seen, replaced);
    decided.write(run.lake().files());
    return decided;
  }

  private static List<FileCheck> checked(
      List<SourceFile> files, Map<String, Mapping> bySource, RunContext run) {
    Map<String, FileFormat> formats = new HashMap<>();
    bySource.forEach((source, mapping) -> formats.put(source, mapping.format()));
    List<List<SourceFile>> slices = slices(files);
    List<FileCheck> checks =
        new ArrayList<>(
            context(run)
                .parallelize(slices, slices.size())
                .flatMap(slice -> slice.iterator())
                .map(file -> FileCheck.of(file, formats.get(file.sourceId())))
                .collect());
    checks.sort(
        Comparator.comparing((FileCheck check) -> check.file().sourceId())
            .thenComparing(check -> check.file().name()));
    return checks;
  }

  private Dataset<Row> read(IngestState.Plan plan, RunContext run) {
    Map<String, SourceReading> readings = new HashMap<>();
    mappings.forEach(mapping -> readings.put(mapping.sourceId(), mapping.sourceReading()));
    Map<String, IngestState.Planned> byFile = new HashMap<>();
    plan.files()
        .forEach(planned -> byFile.put(planned.file().sourceId() + planned.file().name(), planned));
    List<List<ReadFiles.Task>> tasks = new ArrayList<>();
    for (List<SourceFile> slice :
        slices(plan.files().stream().map(IngestState.Planned::file).toList())) {
      List<ReadFiles.Task> task = new ArrayList<>();
      for (SourceFile file : slice) {
        SourceReading reading = readings.get(file.sourceId());
        if (reading == null) {
          throw new CannotException(
              "Cannot go on with batch %d: source %s has no mapping any more. The batch was planned with it and is half done. Put its mapping file back and run again."
                  .formatted(plan.batchNo(), file.sourceId()));
        }
        IngestState.Planned planned = byFile.get(file.sourceId() + file.name());
        task.add(
            new ReadFiles.Task(
                file, reading, planned.stamp(), plan.batchNo(), run.runId(), planned.fault()));
      }
      tasks.add(task);
    }
    ReadFiles read = new ReadFiles(master);
    JavaRDD<Row> rows =
        context(run).parallelize(tasks, tasks.size()).flatMap(List::iterator).flatMap(read);
    return run.spark().createDataFrame(rows, ReadFiles.SCHEMA);
  }

  /** Files of one source together, up to a size; a file is never split. */
  private static List<List<SourceFile>> slices(List<SourceFile> files) {
    List<List<SourceFile>> slices = new ArrayList<>();
    long size = 0;
    String source = null;
    for (SourceFile file : files) {
      long weight = file.size() * (file.isZipped() ? ZIP_FACTOR : 1);
      if (!file.sourceId().equals(source) || size + weight > BYTES_PER_TASK) {
        slices.add(new ArrayList<>());
        size = 0;
        source = file.sourceId();
      }
      size += weight;
      slices.get(slices.size() - 1).add(file);
    }
    return slices;
  }

  private static IngestState.Seen seen(SourceFile file, long batchNo, String refusedBy) {
    return new IngestState.Seen(
        file.sourceId(),
        file.name(),
        file.size(),
        file.changedAt(),
        file.hash(),
        batchNo,
        refusedBy);
  }

  private static JavaSparkContext context(RunContext run) {
    return JavaSparkContext.fromSparkContext(run.spark().sparkContext());
  }
}
