package io.servicelake.jobs.bi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges what a made-up browser driver says. */
class DashboardCheckTest {
  private static final BoardChart MAY_BE_EMPTY =
      charts().stream().filter(chart -> chart.emptyUntil().isPresent()).findFirst().orElseThrow();
  private static final BoardChart NEVER_EMPTY =
      charts().stream().filter(chart -> chart.emptyUntil().isEmpty()).findFirst().orElseThrow();

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  @Test
  void everyDashboardIsOpenedAndKeepsAPictureOfItsOwn() throws IOException {
    List<Path> pictures = verify("true");
    assertThat(pictures)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("board.png", "board-customers-and-win-back.png");
    assertThat(lines).filteredOn(line -> line.startsWith("Opening")).hasSize(2);
  }

  @Test
  void chartThatMayBeEmptyIsAcceptedAndToldWithWhatItWaitsFor() throws IOException {
    verify(empty(MAY_BE_EMPTY));
    assertThat(lines)
        .contains(
            "  ok  %s: nothing to show until %s"
                .formatted(MAY_BE_EMPTY.title().both(), MAY_BE_EMPTY.emptyUntil().get()));
  }

  @Test
  void anyOtherEmptyChartIsAFault() {
    assertThatThrownBy(() -> verify(empty(NEVER_EMPTY)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(NEVER_EMPTY.title().both() + ": no data");
  }

  @Test
  void brokenChartIsAFaultEvenIfItMayBeEmpty() {
    assertThatThrownBy(() -> verify("echo 'FAULT %s: HTTP 500'; exit 1".formatted("Some chart")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Some chart: HTTP 500");
  }

  @Test
  void driverThatDiesIsToldWithItsLastWords() {
    assertThatThrownBy(() -> verify("echo out of memory; exit 137"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("exit code 137, last words: out of memory");
  }

  /** The driver says so of the dashboard that has the chart. */
  private static String empty(BoardChart chart) {
    String slug =
        SupersetBundle.dashboards().stream()
            .filter(dashboard -> dashboard.charts().contains(chart))
            .findFirst()
            .orElseThrow()
            .slug();
    return "if [ \"$3\" = %s ]; then echo 'EMPTY %s its title'; fi"
        .formatted(slug, StableIds.of(chart));
  }

  private List<Path> verify(String script) throws IOException {
    SupersetHome home = new SupersetHome(folder.resolve("superset"));
    Files.createDirectories(home.folder());
    Path node = program("node", script);
    DashboardCheck check =
        new DashboardCheck(
            home,
            Path.of("../conf/superset").toAbsolutePath(),
            new SupersetServer(home, 1, lines::add),
            new SupersetSecrets(folder.resolve("keys"), Map.of()),
            lines::add);
    return check.verify(
        new Programs.Browser(program("chromium", "true"), node, program("npm", "true")),
        folder.resolve("pictures/board.png"),
        new Commands(folder.resolve("log"), Map.of("PATH", "/usr/bin:/bin"), lines::add));
  }

  private Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private static List<BoardChart> charts() {
    return SupersetBundle.dashboards().stream()
        .flatMap(dashboard -> dashboard.charts().stream())
        .toList();
  }
}
