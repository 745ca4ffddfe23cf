package io.servicelake.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierExportTest {
  private static final LocalDate END = LocalDate.of(2025, 12, 31);
  private static final LocalDate DAY = LocalDate.of(2025, 9, 10);

  @TempDir static Path folder;

  @BeforeAll
  static void exportTheSameHistoryTwice() throws IOException {
    run("earlier", options(DirtyLevel.NONE, DAY));
    run("whole", options(DirtyLevel.NONE, END));
  }

  private static SimulationOptions options(DirtyLevel dirty, LocalDate exportOn) {
    return new SimulationOptions(4, 400, 2, 7, END, dirty, exportOn, Optional.empty());
  }

  private static void run(String name, SimulationOptions options) throws IOException {
    Simulation.run(options, folder.resolve(name), folder.resolve(name + "-truth"));
  }

  @Test
  void changeLogsAreTheFirstPartOfTheLaterOnes() throws IOException {
    for (Table table :
        List.of(Table.CUSTOMERS, Table.VEHICLES, Table.STAFF, Table.COMPLAINTS, Table.DEALERS)) {
      for (Path file : files("earlier", table)) {
        List<String> earlier = lines(file);
        List<String> whole = lines(folder.resolve("whole").resolve(below("earlier", file)));
        assertThat(whole.subList(0, earlier.size())).as(file.toString()).isEqualTo(earlier);
        assertThat(whole.subList(earlier.size(), whole.size()))
            .noneMatch(line -> !stamp(table, line).toLocalDate().isAfter(DAY));
      }
    }
    for (Path file : files("earlier", Table.CONSENTS)) {
      List<String> whole = lines(folder.resolve("whole").resolve(below("earlier", file)));
      String header = whole.remove(0);
      whole.removeIf(line -> stamp(Table.CONSENTS, line).toLocalDate().isAfter(DAY));
      whole.add(0, header);
      assertThat(lines(file)).isEqualTo(whole);
    }
  }

  @Test
  void whatStandsOnceIsAsKnownOnTheDay() throws IOException {
    for (Table table :
        List.of(Table.REPAIR_ORDERS, Table.REPAIR_ORDER_LINES, Table.CONTACTS, Table.COMPLAINTS)) {
      List<String> earlier = rows("earlier", table);
      assertThat(earlier)
          .isNotEmpty()
          .allMatch(row -> !stamp(table, row).toLocalDate().isAfter(DAY));
      assertThat(keys(table, rows("whole", table)))
          .as("keys keep")
          .containsAll(keys(table, earlier));
      // What is not as it was has a later stamp, so that the later export counts.
      List<String> whole = rows("whole", table);
      whole.removeIf(row -> stamp(table, row).toLocalDate().isAfter(DAY));
      assertThat(earlier).containsAll(whole);
    }
    assertThat(rows("earlier", Table.REPAIR_ORDERS)).anyMatch(row -> row.contains(",在修,"));
  }

  @Test
  void theTruthStaysThatOfTheWholeHistoryAndFilesAreOfTheNightAfter() throws IOException {
    for (String file : List.of("customer_truth.csv", "person_files.csv", "oracle_churn.csv")) {
      assertThat(folder.resolve("earlier-truth").resolve(file))
          .hasSameTextualContentAs(folder.resolve("whole-truth").resolve(file));
    }
    for (Table table : Table.values()) {
      for (Path file : files("earlier", table)) {
        assertThat(Files.getLastModifiedTime(file).toInstant())
            .isEqualTo(Instant.parse("2025-09-10T20:00:00Z"));
      }
    }
  }

  @Test
  void aDayOutsideTheHistoryAndFaultsInPartOfItAreRefused() {
    assertThatThrownBy(() -> options(DirtyLevel.ALL, END.plusDays(1)))
        .hasMessageContaining("--export-on is 2026-01-01");
    assertThatThrownBy(() -> options(DirtyLevel.ALL, DAY)).hasMessageContaining("must be NONE");
  }

  private static List<String> keys(Table table, List<String> rows) {
    return rows.stream()
        .map(row -> String.join(",", List.of(row.split(",")).subList(0, table.keyColumns.length)))
        .toList();
  }

  private static LocalDateTime stamp(Table table, String line) {
    DateTimeFormatter format =
        switch (table) {
          case STAFF, CONTACTS -> Dates.C;
          case COMPLAINTS -> Dates.E;
          default -> Dates.A;
        };
    return LocalDateTime.parse(line.substring(line.lastIndexOf(table.delimiter) + 1), format);
  }

  private static List<String> rows(String run, Table table) throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path file : files(run, table)) {
      List<String> lines = lines(file);
      rows.addAll(lines.subList(1, lines.size()));
    }
    return rows;
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream bytes = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return new ArrayList<>(
          new String(bytes.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static String below(String run, Path file) {
    return folder.resolve(run).relativize(file).toString();
  }

  private static List<Path> files(String run, Table table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(run).resolve(table.folder))) {
      return files.sorted().toList();
    }
  }
}
