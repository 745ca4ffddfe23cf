package io.servicelake.jobs.upkeep;

import io.delta.tables.DeltaTable;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.StepBooks;
import io.servicelake.jobs.config.MaintainSettings;
import io.servicelake.jobs.io.Lakehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Brings small files of tables together and removes files that no version younger than the
 * retention needs. What a table says stays as it is, and no step computes anything for it. A kill
 * at any moment leaves every table readable; the next maintenance goes on.
 */
public final class Maintenance {
  private final Lakehouse lake;
  private final MaintainSettings settings;
  private final Consumer<String> tell;

  /**
   * @param tell is told a line for each table something is done to
   */
  public Maintenance(Lakehouse lake, MaintainSettings settings, Consumer<String> tell) {
    this.lake = lake;
    this.settings = settings;
    this.tell = tell;
  }

  /**
   * Maintains tables.
   *
   * @param isDry tell what would be done and do nothing
   * @return tables something was done to, or would be
   * @throws CannotException if a step is half done: its plan may need what would be removed
   */
  public List<TableContract> run(List<TableContract> tables, boolean isDry) {
    List<String> unfinished = StepBooks.unfinished(lake.files());
    if (!unfinished.isEmpty()) {
      throw new CannotException(
          "Cannot maintain the lake: %s did not come to an end. What they are to finish with reads older versions of tables. Run 'servicelake run' until it ends well."
              .formatted(String.join(", ", unfinished)));
    }
    List<TableContract> touched = new ArrayList<>();
    for (TableContract table : tables) {
      if (lake.version(table).isPresent()) {
        boolean isCompacted = compact(table, isDry);
        if (clean(table, isDry) || isCompacted) {
          touched.add(table);
        }
      }
    }
    return touched;
  }

  private boolean compact(TableContract table, boolean isDry) {
    // Serving tables are written whole, and a new version of them would be published again.
    if (table.layer() == Layer.SERVING) {
      return false;
    }
    DeltaTable delta = DeltaTable.forPath(lake.session(), path(table));
    long files = delta.detail().select("numFiles").first().getLong(0);
    if (files < settings.compactFromFiles()) {
      return false;
    }
    if (!isDry) {
      long before = lake.version(table).orElseThrow();
      delta.optimize().executeCompaction();
      CrashPoints.at("after-compaction");
      long after = lake.version(table).orElseThrow();
      if (after == before) {
        return false;
      }
      StepBooks.lift(lake.files(), table, before, after);
    }
    tell.accept(
        "%s: %d files %s together"
            .formatted(table.id(), files, isDry ? "would be brought" : "brought"));
    return true;
  }

  private boolean clean(TableContract table, boolean isDry) {
    SparkSession session = lake.session();
    // The name is a path of the configuration; no parameter can stand in its place.
    String vacuum =
        "VACUUM delta.`%s` RETAIN %d HOURS"
            .formatted(path(table).replace("`", "``"), 24L * settings.retentionDays());
    long files = session.sql(vacuum + " DRY RUN").count();
    if (files == 0) {
      return false;
    }
    if (!isDry) {
      session.sql(vacuum);
    }
    tell.accept(
        "%s: %d files older than %d days %s"
            .formatted(
                table.id(),
                files,
                settings.retentionDays(),
                isDry ? "would be removed" : "removed"));
    return true;
  }

  private String path(TableContract table) {
    return lake.files().path(table.layer().id() + "/" + table.name());
  }
}
