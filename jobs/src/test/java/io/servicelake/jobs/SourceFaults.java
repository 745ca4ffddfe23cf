package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.contract.serving.DataQuality;
import io.servicelake.contract.serving.ExpectationResults;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.Rejects;
import io.servicelake.jobs.Commands.Command;
import io.servicelake.jobs.serve.DatabaseRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** Faults of what is read: files that break or move, a mapping that lacks a code, a table. */
final class SourceFaults {
  /** Tables that tell of a file that came broken first. */
  private static final Set<TableContract> TELL_OF_FILES =
      Set.of(Rejects.TABLE, DataQuality.TABLE, ExpectationResults.TABLE);

  private final FaultWorld world;

  SourceFaults(FaultWorld world) {
    this.world = world;
  }

  void addTo(Map<String, Executable> kinds) {
    kinds.put("replay of rejects died", this::replayDied);
    for (String point : List.of("after-table-plan", "after-table-bronze")) {
      kinds.put("reading a database died at " + point, () -> tableReadDied(point));
    }
    kinds.put("file cut off", this::fileCutOff);
    kinds.put("file damaged", this::fileDamaged);
    kinds.put("source folder changed while read", this::folderChanged);
  }

  /** A mapping knows a code no longer, is mended, and the replay of what was refused dies. */
  private void replayDied() throws Exception {
    String lake = world.newLake();
    Path mappings = FaultWorld.copy(Path.of("../conf/sources/demo"), world.newFolder("mappings"));
    Path contacts = mappings.resolve("contacts.conf");
    String whole = Files.readString(contacts);
    Files.writeString(contacts, whole.replace("电话 = PHONE, ", ""));
    String sources = "--set=ingest.sources=" + mappings;
    Commands.Builder run =
        world.run(lake, world.exports()).also(sources).also("--set=quality.stop=false");
    assertThat(run.start().status()).isEqualTo(3);
    Files.writeString(contacts, whole);
    Commands.Builder replay = world.commands.of("rejects", "replay", "--lake=" + lake, sources);
    assertThat(replay.crashingAt("inside-replay").start().status()).isEqualTo(CrashPoints.STATUS);
    assertThat(run.start().status()).isZero();
    // How many rows were kept since the check before: there was one more here.
    world.assertWholeBut(Set.of(ExpectationResults.TABLE), lake);
  }

  private void tableReadDied(String point) throws Exception {
    TableReadFaults table =
        new TableReadFaults(
            world.database.start().as(DatabaseRole.OWNER), world.newFolder("tables"));
    String lake = world.newLake();
    Commands.Builder read = table.read(world.commands, lake);
    assertThat(read.crashingAt(point).start().status()).isEqualTo(CrashPoints.STATUS);
    Command again = read.crashingAt("").start();
    assertThat(again.status()).as(again.output()).isZero();
    for (TableContract filled : List.of(SourceRows.TABLE, Customers.TABLE)) {
      assertThat(world.open(lake).read(filled).count()).isEqualTo(TableReadFaults.CUSTOMERS);
    }
  }

  private void fileCutOff() throws Exception {
    brokenFirst(bytes -> bytes.setLength(bytes.length() * 2 / 3));
  }

  private void fileDamaged() throws Exception {
    brokenFirst(
        bytes -> {
          bytes.seek(bytes.length() / 2);
          bytes.write(new byte[512]);
        });
  }

  /** A file of lines comes broken; then comes whole. */
  private void brokenFirst(Breaking breaking) throws Exception {
    String lake = world.newLake();
    Path files = world.copyOfExports();
    Path file = FaultWorld.first(files.resolve("repair_order_lines"));
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      breaking.apply(bytes);
    }
    Command broken = world.run(lake, files).start();
    assertThat(broken.status()).as(broken.output()).isIn(0, 3);
    assertThat(broken.output()).doesNotContain("\tat ");
    assertThat(world.open(lake).read(Rejects.TABLE).isEmpty())
        .as("no reject tells of it")
        .isFalse();
    Path whole = world.exports().resolve(files.relativize(file).toString());
    Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(world.run(lake, files).start().status()).isIn(0, 3);
    world.assertWholeBut(TELL_OF_FILES, lake);
  }

  /** Files vanish and appear while others are read; in the end all are there. */
  private void folderChanged() throws Exception {
    String lake = world.newLake();
    Path files = world.copyOfExports();
    List<Path> late = new ArrayList<>(List.of(FaultWorld.first(files.resolve("contacts"))));
    late.add(FaultWorld.first(files.resolve("repair_orders")));
    Path away = Files.createDirectories(world.newFolder("away"));
    Command run = world.run(lake, files).start();
    run.until(output -> Files.exists(Path.of(lake, "_progress", "ingest")));
    for (Path file : late) {
      Files.move(file, away.resolve(files.relativize(file).toString().replace('/', '-')));
    }
    assertThat(run.status()).as(run.output()).isIn(0, 3);
    for (Path file : late) {
      Files.move(away.resolve(files.relativize(file).toString().replace('/', '-')), file);
    }
    assertThat(world.run(lake, files).start().status()).isIn(0, 3);
    world.assertWholeBut(TELL_OF_FILES, lake);
  }

  /** Does harm to a file. */
  @FunctionalInterface
  private interface Breaking {
    void apply(RandomAccessFile bytes) throws IOException;
  }
}
