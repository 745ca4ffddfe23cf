package io.servicelake.jobs;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.map_entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.Lakehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.junit.jupiter.api.Test;

/**
 * Compares two lakes row by row. Run by hand, {@code -Dservicelake.lakes=/path/a,/path/b}: a lake
 * that was killed and run again against an undisturbed one, files fed one by one against all at
 * once, a repairable dirty simulation against the clean one (with {@code
 * -Dservicelake.from_layer=GOLD}: silver keeps what was corrected).
 */
class LakesAgree {
  @Test
  void everyTableHoldsTheSameRows() {
    String lakes = System.getProperty("servicelake.lakes", "");
    assumeTrue(lakes.contains(","), "no -Dservicelake.lakes=a,b");
    Layer from = Layer.valueOf(System.getProperty("servicelake.from_layer", "SILVER"));
    Lakehouse a = LakeContents.open(lakes.split(",")[0]);
    Lakehouse b = LakeContents.open(lakes.split(",")[1]);
    List<String> differences = new ArrayList<>();
    for (TableContract table : LakeContents.tables()) {
      if (table.layer().ordinal() < from.ordinal()
          || Contents.hash(table, a.read(table)).equals(Contents.hash(table, b.read(table)))) {
        continue;
      }
      Column[] columns =
          table.fields().stream()
              .filter(field -> !table.runColumns().contains(field))
              .map(LakesAgree::comparable)
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

  /** Maps cannot be held against each other: their entries by key. */
  private static Column comparable(Field field) {
    return field.type() instanceof MapType
        ? array_sort(map_entries(field.col())).as(field.name())
        : field.col();
  }
}
