package io.servicelake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.jobs.winback.ImportOutcomes;
import io.servicelake.jobs.winback.ImportOutcomes.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WinbackImportCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void refusedRowsAboveTheAllowedShareEndWithThree() {
    assertThat(status(19, 1)).isZero();
    assertThat(out.toString()).doesNotContain("ingest.max_reject_share");
    assertThat(status(18, 1)).isEqualTo(ExitStatus.TOO_MANY_REJECTS);
    assertThat(status(0, 3)).isEqualTo(ExitStatus.TOO_MANY_REJECTS);
    assertThat(out.toString()).contains("Refused 3 of 3 rows with a call, more than ingest.max");
    assertThat(status(0, 0)).as("nothing was filled in").isZero();
  }

  @Test
  void someRefusedRowsAreShownAndAllAreInAFileThatIsNamed() throws IOException {
    status(1, 30);

    assertThat(out.toString())
        .contains("30 refused: BAD_DATE", "/lists/north/back.csv:21: BAD_DATE")
        .doesNotContain("back.csv:22:");
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(out.toString()).contains("All refused rows: " + file);
    assertThat(Files.readAllLines(file))
        .hasSize(31)
        .startsWith("\uFEFFfile,line,reason", "/lists/north/back.csv,2,BAD_DATE")
        .endsWith("/lists/north/back.csv,31,BAD_DATE");
  }

  @Test
  void withoutARefusalThereIsNoFile() {
    status(2, 0);

    assertThat(folder).isEmptyDirectory();
  }

  private int status(int taken, int refused) {
    List<Refusal> refusals =
        IntStream.range(0, refused)
            .mapToObj(i -> new Refusal(Path.of("/lists/north/back.csv"), i + 2, "BAD_DATE"))
            .toList();
    return WinbackImportCommand.conclude(
        new ImportOutcomes.Result(
            taken, 100, Map.of("BAD_DATE", (long) refused), refusals, taken > 0),
        folder,
        0.05,
        new PrintWriter(out, true));
  }
}
