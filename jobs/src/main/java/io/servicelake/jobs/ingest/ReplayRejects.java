package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.transform.silver.MergeVersions;
import io.servicelake.transform.silver.TargetMapping;
import io.servicelake.transform.silver.TypeRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads refused rows again under a mended mapping and merges those that now keep the contract,
 * instead of making the table anew. Only where every accepted row reads as before: the table is
 * then what a rebuild would give, and only keys of replayed rows are written.
 */
public final class ReplayRejects implements Action {
  private static final String OTHER_HASH = "_other_hash";
  private static final String OTHER_TIME = "_other_time";

  private final TableContract table;
  private final MergeSilver merge;
  private final Set<String> sources;

  /**
   * The table's version that an unfinished replay began with.
   *
   * @param number number of the step's plan
   */
  record Begun(long number, long base) {}

  private ReplayRejects(TableContract table, MergeSilver merge, Set<String> sources) {
    this.table = table;
    this.merge = merge;
    this.sources = sources;
  }

  /**
   * The step that replays into a silver table.
   *
   * @param only names of sources; empty for all
   */
  public static Step step(TableContract table, List<Mapping> mappings, Set<String> only) {
    return Step.action("replay " + table.id())
        .from(SourceRows.TABLE)
        .writes(table, Rejects.TABLE)
        .always()
        .by(new ReplayRejects(table, MergeSilver.action(table, mappings), only));
  }

  @Override
  public void run(RunContext run) {
    LakeFiles files = run.lake().files();
    SilverState state = SilverState.read(files, table);
    Map<String, String> fingerprints = merge.fingerprints();
    List<TargetMapping> changed = changed(state, fingerprints);
    if (changed.isEmpty()) {
      files.delete(file());
      return;
    }
    refuseUnready(state, fingerprints, changed);
    Begun begun =
        files
            .read(file())
            .map(text -> IngestState.parse(file(), text, Begun.class))
            .filter(known -> known.number() == run.planNumber())
            .orElseGet(() -> new Begun(run.planNumber(), run.lake().version(table).orElse(-1)));
    files.write(file(), IngestState.render(begun));
    List<SilverState.Count> counts = replay(state, changed, begun, run);
    Map<String, String> mappings = new TreeMap<>(state.mappings());
    changed.forEach(
        mapping -> mappings.put(mapping.sourceId(), fingerprints.get(mapping.sourceId())));
    new SilverState(null, state.done(), mappings, counts).write(files, table);
    files.delete(file());
  }

  private List<TargetMapping> changed(SilverState state, Map<String, String> fingerprints) {
    return merge.mappings().stream()
        .filter(mapping -> state.done().getOrDefault(mapping.sourceId(), 0L) > 0)
        .filter(
            mapping ->
                !fingerprints
                    .get(mapping.sourceId())
                    .equals(state.mappings().get(mapping.sourceId())))
        .toList();
  }

  private void refuseUnready(
      SilverState state, Map<String, String> fingerprints, List<TargetMapping> changed) {
    if (state.plan() != null) {
      throw new CannotException(
          "Cannot replay rejects of %s: a merge of it is half done. It holds rows that are not counted yet. Run 'servicelake run' first."
              .formatted(table.id()));
    }
    if (!fingerprints.keySet().containsAll(state.done().keySet())) {
      throw new CannotException(
          "Cannot replay rejects of %s: a source that fed it has no mapping any more. Its rows have to leave the table. 'servicelake run' makes it anew."
              .formatted(table.id()));
    }
    List<String> others =
        changed.stream()
            .map(TargetMapping::sourceId)
            .filter(source -> !sources.isEmpty() && !sources.contains(source))
            .toList();
    if (!others.isEmpty()) {
      throw new CannotException(
          "Cannot replay rejects of %s: the mapping of %s changed too. All changed mappings of a table are replayed together. Leave --source out."
              .formatted(table.id(), String.join(", ", others)));
    }
  }

  private List<SilverState.Count> replay(
      SilverState state, List<TargetMapping> changed, Begun begun, RunContext run) {
    Lakehouse lake = run.lake();
    Dataset<Row> before = lake.readAt(table, begun.base());
    List<Dataset<Row>> kept = new ArrayList<>();
    Dataset<Row> candidates = null;
    Dataset<Row> rejects = null;
    Dataset<Row> read = null;
    try {
      for (TargetMapping mapping : changed) {
        Dataset<Row> typed =
            TypeRows.typed(bronze(mapping.sourceId(), state, lake), mapping)
                .persist(StorageLevel.MEMORY_AND_DISK());
        kept.add(typed);
        Dataset<Row> held = before.where(Versioned.SOURCE_ID.col().equalTo(mapping.sourceId()));
        Dataset<Row> good = TypeRows.candidates(typed, mapping);
        refuseOtherReading(held, good, mapping);
        Dataset<Row> fresh =
            good.join(
                held.select(Versioned.BRONZE_ID.col()),
                new String[] {Versioned.BRONZE_ID.name()},
                "left_anti");
        fresh = fresh.select(columns(good));
        Dataset<Row> bad = TypeRows.rejects(typed, mapping);
        Dataset<Row> all = typed.select(Versioned.SOURCE_ID.col(), SourceRows.BATCH_NO.col());
        candidates = candidates == null ? fresh : candidates.union(fresh);
        rejects = rejects == null ? bad : rejects.union(bad);
        read = read == null ? all : read.union(all);
      }
      Column[] key =
          MergeVersions.businessKey(table).stream().map(Field::col).toArray(Column[]::new);
      String[] names =
          MergeVersions.businessKey(table).stream().map(Field::name).toArray(String[]::new);
      Dataset<Row> touched = candidates.select(key).distinct().persist();
      kept.add(touched);
      Dataset<Row> judged =
          MergeVersions.merge(before.join(touched, names, "left_semi"), candidates, table)
              .persist(StorageLevel.MEMORY_AND_DISK());
      kept.add(judged);
      List<SilverState.Count> counts = counts(state, changed, read, rejects, judged);
      // From here on a plain run makes the table anew, should this one not come to its end.
      forget(state, changed, lake.files());
      lake.merge(table, MergeVersions.accepted(judged, table), touched, run.txn("rows"));
      CrashPoints.at("inside-replay");
      synchronized (MergeSilver.REJECTS) {
        writeRejects(rejects, changed, run);
      }
      run.count("replayed", judged.where(not(MergeVersions.IS_HELD.col())).count());
      run.count("still rejected", rejects.count());
      return counts;
    } finally {
      kept.forEach(Dataset::unpersist);
    }
  }

  private Dataset<Row> bronze(String source, SilverState state, Lakehouse lake) {
    return lake.read(SourceRows.TABLE)
        .where(
            SourceRows.SOURCE_ID
                .col()
                .equalTo(source)
                .and(SourceRows.BATCH_NO.col().leq(state.done().get(source))));
  }

  private void refuseOtherReading(Dataset<Row> held, Dataset<Row> good, TargetMapping mapping) {
    long others =
        held.select(
                Versioned.BRONZE_ID.col(), Versioned.CONTENT_HASH.col(), Versioned.KNOWN_AT.col())
            .join(
                good.select(
                    Versioned.BRONZE_ID.col(),
                    Versioned.CONTENT_HASH.col().as(OTHER_HASH),
                    Versioned.KNOWN_AT.col().as(OTHER_TIME)),
                new String[] {Versioned.BRONZE_ID.name()},
                "left")
            .where(
                not(
                    Versioned.CONTENT_HASH
                        .col()
                        .eqNullSafe(col(OTHER_HASH))
                        .and(Versioned.KNOWN_AT.col().eqNullSafe(col(OTHER_TIME)))))
            .count();
    if (others > 0) {
      throw new CannotException(
          "Cannot replay rejects of %s: %d rows of source %s that were accepted read otherwise under the changed mapping. A replay touches refused rows only. 'servicelake run' makes the table anew from bronze."
              .formatted(table.id(), others, mapping.sourceId()));
    }
  }

  private void forget(SilverState state, List<TargetMapping> changed, LakeFiles files) {
    Map<String, String> mappings = new TreeMap<>(state.mappings());
    changed.forEach(mapping -> mappings.put(mapping.sourceId(), ""));
    new SilverState(null, state.done(), mappings, state.counts()).write(files, table);
  }

  private void writeRejects(Dataset<Row> rejects, List<TargetMapping> changed, RunContext run) {
    Dataset<Row> touched = null;
    for (TargetMapping mapping : changed) {
      Dataset<Row> one =
          run.spark()
              .range(1)
              .select(
                  lit(table.name()).as(Rejects.TARGET_TABLE.name()),
                  lit(mapping.sourceId()).as(Rejects.SOURCE_ID.name()));
      touched = touched == null ? one : touched.union(one);
    }
    Dataset<Row> rows =
        rejects.select(Rejects.TABLE.fields().stream().map(Field::col).toArray(Column[]::new));
    run.lake().merge(Rejects.TABLE, rows, touched, run.txn("rejects"));
  }

  /** The books of the replayed sources anew; a held row that lost its place changes its fate. */
  private List<SilverState.Count> counts(
      SilverState state,
      List<TargetMapping> changed,
      Dataset<Row> read,
      Dataset<Row> rejects,
      Dataset<Row> judged) {
    Map<String, long[]> found = new TreeMap<>();
    add(read, "READ", found);
    add(rejects, "REJECTED", found);
    Set<String> replayed = new HashSet<>();
    changed.forEach(mapping -> replayed.add(mapping.sourceId()));
    for (SilverState.Count count : state.counts()) {
      if (!replayed.contains(count.sourceId())) {
        found.put(
            count.sourceId() + "|" + count.batchNo(),
            new long[] {count.read(), count.rejected(), count.superseded(), count.duplicate()});
      }
    }
    for (String fate : List.of("SUPERSEDED", "DUPLICATE")) {
      Dataset<Row> lost = judged.where(MergeVersions.FATE.col().equalTo(fate));
      add(lost.where(not(MergeVersions.IS_HELD.col())), fate, found);
      lost.where(MergeVersions.IS_HELD.col())
          .groupBy(Versioned.SOURCE_ID.col())
          .count()
          .collectAsList()
          .forEach(
              row ->
                  place(row.getString(0), state.done().get(row.getString(0)), found)[at(fate)] +=
                      row.getLong(1));
    }
    List<SilverState.Count> counts = new ArrayList<>();
    found.forEach(
        (name, n) -> {
          int bar = name.lastIndexOf('|');
          counts.add(
              new SilverState.Count(
                  name.substring(0, bar),
                  Long.parseLong(name.substring(bar + 1)),
                  n[0],
                  n[0] - n[1] - n[2] - n[3],
                  n[1],
                  n[2],
                  n[3]));
        });
    return counts;
  }

  private static void add(Dataset<Row> rows, String fate, Map<String, long[]> found) {
    rows.groupBy(Versioned.SOURCE_ID.col(), SourceRows.BATCH_NO.col())
        .count()
        .collectAsList()
        .forEach(row -> place(row.getString(0), row.getLong(1), found)[at(fate)] += row.getLong(2));
  }

  private static long[] place(String source, long batch, Map<String, long[]> found) {
    return found.computeIfAbsent(source + "|" + batch, k -> new long[4]);
  }

  private static int at(String fate) {
    return List.of("READ", "REJECTED", "SUPERSEDED", "DUPLICATE").indexOf(fate);
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .map(org.apache.spark.sql.functions::col)
        .toArray(Column[]::new);
  }

  private String file() {
    return "_progress/ingest/" + table.id() + ".replay.json";
  }
}
