package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import io.servicelake.transform.gold.ComputeServiceVisits;
import io.servicelake.transform.gold.ComputeVisitVersions;
import io.servicelake.transform.gold.PaceRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exports of the simulator with all faults, through the mappings of the demo. */
class DemoSourcesTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A line of the ledger of faults. */
  private record Fault(String kind, String table, String file, long line, String key, String fate) {
    String place() {
      return file + ":" + line;
    }
  }

  @TempDir static Path temp;
  private static TestLake lake;
  private static List<Fault> faults;
  private static Map<String, String> bronzeIds;

  @BeforeAll
  static void ingest() throws IOException {
    Path exports = temp.resolve("exports");
    Simulation.run(
        new SimulationOptions(2, 400, 3, 7, SimulationOptions.DEFAULT_END_ON, DirtyLevel.ALL),
        exports,
        temp.resolve("truth"));
    List<Mapping> mappings =
        new MappingReader(IngestSteps.TABLES).readFolder(Path.of("../conf/sources/demo")).orThrow();
    lake = new TestLake(temp.resolve("lake"), mappings, exports).run();
    faults = new ArrayList<>();
    for (String[] cells : csv("fault_ledger.csv")) {
      faults.add(
          new Fault(cells[1], cells[2], cells[3], Long.parseLong(cells[4]), cells[5], cells[7]));
    }
    bronzeIds = bronzeIds();
  }

  @Test
  void everyRowOfTheExportsHasOneFate() {
    assertThat(lake.fates()).hasSize(11);
    assertThat(
            lake.lake
                .read(RowCounts.TABLE)
                .where(
                    RowCounts.READ_COUNT
                        .col()
                        .notEqual(
                            RowCounts.ACCEPTED_COUNT
                                .col()
                                .plus(RowCounts.REJECTED_COUNT.col())
                                .plus(RowCounts.SUPERSEDED_COUNT.col())
                                .plus(RowCounts.DUPLICATE_COUNT.col())))
                .count())
        .isZero();
  }

  @Test
  void rowsWithoutAKeyOrAVehicleAreRejectedWithTheReasonOfTheLedgerAndNoOthersAre() {
    Map<String, String> expected = new TreeMap<>();
    faults.stream()
        .filter(fault -> fault.fate().startsWith("REJECTED:"))
        .forEach(fault -> expected.put(fault.place(), fault.fate().substring(9)));
    Map<String, String> rejected = new TreeMap<>();
    lake.lake
        .read(Rejects.TABLE)
        .select(Rejects.FILE_NAME.col(), Rejects.LINE_NUMBER.col(), Rejects.REASON_CODE.col())
        .collectAsList()
        .forEach(row -> rejected.put(row.getString(0) + ":" + row.getLong(1), row.getString(2)));
    assertThat(expected.values()).contains("MISSING_KEY", "MISSING_VALUE");
    assertThat(rejected).isEqualTo(expected);
  }

  @Test
  void asManyRowsAreDuplicatesAsTheLedgerRepeats() {
    Map<String, Long> expected = new TreeMap<>();
    of("DUPLICATE_ROW").forEach(fault -> expected.merge(fault.table(), 1L, Long::sum));
    Map<String, Long> counted = new TreeMap<>();
    lake
        .lake
        .read(RowCounts.TABLE)
        .where(RowCounts.SOURCE_ID.col().equalTo(RowCounts.TARGET_TABLE.col()))
        .groupBy(RowCounts.SOURCE_ID.col())
        .sum(RowCounts.DUPLICATE_COUNT.name())
        .collectAsList()
        .stream()
        .filter(row -> row.getLong(1) > 0)
        .forEach(row -> counted.put(row.getString(0), row.getLong(1)));
    assertThat(expected).isNotEmpty();
    assertThat(counted).isEqualTo(expected);
  }

  @Test
  void aRowCorrectedLaterIsSuperseded() {
    for (TableContract table : List.of(RepairOrders.TABLE, RepairOrderLines.TABLE)) {
      Set<String> wrong = new HashSet<>();
      of("LATE_CORRECTION").stream()
          .filter(fault -> fault.table().equals(table.name()))
          .forEach(fault -> wrong.add(bronzeIds.get(fault.place())));
      assertThat(wrong).isNotEmpty().doesNotContainNull();
      Set<Object> superseded = new HashSet<>();
      lake.lake
          .read(table)
          .where(
              Versioned.SUPERSEDED_AT
                  .col()
                  .isNotNull()
                  .and(Versioned.BRONZE_ID.col().isin(wrong.toArray())))
          .select(Versioned.BRONZE_ID.col())
          .collectAsList()
          .forEach(row -> superseded.add(row.get(0)));
      assertThat(superseded).isEqualTo(wrong);
    }
  }

  @Test
  void aPersonSpelledInTwoWaysIsOneCustomer() throws IOException {
    Map<String, String> personOfFile = new HashMap<>();
    Map<String, List<String>> filesOfPerson = new HashMap<>();
    for (String[] cells : csv("person_files.csv")) {
      String file = cells[1] + "|" + cells[2];
      personOfFile.put(file, cells[0]);
      filesOfPerson.computeIfAbsent(cells[0], person -> new ArrayList<>()).add(file);
    }
    Tokens tokens = new Tokens(TestLake.MASTER, "86");
    Map<String, String> customerOf = new HashMap<>();
    lake.lake
        .read(CustomerIdentities.TABLE)
        .select(CustomerIdentities.CUSTOMER_RECORD_ID.col(), CustomerIdentities.CUSTOMER_ID.col())
        .collectAsList()
        .forEach(row -> customerOf.put(row.getString(0), row.getString(1)));
    List<Fault> spelled = of("TWO_SPELLINGS");
    assertThat(spelled).isNotEmpty();
    for (Fault fault : spelled) {
      Set<String> customers = new HashSet<>();
      for (String file : filesOfPerson.get(personOfFile.get(fault.key()))) {
        String[] parts = file.split("\\|");
        customers.add(
            customerOf.get(
                tokens.token(
                    PersonalKind.CUSTOMER,
                    tokens.normalised(PersonalKind.CUSTOMER, parts[0])
                        + "\u001F"
                        + tokens.normalised(PersonalKind.CUSTOMER, parts[1]))));
      }
      assertThat(customers).as(fault.key()).hasSize(1).doesNotContainNull();
    }
  }

  @Test
  void aMistypedOdometerReadingIsNotUsed() {
    Set<String> wrong = new HashSet<>();
    of("ODOMETER_TYPO").forEach(fault -> wrong.add(bronzeIds.get(fault.place())));
    assertThat(wrong).isNotEmpty().doesNotContainNull();
    Dataset<Row> orders = lake.lake.read(RepairOrders.TABLE);
    Dataset<Row> versions =
        ComputeVisitVersions.compute(
                orders,
                lake.lake.read(RepairOrderLines.TABLE),
                lake.lake.read(VehicleOwnerships.TABLE),
                ZONE)
            .cache();
    Dataset<Row> visits =
        ComputeServiceVisits.compute(
            versions,
            Versioned.current(lake.lake.read(Vehicles.TABLE)),
            lake.lake.read(CustomerIdentities.TABLE),
            PaceRules.USUAL,
            ZONE);
    Dataset<Row> mistyped =
        orders
            .where(Versioned.BRONZE_ID.col().isin(wrong.toArray()))
            .select(RepairOrders.REPAIR_ORDER_ID.col());
    List<Row> used =
        visits
            .join(mistyped, RepairOrders.REPAIR_ORDER_ID.name())
            .where(ServiceVisits.ODOMETER_KM.col().isNotNull())
            .select(ServiceVisits.REPAIR_ORDER_ID.col(), ServiceVisits.ODOMETER_KM.col())
            .collectAsList();
    versions.unpersist();
    assertThat(used).isEmpty();
  }

  private static List<Fault> of(String kind) {
    return faults.stream().filter(fault -> fault.kind().equals(kind)).toList();
  }

  private static Map<String, String> bronzeIds() {
    Map<String, String> ids = new HashMap<>();
    lake.lake
        .read(SourceRows.TABLE)
        .select(
            SourceRows.FILE_NAME.col(), SourceRows.LINE_NUMBER.col(), SourceRows.BRONZE_ID.col())
        .collectAsList()
        .forEach(row -> ids.put(row.getString(0) + ":" + row.getLong(1), row.getString(2)));
    return ids;
  }

  private static List<String[]> csv(String file) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(temp.resolve("truth").resolve(file))) {
      rows.add(line.split(",", -1));
    }
    return rows.subList(1, rows.size());
  }
}
