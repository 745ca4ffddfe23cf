package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.CompiledPlans;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.contract.ops.RowCounts;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import io.servicelake.transform.gold.ComputeServiceVisits;
import io.servicelake.transform.gold.ComputeVehicleUsage;
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
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The exports of the simulator with all faults, through the mappings of the demo. */
@ExtendWith(CompiledPlans.class)
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
  void
      rowsWithoutAKeyOrAVehicleOrCutOrOfTheFutureAreRejectedWithTheReasonOfTheLedgerAndNoOthersAre() {
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
    assertThat(expected.values())
        .contains("MISSING_KEY", "MISSING_VALUE", "FUTURE_STAMP", "BAD_ROW");
    assertThat(rejected).isEqualTo(expected);
  }

  @Test
  void asManyRowsAreDuplicatesAsTheLedgerRepeats() {
    Map<String, Long> expected = new TreeMap<>();
    Set<String> kinds = new HashSet<>();
    faults.stream()
        .filter(fault -> fault.fate().equals("DUPLICATE"))
        .forEach(
            fault -> {
              kinds.add(fault.kind());
              expected.merge(fault.table(), 1L, Long::sum);
            });
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
    assertThat(kinds).containsExactlyInAnyOrder("DUPLICATE_ROW", "HALF_FILE", "RESENT_MONTH");
    assertThat(counted).isEqualTo(expected);
  }

  @Test
  void aRowCorrectedLaterAndTheFirstStatesOfAReopenedOrderAreSuperseded() {
    for (TableContract table : List.of(RepairOrders.TABLE, RepairOrderLines.TABLE)) {
      Set<String> wrong =
          ids(fault -> fault.fate().equals("SUPERSEDED") && fault.table().equals(table.name()));
      Column isWrong = Versioned.BRONZE_ID.col().isin(wrong.toArray());
      assertThat(held(table, isWrong.and(Versioned.SUPERSEDED_AT.col().isNotNull())))
          .isEqualTo(wrong);
    }
    assertThat(of("LATE_CORRECTION")).isNotEmpty();
    assertThat(of("REOPENED")).isNotEmpty();
  }

  @Test
  void rowsWrittenOtherwiseAndReversedLinesStandInTheirTables() {
    for (TableContract table :
        List.of(RepairOrders.TABLE, RepairOrderLines.TABLE, Contacts.TABLE, Customers.TABLE)) {
      Set<String> accepted =
          ids(
              fault ->
                  fault.fate().equals("ACCEPTED")
                      && fault.table().equals(table.name())
                      && fault.line() > 1);
      Set<String> held = held(table, Versioned.BRONZE_ID.col().isin(accepted.toArray()));
      Set<String> repeated = new HashSet<>(accepted);
      repeated.removeAll(held);
      // Of equal rows in a half file and the whole one either may be the one that stands.
      if (table.equals(Contacts.TABLE)) {
        Set<String> halves = ids(fault -> fault.kind().equals("HALF_FILE"));
        assertThat(repeated.size()).isLessThanOrEqualTo(halves.size());
      } else {
        assertThat(repeated).as(table.name()).isEmpty();
      }
    }
    for (String kind : List.of("REVERSED_LINE", "FULL_WIDTH_DIGITS", "EXCEL_DATE")) {
      assertThat(of(kind)).as(kind).isNotEmpty();
    }
  }

  @Test
  void aFileOfOtherColumnsIsReadLikeTheOthers() {
    assertThat(of("COLUMN_ADDED")).isNotEmpty();
    for (Fault fault : of("COLUMN_RENAMED")) {
      long readings =
          lake.lake
              .read(SourceRows.TABLE)
              .where(
                  SourceRows.FILE_NAME
                      .col()
                      .equalTo(fault.file())
                      .and(SourceRows.PAYLOAD.col().contains("\"里程\":")))
              .count();
      assertThat(readings).as(fault.file()).isPositive();
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
    List<Fault> spelled = faults.stream().filter(fault -> fault.fate().equals("MERGED")).toList();
    assertThat(of("NAME_ORDER")).isNotEmpty();
    assertThat(of("TWO_SPELLINGS")).isNotEmpty();
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
  void wrongOdometerReadingsAreNotUsedUnlessTheyAgreeAmongThemselves() {
    Set<String> wrong = ids(fault -> fault.fate().equals("ODOMETER_NOT_USED"));
    Set<String> rolledBack = ids(fault -> fault.fate().equals("ODOMETER_USED"));
    assertThat(of("ODOMETER_TYPO")).isNotEmpty();
    assertThat(of("UNIT_SLIP")).isNotEmpty();
    assertThat(rolledBack).isNotEmpty();
    Dataset<Row> orders = lake.lake.read(RepairOrders.TABLE);
    Dataset<Row> versions =
        ComputeVisitVersions.compute(
                orders,
                lake.lake.read(RepairOrderLines.TABLE),
                lake.lake.read(VehicleOwnerships.TABLE),
                ZONE)
            .cache();
    Dataset<Row> vehicles = Versioned.current(lake.lake.read(Vehicles.TABLE));
    Dataset<Row> visits =
        ComputeServiceVisits.compute(
            versions, vehicles, lake.lake.read(CustomerIdentities.TABLE), PaceRules.USUAL, ZONE);
    List<Row> readings =
        visits
            .select(ServiceVisits.REPAIR_ORDER_ID.col(), ServiceVisits.ODOMETER_KM.col())
            .join(
                orders.select(RepairOrders.REPAIR_ORDER_ID.col(), Versioned.BRONZE_ID.col()),
                RepairOrders.REPAIR_ORDER_ID.name())
            .where(ServiceVisits.ODOMETER_KM.col().isNotNull())
            .select(Versioned.BRONZE_ID.col())
            .collectAsList();
    Set<String> used = new HashSet<>();
    readings.forEach(row -> used.add(row.getString(0)));
    List<Double> paces =
        ComputeVehicleUsage.compute(versions, vehicles, PaceRules.USUAL)
            .select(VehicleUsage.KM_PER_DAY.col())
            .as(Encoders.DOUBLE())
            .collectAsList();
    versions.unpersist();
    assertThat(used).doesNotContainAnyElementsOf(wrong).containsAll(rolledBack);
    // The simulator's vehicles go 6 to 160 km a day, give or take a half over the years.
    assertThat(paces).isNotEmpty().allSatisfy(pace -> assertThat(pace).isBetween(1.0, 300.0));
  }

  private static Set<String> ids(Predicate<Fault> isMeant) {
    Set<String> ids = new HashSet<>();
    faults.stream().filter(isMeant).forEach(fault -> ids.add(bronzeIds.get(fault.place())));
    assertThat(ids).doesNotContainNull();
    return ids;
  }

  private static Set<String> held(TableContract table, Column condition) {
    return Set.copyOf(
        lake.lake
            .read(table)
            .where(condition)
            .select(Versioned.BRONZE_ID.col())
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
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
