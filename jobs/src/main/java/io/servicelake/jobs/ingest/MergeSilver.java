package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.Action;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.RunContext;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.io.Commit;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.transform.silver.ColumnRule;
import io.servicelake.transform.silver.MergeVersions;
import io.servicelake.transform.silver.TargetMapping;
import io.servicelake.transform.silver.TypeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings new rows of bronze into one silver table: rows that break the contract to rejects, the
 * others merged with the versions of their keys. Every row read gets one fate. If a mapping
 * changed, the table is made anew from all of bronze.
 */
public final class MergeSilver implements Action {
  /** Rejects of several tables are written one after the other; see CountRows. */
  private static final Object REJECTS = new Object();

  private static final long KEYS_TO_BROADCAST = 50_000;

  private final TableContract table;
  private final List<TargetMapping> mappings;

  private MergeSilver(TableContract table, List<TargetMapping> mappings) {
    this.table = table;
    this.mappings = mappings;
  }

  /** The action that makes a silver table from the sources that feed it. */
  static MergeSilver action(TableContract table, List<Mapping> sources) {
    return new MergeSilver(
        table,
        sources.stream()
            .flatMap(source -> source.targets().stream())
            .filter(target -> target.table().equals(table))
            .toList());
  }

  /** The step that makes a silver table from the sources that feed it. */
  public static Step step(TableContract table, List<Mapping> sources) {
    MergeSilver merge = action(table, sources);
    return Step.action(table.id())
        .from(SourceRows.TABLE)
        .writes(table)
        .alsoReads("mappings", run -> merge.fingerprints().toString())
        .by(merge);
  }

  @Override
  public void run(RunContext run) {
    if (mappings.isEmpty()) {
      return;
    }
    LakeFiles files = run.lake().files();
    SilverState state = SilverState.read(files, table);
    SilverState.Plan plan = state.plan() != null ? state.plan() : plan(state, run);
    if (plan == null) {
      return;
    }
    state = new SilverState(plan, state.done(), state.mappings(), state.counts());
    state.write(files, table);
    List<SilverState.Count> counts = new ArrayList<>();
    if (!plan.isRebuild()) {
      counts.addAll(state.counts());
    }
    counts.addAll(merge(plan, run));
    new SilverState(null, plan.to(), plan.mappings(), counts).write(files, table);
  }

  private SilverState.Plan plan(SilverState state, RunContext run) {
    IngestState ingest = IngestState.read(run.lake().files());
    Map<String, Long> newest = ingest.newestBatches();
    Map<String, String> fingerprints = fingerprints();
    Map<String, Long> from = new TreeMap<>();
    Map<String, Long> to = new TreeMap<>();
    boolean isChanged = false;
    boolean isNew = false;
    for (TargetMapping mapping : mappings) {
      String source = mapping.sourceId();
      long done = state.done().getOrDefault(source, 0L);
      from.put(source, done);
      to.put(source, newest.getOrDefault(source, 0L));
      isNew |= to.get(source) > done;
      isChanged |= done > 0 && !fingerprints.get(source).equals(state.mappings().get(source));
    }
    for (IngestState.Replaced replaced : ingest.replaced()) {
      long done = from.getOrDefault(replaced.sourceId(), 0L);
      isChanged |=
          replaced.batchNo() <= done
              && replaced.byBatch() > done
              && replaced.byBatch() <= to.getOrDefault(replaced.sourceId(), 0L);
    }
    isChanged |= !to.keySet().containsAll(state.done().keySet());
    if (!isNew && !isChanged) {
      return null;
    }
    if (isChanged) {
      from.replaceAll((source, batch) -> 0L);
    }
    long base = isChanged ? -1 : run.lake().version(table).orElse(-1);
    return new SilverState.Plan(run.planNumber(), base, from, to, fingerprints, isChanged);
  }

  private List<SilverState.Count> merge(SilverState.Plan plan, RunContext run) {
    Lakehouse lake = run.lake();
    Dataset<Row> candidates = null;
    Dataset<Row> rejects = null;
    List<Dataset<Row>> kept = new ArrayList<>();
    for (TargetMapping mapping : mappings) {
      Dataset<Row> typed =
          TypeRows.typed(bronze(mapping.sourceId(), plan, lake), mapping)
              .persist(StorageLevel.MEMORY_AND_DISK());
      kept.add(typed);
      Dataset<Row> good = TypeRows.candidates(typed, mapping);
      Dataset<Row> bad = TypeRows.rejects(typed, mapping);
      candidates = candidates == null ? good : candidates.union(good);
      rejects = rejects == null ? bad : rejects.union(bad);
    }
    Column[] key = columns(MergeVersions.businessKey(table));
    boolean isFirst = plan.base() < 0 || isEmptyAt(plan.base(), lake);
    Dataset<Row> touched = candidates.select(key).distinct();
    Dataset<Row> held =
        isFirst ? lake.readAt(table, -1) : held(touched, lake.readAt(table, plan.base()));
    Dataset<Row> judged =
        MergeVersions.merge(held, candidates, table).persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(judged);
    try {
      List<SilverState.Count> counts = counts(judged, rejects, plan);
      CrashPoints.at("inside-silver-merge");
      Dataset<Row> rows = MergeVersions.accepted(judged, table);
      Commit commit =
          plan.isRebuild()
              ? lake.replace(table, rows, run.txn("rows"))
              : isFirst
                  ? lake.append(table, rows, run.txn("rows"))
                  : lake.merge(table, rows, touched, run.txn("rows"));
      CrashPoints.at("between-rows-and-rejects");
      synchronized (REJECTS) {
        writeRejects(rejects, counts, plan, run);
      }
      run.count("written", commit.rows());
      run.count("read", counts.stream().mapToLong(SilverState.Count::read).sum());
      run.count("rejected", counts.stream().mapToLong(SilverState.Count::rejected).sum());
      return counts;
    } finally {
      kept.forEach(Dataset::unpersist);
    }
  }

  /** New rows of a source, without what was refused of files that were read again. */
  private Dataset<Row> bronze(String source, SilverState.Plan plan, Lakehouse lake) {
    Column isMeant =
        SourceRows.SOURCE_ID
            .col()
            .equalTo(source)
            .and(SourceRows.BATCH_NO.col().gt(plan.from().get(source)))
            .and(SourceRows.BATCH_NO.col().leq(plan.to().get(source)));
    for (IngestState.Replaced replaced : IngestState.read(lake.files()).replaced()) {
      if (replaced.sourceId().equals(source) && replaced.byBatch() <= plan.to().get(source)) {
        isMeant =
            isMeant.and(
                not(
                    SourceRows.FILE_HASH
                        .col()
                        .equalTo(replaced.hash())
                        .and(SourceRows.BATCH_NO.col().equalTo(replaced.batchNo()))));
      }
    }
    return lake.read(SourceRows.TABLE).where(isMeant);
  }

  private boolean isEmptyAt(long version, Lakehouse lake) {
    return lake.version(table).orElse(-1) == version
        ? lake.rows(table).orElse(-1) == 0
        : lake.readAt(table, version).isEmpty();
  }

  private Dataset<Row> held(Dataset<Row> touched, Dataset<Row> before) {
    List<String> names = MergeVersions.businessKey(table).stream().map(Field::name).toList();
    Dataset<Row> keys = touched.persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> small = keys.count() <= KEYS_TO_BROADCAST ? broadcast(keys) : keys;
    return before.join(small, names.toArray(String[]::new), "left_semi");
  }

  private void writeRejects(
      Dataset<Row> rejects, List<SilverState.Count> counts, SilverState.Plan plan, RunContext run) {
    boolean hasSome = counts.stream().anyMatch(count -> count.rejected() > 0);
    Dataset<Row> rows = rejects.select(columns(Rejects.TABLE.fields()));
    if (plan.isRebuild() && run.lake().version(Rejects.TABLE).isPresent()) {
      Dataset<Row> all =
          run.spark().range(1).select(lit(table.name()).as(Rejects.TARGET_TABLE.name()));
      run.lake().merge(Rejects.TABLE, rows, all, run.txn("rejects"));
    } else if (hasSome) {
      run.lake().append(Rejects.TABLE, rows, run.txn("rejects"));
    }
  }

  /** Every row read has one fate; a held row that lost its place is taken back from its source. */
  private List<SilverState.Count> counts(
      Dataset<Row> judged, Dataset<Row> rejects, SilverState.Plan plan) {
    long newest = plan.to().values().stream().mapToLong(Long::longValue).max().orElse(0);
    Map<String, long[]> found = new HashMap<>();
    List<Row> fates =
        judged
            .groupBy(
                Versioned.SOURCE_ID.col(),
                SourceRows.BATCH_NO.col(),
                MergeVersions.IS_HELD.col(),
                MergeVersions.FATE.col())
            .count()
            .union(
                rejects
                    .groupBy(Versioned.SOURCE_ID.col(), SourceRows.BATCH_NO.col())
                    .count()
                    .select(
                        Versioned.SOURCE_ID.col(),
                        SourceRows.BATCH_NO.col(),
                        lit(false),
                        lit("REJECTED"),
                        col("count")))
            .collectAsList();
    for (Row fate : fates) {
      boolean isHeld = fate.getBoolean(2);
      long batch = isHeld ? newest : fate.getLong(1);
      long[] count = found.computeIfAbsent(fate.getString(0) + "|" + batch, k -> new long[5]);
      long rows = fate.getLong(4);
      int place =
          switch (fate.getString(3)) {
            case "ACCEPTED" -> 1;
            case "REJECTED" -> 2;
            case "SUPERSEDED" -> 3;
            default -> 4;
          };
      if (!isHeld) {
        count[0] += rows;
        count[place] += rows;
      } else if (place != 1) {
        count[1] -= rows;
        count[place] += rows;
      }
    }
    List<SilverState.Count> counts = new ArrayList<>();
    for (Map.Entry<String, long[]> entry : new TreeMap<>(found).entrySet()) {
      int bar = entry.getKey().indexOf('|');
      long[] count = entry.getValue();
      if (count[0] != 0 || count[1] != 0) {
        counts.add(
            new SilverState.Count(
                entry.getKey().substring(0, bar),
                Long.parseLong(entry.getKey().substring(bar + 1)),
                count[0],
                count[1],
                count[2],
                count[3],
                count[4]));
      }
    }
    return counts;
  }

  /** What each source's mapping says about the table, as a hash. */
  private Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new TreeMap<>();
    for (TargetMapping mapping : mappings) {
      StringBuilder text = new StringBuilder();
      text.append(mapping.where()).append(mapping.reading());
      mapping.requireAny().forEach(field -> text.append(field.name()).append(','));
      text.append(new TreeSet<>(mapping.personal()));
      for (ColumnRule rule : mapping.columns()) {
        text.append('\n').append(rule.field().name()).append(rule.field().type().simpleString());
        text.append(rule.field().isNullable());
        if (rule.from() instanceof ColumnRule.OfFields fields) {
          fields.fields().forEach(field -> text.append(field.name()).append(','));
          text.append(fields.lagHours());
        } else {
          text.append(rule.from());
        }
        text.append(new TreeMap<>(rule.codes())).append(rule.other()).append(rule.byDefault());
        text.append(rule.patterns()).append(rule.unit()).append(rule.isRounded());
        text.append(rule.min()).append(rule.max()).append(rule.isNullOnFault());
        text.append(rule.isUpper());
      }
      fingerprints.put(mapping.sourceId(), Hashes.sha256(text.toString()));
    }
    return fingerprints;
  }

  private static Column[] columns(List<Field> fields) {
    return fields.stream().map(Field::col).toArray(Column[]::new);
  }
}
