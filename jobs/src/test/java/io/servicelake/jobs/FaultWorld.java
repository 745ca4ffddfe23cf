package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.TableContract;
import io.servicelake.jobs.Commands.Command;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.serve.PostgresDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small simulation, the lake an undisturbed run makes of it, and room for lakes to be broken. */
final class FaultWorld {
  private static final String DAY = "2025-12-30";
  private static final String UNDISTURBED = "undisturbed";

  final Commands commands;
  final PostgresDaemon database;
  private final Path folder;
  private final Map<String, String> undisturbed;
  private int numbers;

  FaultWorld(Path folder, int customers) throws Exception {
    this.folder = folder;
    this.commands = new Commands(folder.resolve("home"), FreePorts.pair());
    this.database = new PostgresDaemon(commands.state(), commands.port());
    Command simulate =
        commands.start(
            "simulate",
            "--dealers=2",
            "--customers=" + customers,
            "--years=2",
            "--out=" + exports(),
            "--truth=" + folder.resolve("truth"));
    assertThat(simulate.status()).as(simulate.output()).isZero();
    Command run = run(undisturbed(), exports()).start();
    assertThat(run.status()).as(run.output()).isZero();
    this.undisturbed = LakeContents.of(undisturbed(), table -> true);
  }

  /** Where the lake of the undisturbed run lies. */
  String undisturbed() {
    return folder.resolve("lakes").resolve(UNDISTURBED).toString();
  }

  /** Where a lake may be made. */
  String newLake() {
    return folder.resolve("lakes").resolve("lake" + numbers++).toString();
  }

  /** A folder that does not exist yet. */
  Path newFolder(String name) {
    return folder.resolve(name + numbers++);
  }

  /** The simulated files. */
  Path exports() {
    return folder.resolve("exports");
  }

  Path copyOfExports() throws IOException {
    return copy(exports(), newFolder("exports"));
  }

  Commands.Builder run(String lake, Path files) {
    return commands.of("run", "--as-of=" + DAY, "--lake=" + lake, "--set=ingest.folder=" + files);
  }

  Commands.Builder publish() {
    return commands.of("publish", "--lake=" + undisturbed());
  }

  Commands.Builder backup(Path backups) {
    return commands.of("backup", "--lake=" + undisturbed(), backups.toString());
  }

  Lakehouse open(String lake) {
    return LakeContents.open(lake);
  }

  /** Every table is as in the undisturbed lake. */
  void assertWhole(String lake) {
    assertWholeBut(Set.of(), lake);
  }

  /** Every other table is as in the undisturbed lake. */
  void assertWholeBut(Set<TableContract> tables, String lake) {
    Map<String, String> others = new TreeMap<>(undisturbed);
    tables.forEach(table -> others.remove(table.id()));
    assertThat(LakeContents.of(lake, table -> !tables.contains(table))).isEqualTo(others);
  }

  /** A run ends well, and then every table is as in the undisturbed lake. */
  void assertMendedByRerun(String lake) throws Exception {
    Command again = run(lake, exports()).start();
    assertThat(again.status()).as(again.output()).isZero();
    assertWhole(lake);
  }

  static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  static Path first(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .min(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }
}
