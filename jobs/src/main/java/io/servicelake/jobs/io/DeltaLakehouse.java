package io.servicelake.jobs.io;

import io.delta.tables.DeltaTable;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Delta tables at {@code <lake>/<layer>/<name>}, with change data feed. */
public final class DeltaLakehouse implements Lakehouse {
  private static final String TXN_APP = "spark.databricks.delta.write.txnAppId";
  private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";
  private static final String OLD = "_old_";
  private static final int PARTITIONS_IN_CONDITION = 500;

  private final SparkSession session;
  private final LakeFiles files;
  private final int filesPerWrite;
  private final long rewriteBelowRows;

  /**
   * @param root folder or Hadoop URI of the lake
   * @param filesPerWrite most files one write of an unpartitioned table makes; 0 for as many as it
   *     was computed in
   * @param rewriteBelowRows tables below this size are rewritten by a merge, which is faster
   */
  public DeltaLakehouse(
      SparkSession session, String root, int filesPerWrite, long rewriteBelowRows) {
    this(
        session,
        new LakeFiles(root, session.sessionState().newHadoopConf()),
        filesPerWrite,
        rewriteBelowRows);
  }

  private DeltaLakehouse(
      SparkSession session, LakeFiles files, int filesPerWrite, long rewriteBelowRows) {
    this.session = session;
    this.files = files;
    this.filesPerWrite = filesPerWrite;
    this.rewriteBelowRows = rewriteBelowRows;
  }

  @Override
  public SparkSession session() {
    return session;
  }

  @Override
  public Lakehouse newSession() {
    return new DeltaLakehouse(session.newSession(), files, filesPerWrite, rewriteBelowRows);
  }

  @Override
  public LakeFiles files() {
    return files;
  }

  @Override
  public Dataset<Row> read(TableContract table) {
    return version(table).isPresent()
        ? session.read().format("delta").load(path(table))
        : empty(table);
  }

  @Override
  public Dataset<Row> readAt(TableContract table, long version) {
    if (version < 0) {
      return empty(table);
    }
    OptionalLong newest = version(table);
    if (newest.isPresent() && newest.getAsLong() == version) {
      return read(table);
    }
    return session.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  @Override
  public OptionalLong version(TableContract table) {
    return log(table).version();
  }

  @Override
  public String contentId(TableContract table, long version) {
    if (version < 0) {
      return "none";
    }
    // A commit that cannot be told from others counts as one that was never seen.
    return version + " " + log(table).commitName(version).orElse(UUID.randomUUID().toString());
  }

  @Override
  public OptionalLong rows(TableContract table) {
    return log(table).rows();
  }

  @Override
  public Dataset<Row> changes(TableContract table, long from, long to) {
    if (to <= from) {
      return empty(table).withColumn(CHANGE_TYPE, functions.lit(""));
    }
    List<Column> columns = columns(table, "");
    columns.add(functions.col(CHANGE_TYPE));
    return session
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", Math.max(0, from + 1))
        .option("endingVersion", to)
        .load(path(table))
        .select(columns.toArray(Column[]::new));
  }

  @Override
  public Commit append(TableContract table, Dataset<Row> rows, Txn txn) {
    return explaining(() -> tryAppend(table, rows, txn));
  }

  private Commit tryAppend(TableContract table, Dataset<Row> rows, Txn txn) {
    Dataset<Row> checked = ContractCheck.conform(table, rows);
    return write(table, checked, "append", txn, null);
  }

  @Override
  public Commit replace(TableContract table, Dataset<Row> rows, Txn txn) {
    return explaining(() -> tryReplace(table, rows, txn));
  }

  private Commit tryReplace(TableContract table, Dataset<Row> rows, Txn txn) {
    Dataset<Row> checked = ContractCheck.conform(table, rows);
    OptionalLong before = version(table);
    if (before.isEmpty()) {
      return write(table, checked, "overwrite", txn, null);
    }
    Dataset<Row> kept = checked.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      String hash = Contents.hash(table, kept);
      String oldHash =
          log(table).note(before.getAsLong()).orElseGet(() -> Contents.hash(table, read(table)));
      if (hash.equals(oldHash)) {
        return new Commit(false, before.getAsLong(), 0);
      }
      return write(table, kept, "overwrite", txn, hash);
    } finally {
      kept.unpersist();
    }
  }

  @Override
  public Commit merge(TableContract table, Dataset<Row> rows, Txn txn) {
    return merge(table, rows, null, txn);
  }

  @Override
  public Commit merge(TableContract table, Dataset<Row> rows, Dataset<Row> touched, Txn txn) {
    return explaining(() -> tryMerge(table, rows, touched, txn));
  }

  private Commit tryMerge(TableContract table, Dataset<Row> rows, Dataset<Row> touched, Txn txn) {
    Dataset<Row> checked = ContractCheck.conform(table, rows);
    OptionalLong before = version(table);
    if (before.isEmpty()) {
      return write(table, checked, "append", txn, null);
    }
    Dataset<Row> changes = changes(table, checked, touched).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Long> kinds = new HashMap<>();
      changes
          .groupBy(functions.col("_kind"))
          .count()
          .collectAsList()
          .forEach(row -> kinds.put(row.getString(0), row.getLong(1)));
      long count = kinds.values().stream().mapToLong(Long::longValue).sum();
      if (count == 0) {
        return new Commit(false, before.getAsLong(), 0);
      }
      if (kinds.keySet().equals(Set.of("insert"))) {
        return write(
            table, changes.select(columns(table, "").toArray(Column[]::new)), "append", txn, null);
      }
      if (rows(table).orElse(Long.MAX_VALUE) < rewriteBelowRows) {
        Commit written = write(table, rewritten(table, changes), "overwrite", txn, null);
        return new Commit(written.isWritten(), written.version(), count);
      }
      mergeInto(table, changes, txn);
      long after = version(table).orElse(-1);
      return new Commit(after != before.getAsLong(), after, count);
    } finally {
      changes.unpersist();
    }
  }

  @Override
  public Commit insertNew(TableContract table, Dataset<Row> rows, Txn txn) {
    return explaining(() -> tryInsertNew(table, rows, txn));
  }

  private Commit tryInsertNew(TableContract table, Dataset<Row> rows, Txn txn) {
    Dataset<Row> checked = ContractCheck.conform(table, rows);
    OptionalLong before = version(table);
    if (before.isEmpty()) {
      return write(table, checked, "append", txn, null);
    }
    Dataset<Row> known = read(table).select(key(table));
    Dataset<Row> fresh =
        checked
            .as("c")
            .join(known.as("k"), sameKey(table.keyNames(), "c", "k"), "left_anti")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return fresh.isEmpty()
          ? new Commit(false, before.getAsLong(), 0)
          : write(table, fresh, "append", txn, null);
    } finally {
      fresh.unpersist();
    }
  }

  /**
   * What would change: the contract's columns (of rows to delete the key alone), {@code _kind}
   * (insert, update, delete) and for a partitioned table the partition values before, {@code
   * _old_<column>}.
   */
  private Dataset<Row> changes(TableContract table, Dataset<Row> rows, Dataset<Row> touched) {
    List<String> touchNames = touched == null ? table.keyNames() : Arrays.asList(touched.columns());
    Dataset<Row> keys = touched == null ? rows.select(key(table)) : touched;
    List<Column> compared = new ArrayList<>();
    table.key().forEach(field -> compared.add(field.col()));
    table.partitionedBy().forEach(field -> compared.add(field.col().as(OLD + field.name())));
    compared.add(Contents.rowHash(table).as("_old_hash"));
    Dataset<Row> existing =
        read(table)
            .as("t")
            .join(keys.as("k"), sameKey(touchNames, "t", "k"), "left_semi")
            .select(compared.toArray(Column[]::new))
            .as("e");
    Dataset<Row> joined =
        rows.withColumn("_new_hash", Contents.rowHash(table))
            .as("c")
            .join(
                existing,
                sameKey(table.keyNames(), "c", "e"),
                touched == null ? "left_outer" : "full_outer");
    Column oldHash = functions.col("_old_hash");
    Column newHash = functions.col("_new_hash");
    List<Column> selected = new ArrayList<>();
    for (Field field : table.fields()) {
      selected.add(
          table.key().contains(field)
              ? functions
                  .when(newHash.isNull(), field.of("e"))
                  .otherwise(field.of("c"))
                  .as(field.name())
              : field.of("c"));
    }
    table.partitionedBy().forEach(field -> selected.add(functions.col(OLD + field.name())));
    selected.add(
        functions
            .when(oldHash.isNull(), "insert")
            .when(newHash.isNull(), "delete")
            .otherwise("update")
            .as("_kind"));
    return joined
        .where(oldHash.eqNullSafe(newHash).unary_$bang())
        .select(selected.toArray(Column[]::new));
  }

  /** The table's rows with the changes applied. */
  private Dataset<Row> rewritten(TableContract table, Dataset<Row> changes) {
    Column[] columns = columns(table, "").toArray(Column[]::new);
    Dataset<Row> untouched =
        read(table)
            .as("t")
            .join(
                changes.select(key(table)).as("s"),
                sameKey(table.keyNames(), "t", "s"),
                "left_anti")
            .select(columns);
    return untouched.union(
        changes.where(functions.col("_kind").notEqual("delete")).select(columns));
  }

  private void mergeInto(TableContract table, Dataset<Row> changes, Txn txn) {
    Column condition = sameKey(table.keyNames(), "t", "s");
    for (Field field : table.partitionedBy()) {
      List<Object> values = new ArrayList<>();
      changes
          .select(
              functions.explode(functions.array(field.col(), functions.col(OLD + field.name()))))
          .distinct()
          .limit(PARTITIONS_IN_CONDITION + 1)
          .collectAsList()
          .forEach(row -> values.add(row.get(0)));
      values.removeIf(Objects::isNull);
      if (values.size() <= PARTITIONS_IN_CONDITION && !field.isNullable()) {
        condition = condition.and(field.of("t").isin(values.toArray()));
      }
    }
    Map<String, Column> values = new HashMap<>();
    table.fields().forEach(field -> values.put(field.name(), field.of("s")));
    Column kind = functions.col("s._kind");
    session.conf().set(TXN_APP, txn.appId());
    session.conf().set(TXN_VERSION, txn.version());
    try {
      DeltaTable.forPath(session, path(table))
          .as("t")
          .merge(changes.as("s"), condition)
          .whenMatched(kind.equalTo("delete"))
          .delete()
          .whenMatched()
          .update(values)
          .whenNotMatched(kind.equalTo("insert").or(kind.equalTo("update")))
          .insert(values)
          .execute();
    } finally {
      session.conf().unset(TXN_APP);
      session.conf().unset(TXN_VERSION);
    }
  }

  private Commit write(
      TableContract table, Dataset<Row> rows, String mode, Txn txn, String contentHash) {
    long before = version(table).orElse(-1);
    Dataset<Row> laidOut =
        filesPerWrite > 0 && table.partitionedBy().isEmpty() ? rows.coalesce(filesPerWrite) : rows;
    DataFrameWriter<Row> writer =
        laidOut
            .write()
            .format("delta")
            .mode(mode)
            .option("txnAppId", txn.appId())
            .option("txnVersion", txn.version());
    if (contentHash != null) {
      writer = writer.option("userMetadata", contentHash);
    }
    if (before < 0) {
      writer =
          writer.options(TableLayout.properties(table)).partitionBy(TableLayout.partitions(table));
    }
    writer.save(path(table));
    long after = version(table).orElse(-1);
    return new Commit(
        after != before,
        after,
        after == before ? 0 : log(table).metrics(after).getOrDefault("numOutputRows", 0L));
  }

  private static Commit explaining(Supplier<Commit> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      throw ContractCheck.explained(e);
    }
  }

  private static Column[] key(TableContract table) {
    return table.key().stream().map(Field::col).toArray(Column[]::new);
  }

  private static Column sameKey(List<String> names, String left, String right) {
    return names.stream()
        .map(name -> functions.col(left + "." + name).eqNullSafe(functions.col(right + "." + name)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static List<Column> columns(TableContract table, String alias) {
    List<Column> columns = new ArrayList<>();
    table.fields().forEach(field -> columns.add(alias.isEmpty() ? field.col() : field.of(alias)));
    return columns;
  }

  private Dataset<Row> empty(TableContract table) {
    return session.createDataFrame(List.of(), table.schema());
  }

  private TableLog log(TableContract table) {
    return new TableLog(files, table.layer().id() + "/" + table.name());
  }

  private String path(TableContract table) {
    return files.path(table.layer().id() + "/" + table.name());
  }
}
