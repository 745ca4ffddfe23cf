package io.servicelake.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.servicelake.SharedFiles;
import io.servicelake.SparkSessionForTests;
import io.servicelake.jobs.simulate.DirtyLevel;
import io.servicelake.jobs.simulate.Simulation;
import io.servicelake.jobs.simulate.SimulationOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the proposals against what a person reads out of the files. */
class SourcesProfileTest {
  private static final Config EXPECTED = ConfigFactory.parseResources("profile-expectations.conf");

  private final SourcesProfile profile = new SourcesProfile("Asia/Shanghai");

  @TempDir Path temp;

  @Test
  void theExportsOfTheSimulatorAreUnderstoodAndTheProposalsPassTheCheck() throws IOException {
    Path exports = temp.resolve("exports");
    Simulation.run(
        new SimulationOptions(2, 60, 1, 7, SimulationOptions.DEFAULT_END_ON, DirtyLevel.NONE),
        exports,
        temp.resolve("truth"));
    List<String> wrong = new ArrayList<>();
    for (Config expected : EXPECTED.getConfigList("simulated")) {
      wrong.addAll(faults(expected, first(exports.resolve(expected.getString("file")))));
    }

    assertThat(wrong).isEmpty();
    assertThat(checked(exports)).contains("Every mapping file can be used.");
  }

  @Test
  void theSharedDataSetsAreReadAsDocumented() throws IOException {
    Path shared = SharedFiles.file("data");
    int right = 0;
    List<String> wrong = new ArrayList<>();
    for (Config expected : EXPECTED.getConfigList("shared")) {
      Path file = shared.resolve(expected.getString("file"));
      if (Files.exists(file)) {
        List<String> faults = faults(expected, file);
        right += faults.isEmpty() ? 1 : 0;
        wrong.addAll(faults);
      }
    }
    System.out.printf("Right: %d%nWrong:%n%s%n", right, String.join("\n", wrong));

    assertThat(right).isPositive();
    // The known misreadings stand in docs/profile.md.
    assertThat(wrong).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void strangeLayoutsAreFoundOut() throws IOException {
    Path file = temp.resolve("导出.csv");
    Files.write(
        file,
        ("工单号;车架号;送修人电话;进厂日期;里程(公里);结算金额;备注\n"
                + "R1;LSVAU033852123456;13912345678;2024/3/5;45210;1,280.50;客户说刹车异响\n"
                + "R2;LSVAU033852123457;13700000001;2024/3/15;1200;80.00;-\n")
            .getBytes(Charset.forName("GB18030")));

    String text = profile.propose(file);

    assertThat(text)
        .contains("encoding = \"auto\"", "delimiter = \";\"", "grouping = \",\"")
        .contains("\"送修人电话\" { kind = phone, subject = [\"车架号\"] }")
        .contains("odometer_km { column = \"里程(公里)\", unit = km }")
        .contains("targets.repair_orders")
        .doesNotContain("13912345678", "LSVAU033852123456");
  }

  @Test
  void linesOfJsonAndFilesWithoutHeaderAreProposedToo() throws IOException {
    Path json =
        Files.writeString(temp.resolve("calls.jsonl"), "{\"id\":1,\"car\":{\"vin\":\"x\"}}\n");
    Path bare = Files.writeString(temp.resolve("bare.tsv"), "1\t2024-01-01\n2\t2024-01-02\n");

    assertThat(profile.propose(json)).contains("kind = jsonl", "\"car.vin\"");
    assertThat(profile.propose(bare))
        .contains("delimiter = tab", "columns = [\"c1\", \"c2\"]", "a key");
  }

  private List<String> faults(Config expected, Path file) {
    MappingProposal proposal = profile.proposal(file);
    TreeSet<String> tables = new TreeSet<>();
    proposal.targets().forEach(target -> tables.add(target.table().name()));
    Map<String, String> personal = new TreeMap<>();
    proposal.personal().forEach((column, kind) -> personal.put(column, kind.id()));
    Map<String, String> meant = new TreeMap<>();
    expected
        .getObject("personal")
        .forEach((column, kind) -> meant.put(column, String.valueOf(kind.unwrapped())));
    List<String> faults = new ArrayList<>();
    String name = expected.getString("file");
    if (!tables.equals(new TreeSet<>(expected.getStringList("tables")))) {
      faults.add("%s feeds %s, not %s".formatted(name, expected.getStringList("tables"), tables));
    }
    if (!personal.equals(meant)) {
      faults.add("%s has personal %s, not %s".formatted(name, meant, personal));
    }
    return faults;
  }

  private String checked(Path exports) throws IOException {
    Path mappings = Files.createDirectories(temp.resolve("mappings"));
    for (Config expected : EXPECTED.getConfigList("simulated")) {
      String name = expected.getString("file");
      Files.writeString(
          mappings.resolve(name + ".conf"), profile.propose(first(exports.resolve(name))));
    }
    StringWriter out = new StringWriter();
    new SourcesCheck(SparkSessionForTests.session(), 100)
        .run(List.of(mappings), exports.toString(), new PrintWriter(out));
    return out.toString();
  }

  private static Path first(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
