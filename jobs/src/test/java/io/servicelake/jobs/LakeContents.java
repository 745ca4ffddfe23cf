package io.servicelake.jobs;

import io.servicelake.AllTables;
import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a lake holds from silver to serving, to be held against another. */
final class LakeContents {
  private static final Set<Layer> COMPARED =
      EnumSet.of(
          Layer.SILVER, Layer.GOLD, Layer.FEATURE, Layer.SCORE, Layer.DECISION, Layer.SERVING);

  private LakeContents() {}

  /** The lake at a path. */
  static Lakehouse open(String path) {
    return new DeltaLakehouse(SparkSessionForTests.session(), path, 2, 0);
  }

  /** The tables that are compared. */
  static List<TableContract> tables() {
    return AllTables.ALL.stream().filter(table -> COMPARED.contains(table.layer())).toList();
  }

  /** A hash over all rows, without run columns, of each table that has rows. */
  static Map<String, String> of(String path, Predicate<TableContract> which) {
    Lakehouse lake = open(path);
    Map<String, String> contents = new TreeMap<>();
    tables().stream()
        .filter(which)
        .filter(table -> lake.version(table).isPresent())
        .filter(table -> !lake.read(table).isEmpty())
        .forEach(table -> contents.put(table.id(), Contents.hash(table, lake.read(table))));
    return contents;
  }
}
