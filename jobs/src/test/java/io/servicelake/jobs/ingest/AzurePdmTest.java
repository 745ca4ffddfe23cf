package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.SparkSessionForTests;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Machines of the Azure predictive-maintenance sample as vehicles. */
@ExtendWith(CompiledPlans.class)
class AzurePdmTest {
  @TempDir static Path temp;
  private static TestLake lake;

  @BeforeAll
  static void ingest() {
    lake = RealInput.lake(temp.resolve("lake"), "azure-pdm", "azure-pdm");
  }

  @Test
  void everyRowHasItsFate() {
    assertThat(lake.fates())
        .containsExactly(
            "pdm_errors>vehicle_readings [3919, 3919, 0, 0, 0]",
            "pdm_failures>repair_orders [761, 761, 0, 0, 0]",
            "pdm_machines>dealers [100, 1, 0, 0, 99]",
            "pdm_machines>vehicles [100, 100, 0, 0, 0]",
            "pdm_maintenance>repair_order_lines [3286, 3286, 0, 0, 0]",
            "pdm_maintenance>repair_orders [3286, 2528, 0, 0, 758]",
            "pdm_pressure>vehicle_readings [36500, 36500, 0, 0, 0]",
            "pdm_rotate>vehicle_readings [36500, 36500, 0, 0, 0]",
            "pdm_vibration>vehicle_readings [36500, 36500, 0, 0, 0]",
            "pdm_volt>vehicle_readings [36500, 36500, 0, 0, 0]");
  }

  @Test
  void theStatementOfTheDocumentFindsTheFailuresWithoutAReplacement() throws IOException {
    List<Row> failures = rows(statement(), RepairOrders.TABLE, RepairOrderLines.TABLE);

    assertThat(failures).hasSize(18);
    assertThat(failures)
        .allSatisfy(row -> assertThat(row.getTimestamp(1)).hasToString("2015-01-02 03:00:00.0"));
    assertThat(failures)
        .extracting(row -> row.getString(0) + " " + row.getString(2))
        .contains("machine-16 COMP1", "machine-16 COMP3", "machine-99 COMP3");
  }

  @Test
  void aWideRowBecomesAReadingPerMeasureKnownWhenItsDayIsOver() {
    assertThat(
            TestLake.texts(
                lake.lake
                    .read(VehicleReadings.TABLE)
                    .where(VehicleReadings.READING_ID.col().startsWith("1|2015-01-01|")),
                VehicleReadings.VEHICLE_ID,
                VehicleReadings.MEASURE_CODE,
                VehicleReadings.MEASURE_VALUE,
                Versioned.KNOWN_AT))
        .containsExactly(
            "machine-1 | daily_mean_pressure | 96.849785 | 2015-01-02 00:00:00.0",
            "machine-1 | daily_mean_rotate | 446.364859 | 2015-01-02 00:00:00.0",
            "machine-1 | daily_mean_vibration | 39.736826 | 2015-01-02 00:00:00.0",
            "machine-1 | daily_mean_volt | 170.614862 | 2015-01-02 00:00:00.0");
  }

  /** The first SQL statement of the document. */
  private static String statement() throws IOException {
    String text = Files.readString(Path.of("../docs/real-input.md"));
    int begin = text.indexOf("```sql") + "```sql".length();
    return text.substring(begin, text.indexOf("```", begin));
  }

  private static List<Row> rows(String statement, TableContract... tables) {
    SparkSession session = SparkSessionForTests.session();
    for (TableContract table : tables) {
      lake.lake.read(table).createOrReplaceTempView(table.name());
    }
    try {
      return session.sql(statement).collectAsList();
    } finally {
      for (TableContract table : tables) {
        session.catalog().dropTempView(table.name());
      }
    }
  }
}
