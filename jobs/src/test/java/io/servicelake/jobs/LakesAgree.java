package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.AllTables;
import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Compares two lakes row by row. Run by hand, {@code -Dservicelake.lakes=/path/a,/path/b}: a lake
 * that was killed and run again against an undisturbed one, files fed one by one against all at
 * once, a repairable dirty simulation against the clean one (with {@code
 * -Dservicelake.from_layer=GOLD}: silver keeps what was corrected).
 */
class LakesAgree {
  private static final Set<Layer> COMPARED =
      EnumSet.of(
          Layer.SILVER, Layer.GOLD, Layer.FEATURE, Layer.SCORE, Layer.DECISION, Layer.SERVING);

  @Test
  void everyTableHoldsTheSameRows() {
    String lakes = System.getProperty("servicelake.lakes", "");
    assumeTrue(lakes.contains(","), "no -Dservicelake.lakes=a,b");
    Layer from = Layer.valueOf(System.getProperty("servicelake.from_layer", "SILVER"));
    Lakehouse a = open(lakes.split(",")[0]);
    Lakehouse b = open(lakes.split(",")[1]);
    List<String> differences = new ArrayList<>();
    for (TableContract table : AllTables.ALL) {
      if (!COMPARED.contains(table.layer()) || table.layer().ordinal() < from.ordinal()) {
        continue;
      }
      if (hash(a, table).equals(hash(b, table))) {
        continue;
      }
      Column[] columns =
          table.fields().stream()
              .filter(field -> !table.runColumns().contains(field))
              .map(Field::col)
              .toArray(Column[]::new);
      Dataset<Row> left = a.read(table).select(columns);
      Dataset<Row> right = b.read(table).select(columns);
      long onlyLeft = left.exceptAll(right).count();
      long onlyRight = right.exceptAll(left).count();
      System.out.println(
          table.id()
              + ": "
              + onlyLeft
              + " only in the first, "
              + onlyRight
              + " only in the second");
      differences.add(table.id());
    }
    assertThat(differences).isEmpty();
  }

  private static Object hash(Lakehouse lake, TableContract table) {
    return Contents.hash(table, lake.read(table));
  }

  private static Lakehouse open(String path) {
    return new DeltaLakehouse(SparkSessionForTests.session(), path, 2, 0);
  }
}
