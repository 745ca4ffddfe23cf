package io.servicelake.jobs;

import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.config.RunSettings;
import io.servicelake.jobs.io.Commit;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import java.sql.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes a step's table and writes it: only the keys its inputs touched, if those are few. */
record StepOutput(Step step, Lakehouse own, RunSettings how) {
  private static final Logger LOG = LoggerFactory.getLogger(StepOutput.class);

  Commit write(Progress progress, RunContext run) {
    PinnedInputs inputs = (PinnedInputs) run.in();
    Txn txn = run.txn("rows");
    Optional<Dataset<Row>> touched = touched(progress, inputs);
    if (touched.isPresent()) {
      Dataset<Row> keys = touched.get().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long count = keys.count();
        if (count == 0) {
          return new Commit(false, own.version(output()).orElse(-1), 0);
        }
        if (count <= how.incrementalMaxShare() * keyCount()) {
          LOG.info("Step {} computes {} touched keys", step.name(), count);
          return writeTouched(keys, inputs.narrowedTo(keys), run, txn);
        }
      } finally {
        keys.unpersist();
      }
    }
    return writeWhole(step.body().compute(inputs, run), run, txn);
  }

  private Commit writeTouched(Dataset<Row> keys, PinnedInputs narrow, RunContext run, Txn txn) {
    Dataset<Row> rows = narrow.semiJoin(step.body().compute(narrow, run), step.touchColumns());
    return step.mode() == Step.Mode.INSERT_NEW
        ? own.insertNew(output(), rows, txn)
        : own.merge(output(), rows, keys, txn);
  }

  private Commit writeWhole(Dataset<Row> rows, RunContext run, Txn txn) {
    return switch (step.mode()) {
      case REPLACE -> own.replace(output(), rows, txn);
      case INSERT_NEW -> own.insertNew(output(), rows, txn);
      case MERGE -> merge(rows, run, txn);
      case ACTION -> throw new IllegalStateException(step.name());
    };
  }

  private Commit merge(Dataset<Row> rows, RunContext run, Txn txn) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> keys = kept.select(columns(step.mergeKeys()));
      if (step.mergesDays()) {
        keys = keys.union(run.spark().range(1).select(lit(Date.valueOf(run.asOf()))));
      }
      return own.merge(output(), kept, keys.distinct(), txn);
    } finally {
      kept.unpersist();
    }
  }

  /** Touched keys, or empty if the whole is to be computed. */
  private Optional<Dataset<Row>> touched(Progress progress, PinnedInputs inputs) {
    Progress.Plan done = progress.done();
    Progress.Plan plan = progress.plan();
    if (step.touchColumns().isEmpty()
        || done == null
        || !done.context().equals(plan.context())
        || !Objects.equals(done.asOf(), plan.asOf())
        || plan.output() < 0
        || own.rows(output()).orElse(Long.MAX_VALUE) < how.incrementalFromRows()) {
      return Optional.empty();
    }
    return TouchedKeys.find(step, own, inputs);
  }

  private long keyCount() {
    return own.read(output()).select(columns(step.touchColumns())).distinct().count();
  }

  private TableContract output() {
    return step.output().orElseThrow();
  }

  private static Column[] columns(List<Field> fields) {
    return fields.stream().map(Field::col).toArray(Column[]::new);
  }
}
