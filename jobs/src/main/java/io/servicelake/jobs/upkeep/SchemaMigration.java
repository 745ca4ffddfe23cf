package io.servicelake.jobs.upkeep;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.Backfill;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.Step;
import io.servicelake.jobs.ingest.IngestSteps;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.TableState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Brings the tables of a lake under contracts that changed since they were written: new columns
 * that may be null are added, columns with a declared former name renamed, types widened where no
 * value is lost. What cannot be brought there is computed anew, from bronze on; where nothing could
 * give the rows again the run is refused. Each table takes one commit, so a kill leaves it as it
 * was or done.
 */
public final class SchemaMigration {
  private final Lakehouse lake;
  private final List<Step> steps;

  /**
   * @param steps all steps of the flow: those that write an emptied table compute it in full
   */
  public SchemaMigration(Lakehouse lake, List<Step> steps) {
    this.lake = lake;
    this.steps = steps;
  }

  /**
   * Compares every table whose contract is not the one last seen; reads the log alone where nothing
   * changed.
   *
   * @param tell is told what is done to a table
   * @throws CannotException naming every table that cannot be brought under its contract; none is
   *     touched then
   */
  public void bringUpToDate(List<TableContract> tables, Consumer<String> tell) {
    LakeFiles files = lake.files();
    SchemaBook book = SchemaBook.read(files);
    Map<TableContract, SchemaChange> changes = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    for (TableContract table : tables) {
      if (!book.knows(table) && lake.version(table).isPresent()) {
        StructType stored =
            TableState.schema(files, table).orElseGet(() -> lake.read(table).schema());
        SchemaChange change = SchemaChange.of(table, stored);
        changes.put(table, change);
        if (change.kind() == SchemaChange.Kind.REFUSE) {
          refused.add(table.id() + ": " + String.join("; ", change.notes()));
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new CannotException(
          "Cannot bring the lake under its contracts: %s. Nothing else in the lake could give these rows again. Let new columns be null, declare a former name or widen the type; or start a lake anew from the source files."
              .formatted(String.join(". ", refused)));
    }
    for (Map.Entry<TableContract, SchemaChange> entry : changes.entrySet()) {
      TableContract table = entry.getKey();
      SchemaChange change = entry.getValue();
      if (change.kind() != SchemaChange.Kind.NONE) {
        tell.accept(
            "%s: %s. %s."
                .formatted(table.id(), String.join("; ", change.notes()), words(change.kind())));
        // Noted first: a kill after the commit must not leave the change unknown.
        book = book.changing(table, lake.version(table).orElse(-1) + 1);
        book.save(files);
        carryOut(table, change);
        CrashPoints.at("after-migration-commit");
      }
      book = book.keeping(table);
      book.save(files);
    }
  }

  private void carryOut(TableContract table, SchemaChange change) {
    // The hash of a fact's content is over all its columns: only bronze can give it again.
    if (IngestSteps.TABLES.contains(table) || change.kind() != SchemaChange.Kind.REWRITE) {
      steps.stream()
          .filter(step -> step.outputs().contains(table))
          .forEach(step -> Backfill.forget(step.name(), lake.files()));
    }
    Dataset<Row> none = lake.session().createDataFrame(List.of(), nullable(table));
    switch (change.kind()) {
      case ADD -> writer(none, "append").option("mergeSchema", "true").save(path(table));
      case REWRITE -> overwrite(table, renamed(table, change));
      case RECOMPUTE -> overwrite(table, none);
      case NONE, REFUSE -> throw new IllegalStateException(table.id());
    }
  }

  private Dataset<Row> renamed(TableContract table, SchemaChange change) {
    Column[] columns =
        table.fields().stream()
            .map(
                field ->
                    (change.sources().containsKey(field.name())
                            ? functions.col(change.sources().get(field.name()))
                            : functions.lit(null))
                        .cast(field.type())
                        .as(field.name(), field.toStructField().metadata()))
            .toArray(Column[]::new);
    return lake.read(table).select(columns);
  }

  private void overwrite(TableContract table, Dataset<Row> rows) {
    DataFrameWriter<Row> writer = writer(rows, "overwrite").option("overwriteSchema", "true");
    if (!table.partitionedBy().isEmpty()) {
      writer =
          writer.partitionBy(
              table.partitionedBy().stream().map(Field::name).toArray(String[]::new));
    }
    writer.save(path(table));
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows, String mode) {
    return rows.write().format("delta").mode(mode);
  }

  private static StructType nullable(TableContract table) {
    StructType schema = new StructType();
    for (Field field : table.fields()) {
      schema = schema.add(field.orNull().toStructField());
    }
    return schema;
  }

  private String path(TableContract table) {
    return lake.files().path(table.layer().id() + "/" + table.name());
  }

  private static String words(SchemaChange.Kind kind) {
    return switch (kind) {
      case ADD -> "Columns are added";
      case REWRITE -> "The table is written once more";
      default -> "The table is computed anew";
    };
  }
}
